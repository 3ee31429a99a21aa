import { IconCircleXFilled } from '@tabler/icons-react';
import { explainError } from '../lib/explain-error.ts';
import { reloadFor } from '../lib/reload-for.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { leavesKeys } from './use-focus-return.ts';

interface ErrorStateProps {
  readonly error: unknown;
  /** What could not be done, `The sources could not be read`; the error's own title stands in for it. */
  readonly title?: string;
  readonly retry?: () => void;
}

/** What, why, next, and an id to quote. */
export function ErrorState({ error, title, retry }: ErrorStateProps) {
  const said = explainError(error);
  const reload = reloadFor(error);
  return (
    <div className="sp-failed" role="alert" ref={leavesKeys}>
      <IconCircleXFilled size={16} className="sp-bad" aria-hidden="true" />
      <span className="sp-m">{title ?? said.title}</span>
      <span className="sp-t2 sp-sm">
        {title ? `${said.title} ` : ''}
        {said.detail ? `${said.detail} ` : ''}
        {said.next}
      </span>
      <span className="sp-row" style={{ marginTop: 6 }}>
        {reload && (
          <Button size="sm" onClick={reload}>
            Reload
          </Button>
        )}
        {retry && !reload && (
          <Button size="sm" onClick={retry}>
            Try again
          </Button>
        )}
        {said.requestId && (
          <>
            <span className="sp-t3 sp-xs sp-mono">{said.requestId}</span>
            <CopyButton text={said.requestId} label="Copy request ID" />
          </>
        )}
      </span>
    </div>
  );
}
