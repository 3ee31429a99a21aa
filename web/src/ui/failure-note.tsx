import { explainError } from '../lib/explain-error.ts';
import { Note } from './note.tsx';

interface FailureNoteProps {
  /** Null or undefined: nothing failed, and nothing is shown. */
  readonly error: unknown;
  /** The reason stands below the fields that it is about, and is not said twice. */
  readonly atFields?: boolean;
}

/** Why what was sent was refused, within the form: what, why, next, and an id to quote. */
export function FailureNote({ error, atFields }: FailureNoteProps) {
  if (error === null || error === undefined) return null;
  const { title, detail, next, requestId } = explainError(error);
  return (
    <div role="alert">
      <Note tone="bad" title={title}>
        {!atFields && detail} {next}
        {requestId && <span className="sp-t3"> Request {requestId}</span>}
      </Note>
    </div>
  );
}
