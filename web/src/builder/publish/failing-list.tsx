import { IconAlertTriangle } from '@tabler/icons-react';
import { Badge } from '../../ui/badge.tsx';
import { useEditor } from '../builder-context.ts';
import { useSession } from '../live/live-context.tsx';
import { signaturesOf } from '../live/signatures.ts';
import { failingExpressions } from './failing-expressions.ts';

/** What members would find broken: expressions stop no release, and those of another page are seen nowhere else. */
export function FailingList() {
  const session = useSession();
  const document = useEditor((s) => s.document);
  const queries = useEditor((s) => s.queries);
  if (session === undefined) return null;
  const failing = failingExpressions(session.store, document, signaturesOf(queries));
  if (failing.length === 0) return null;
  return (
    <section aria-label="Expressions with errors">
      <h3 className="bd-gh">
        Expressions with errors <Badge>{failing.length}</Badge>
      </h3>
      <div className="bd-st">
        {failing.map(({ id, place, error }) => (
          <div className="bd-lr" key={id}>
            <IconAlertTriangle size={14} stroke={2} className="sp-warn" aria-label="warns" />
            <span className="sp-mono sp-cut">{place}</span>
            <span className="sp-t2">{error}</span>
          </div>
        ))}
      </div>
    </section>
  );
}
