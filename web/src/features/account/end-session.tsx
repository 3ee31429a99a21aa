import { contract, type SessionRow } from '@sallyport/contract';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { notify, notifyError } from '../../ui/toast-store.ts';

/** Ends one of one's own sessions, or revokes a token. */
export function EndSession({ session }: { readonly session: SessionRow }) {
  const token = session.kind === 'token';
  const end = useChange(contract.identity.revokeMySession, {
    refreshes: [contract.identity.listMySessions],
    onDone: () =>
      notify({
        tone: 'ok',
        title: token ? `The token ${session.label} is revoked` : `${session.device} is signed out`,
      }),
    onRefused: (error) => notifyError(error, 'Nothing was changed.'),
  });
  return (
    <Button
      size="xs"
      aria-label={`${token ? 'Revoke' : 'Sign out'} ${session.label ?? session.device}`}
      disabledReason={session.current && 'This is the browser you are using. Sign out from the menu.'}
      busy={end.isPending && 'Ending…'}
      onClick={() => end.mutate({ params: { id: session.id } })}
    >
      {token ? 'Revoke' : 'Sign out'}
    </Button>
  );
}
