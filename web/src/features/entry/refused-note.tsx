import { explainError } from '../../lib/explain-error.ts';
import { Note } from '../../ui/note.tsx';
import { secondFactorAsked } from './second-factor-asked.ts';

/** Why the door stayed shut, and for how long. That the second step is asked for is no refusal: its field says so. */
export function RefusedNote({ error, left }: { readonly error: unknown; readonly left: number }) {
  if (!error || secondFactorAsked(error)) return null;
  const failure = explainError(error);
  return (
    <div role="alert">
      <Note tone={left > 0 ? 'warn' : 'bad'} title={failure.title}>
        {left > 0 ? `You can try again in ${left} s.` : (failure.detail ?? failure.next)}
      </Note>
    </div>
  );
}
