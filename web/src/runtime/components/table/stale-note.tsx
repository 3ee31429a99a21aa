import { explainError } from '../../../lib/explain-error.ts';
import { Button } from '../../../ui/button.tsx';
import { Note } from '../../../ui/note.tsx';
import { leavesKeys } from '../../../ui/use-focus-return.ts';

/** Rows that are still those of before: what was asked for since could not be read. */
export function StaleNote({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const { title, detail, next, requestId } = explainError(error);
  return (
    <div className="rt-table-note" role="alert" ref={leavesKeys}>
      <Note
        tone="bad"
        title="These rows may be out of date. New rows could not be loaded."
        action={
          <Button size="sm" onClick={retry}>
            Try again
          </Button>
        }
      >
        {title} {detail} {next} Your search and filters are kept.
        {requestId && <span className="sp-t3"> Request {requestId}</span>}
      </Note>
    </div>
  );
}
