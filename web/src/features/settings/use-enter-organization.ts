import { contract } from '@sallyport/contract';
import { useNavigate } from '@tanstack/react-router';
import { beginSession } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { notifyError } from '../../ui/toast-store.ts';

/** Goes on in another organization of the person's, at its first page: nothing of the one before stays on the screen. */
export function useEnterOrganization(): (organizationId: string) => void {
  const navigate = useNavigate();
  const enter = useChange(contract.identity.switchOrganization, {
    onDone: (me) => {
      beginSession(me);
      void navigate({ to: '/' });
    },
    onRefused: (error) => notifyError(error, 'Could not switch organizations'),
  });
  return (organizationId) => enter.mutate({ body: { organizationId } });
}
