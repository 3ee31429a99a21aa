import { contract, type InvitationRow } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { useChange } from '../../lib/use-change.ts';
import { allInvitations } from '../../lib/whole-lists.ts';
import { Button } from '../../ui/button.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Email } from '../../ui/email.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Time } from '../../ui/time.tsx';
import { notify, notifyError } from '../../ui/toast-store.ts';
import { roleNames } from './roles.ts';

/** Invitations not yet taken up, to be withdrawn. */
export function Invitations() {
  const list = useQuery(allInvitations());
  const withdraw = useChange(contract.identity.withdrawInvitation, {
    refreshes: [contract.identity.listInvitations],
    onDone: () =>
      notify({ tone: 'ok', title: 'The invitation was revoked', text: 'Its link no longer works.' }),
    onRefused: (error) => notifyError(error, 'The invitation was not revoked.'),
  });
  if (list.error)
    return (
      <ErrorState
        error={list.error}
        title="Invitations could not be loaded."
        retry={() => void list.refetch()}
      />
    );
  const rows = list.data?.items ?? [];
  if (rows.length === 0) return null;
  const columns: readonly Column<InvitationRow>[] = [
    {
      key: 'email',
      head: 'Invited',
      cell: (row) => (
        <span className="sp-m">
          <Email of={row.email} />
        </span>
      ),
      text: (row) => row.email,
    },
    {
      key: 'role',
      head: 'Role',
      width: 92,
      cell: (row) => <span className="sp-t2">{roleNames[row.role]}</span>,
    },
    {
      key: 'by',
      head: 'By',
      width: 140,
      wide: true,
      cell: (row) => <span className="sp-t2">{row.invitedBy}</span>,
    },
    {
      key: 'until',
      head: 'Expires',
      width: 104,
      right: true,
      wide: true,
      cell: (row) => (
        <span className="sp-t2">
          <Time at={row.expiresAt} />
        </span>
      ),
    },
    {
      key: 'withdraw',
      head: <span className="sp-visually-hidden">Revoke</span>,
      width: 110,
      right: true,
      cell: (row) => (
        <Button
          size="xs"
          busy={withdraw.isPending && withdraw.variables.params.id === row.id && 'Revoking…'}
          onClick={() => withdraw.mutate({ params: { id: row.id } })}
        >
          Revoke
        </Button>
      ),
    },
  ];
  return (
    <section style={{ marginTop: 24 }} aria-label="Invitations">
      <DataTable label="Invitations" columns={columns} rows={rows} rowKey={(row) => row.id} />
    </section>
  );
}
