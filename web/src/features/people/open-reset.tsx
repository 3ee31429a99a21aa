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
    onDone: () => notify({ tone: 'ok', title: 'The link was revoked', text: 'It no longer works.' }),
    onRefused: (error) => notifyError(error, 'The link was not revoked.'),
  });
  const reset = open.data?.reset;
  if (!reset) return null;
  return (
    <div style={{ marginBottom: 10 }}>
      <Note
        tone="warn"
        title="A password reset link is active."
        action={
          <Button size="xs" busy={withdraw.isPending && 'Revoking…'} onClick={() => withdraw.mutate(params)}>
            Revoke
          </Button>
        }
      >
        {reset.issuedBy === null ? 'Created on the server' : `Created by ${reset.issuedBy}`}{' '}
        <Time at={reset.createdAt} within />; it expires <Time at={reset.expiresAt} within />.
      </Note>
    </div>
  );
}
