import { contract, type PersonRow } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { reading } from '../../lib/reading.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { Time } from '../../ui/time.tsx';
import { notify, notifyError } from '../../ui/toast-store.ts';

/** The open link to a new password of a person, if there is one: who made it, until when it works, and the way to void it. */
export function OpenReset({ person }: { readonly person: PersonRow }) {
  const params = { params: { id: person.id } };
  const open = useQuery(reading(contract.identity.readOpenPasswordReset, params));
  const withdraw = useChange(contract.identity.withdrawPasswordReset, {
    refreshes: [contract.identity.readOpenPasswordReset],
    onDone: () => notify({ tone: 'ok', title: 'The link is withdrawn', text: 'It opens nothing any more.' }),
    onRefused: (error) => notifyError(error, 'The link was not withdrawn.'),
  });
  const reset = open.data?.reset;
  if (!reset) return null;
  return (
    <div style={{ marginBottom: 10 }}>
      <Note
        tone="warn"
        title="A link to a new password is open."
        action={
          <Button
            size="xs"
            busy={withdraw.isPending && 'Withdrawing…'}
            onClick={() => withdraw.mutate(params)}
          >
            Withdraw
          </Button>
        }
      >
        {reset.issuedBy === null ? 'Made on the server’s own machine' : `Made by ${reset.issuedBy}`}{' '}
        <Time at={reset.createdAt} within />; it works until <Time at={reset.expiresAt} within />.
      </Note>
    </div>
  );
}
