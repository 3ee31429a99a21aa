import { explainError } from '../../lib/explain-error.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { secondFactorAsked } from './second-factor-asked.ts';
import { useCountdown } from './use-countdown.ts';
import { waitSeconds } from './wait-seconds.ts';

/** What sends a form of the entry; after a refusal it says why the door stayed shut, and is held for as long as that was asked for. */
export function EntrySubmit({
  sent: { error, isPending, submittedAt },
  busy,
  children,
}: {
  readonly sent: { readonly error: unknown; readonly isPending: boolean; readonly submittedAt: number };
  readonly busy: string;
  readonly children: string;
}) {
  const left = useCountdown(waitSeconds(error), submittedAt);
  // That the second step is asked for is no refusal: its field says so.
  const failure = error && !secondFactorAsked(error) ? explainError(error) : undefined;
  return (
    <>
      {failure && (
        <div role="alert">
          <Note tone={left > 0 ? 'warn' : 'bad'} title={failure.title}>
            {left > 0 ? `You can try again in ${left} s.` : (failure.detail ?? failure.next)}
          </Note>
        </div>
      )}
      <Button
        type="submit"
        tone="primary"
        size="lg"
        block
        busy={isPending && busy}
        disabledReason={left > 0 && `Wait ${left} s.`}
      >
        {children}
      </Button>
    </>
  );
}
