import { IconLock } from '@tabler/icons-react';
import { useEffect } from 'react';
import { ApiProblem } from '../../lib/api-problem.ts';
import { explainError } from '../../lib/explain-error.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';

/** The app does not open: not for this person, not published, removed, or no answer. */
export function AppRefused({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const refused =
    error instanceof ApiProblem && error.status >= 400 && error.status < 500 && error.status !== 429;
  const said = explainError(error);
  useEffect(() => {
    document.title = `${said.title.replace(/\.$/, '')} · Sallyport`;
  }, [said.title]);
  if (!refused) {
    return (
      <main className="rt-centre">
        <ErrorState error={error} title="The app could not be opened." retry={retry} />
      </main>
    );
  }
  return (
    <main className="rt-centre">
      <EmptyState
        icon={<IconLock size={24} stroke={1.5} aria-hidden="true" />}
        title={<h1>{said.title.replace(/\.$/, '')}</h1>}
        text={[said.detail, said.next].filter(Boolean).join(' ')}
      >
        <LinkButton to="/" size="sm">
          Go to your apps
        </LinkButton>
      </EmptyState>
    </main>
  );
}
