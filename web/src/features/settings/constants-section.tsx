import { type ConstantRow, contract } from '@sallyport/contract';
import { IconLock, IconPlus, IconVariable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { may, useMe } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { allConstants } from '../../lib/whole-lists.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Time } from '../../ui/time.tsx';
import { notify } from '../../ui/toast-store.ts';
import { ConstantDialog } from './constant-dialog.tsx';

/** Constants of the organization, which queries bind on the server. */
export function ConstantsSection() {
  const me = useMe();
  const [editing, setEditing] = useState<ConstantRow | 'new'>();
  const [removing, setRemoving] = useState<ConstantRow>();
  const list = useQuery(allConstants());
  const remove = useChange(contract.gateway.removeConstant, {
    refreshes: [contract.gateway.listConstants],
    onDone: () => {
      notify({ tone: 'ok', title: `${removing?.name} was removed` });
      setRemoving(undefined);
    },
  });
  const reason =
    !may(me, contract.gateway.setConstant) && 'Requires the “constant:manage” permission. Ask an admin.';
  const rows = list.data?.items;
  const button = (
    <Button
      size="sm"
      icon={<IconPlus size={14} stroke={2} aria-hidden="true" />}
      disabledReason={reason}
      onClick={() => setEditing('new')}
    >
      Add a constant…
    </Button>
  );
  const columns: readonly Column<ConstantRow>[] = [
    {
      key: 'name',
      head: 'Name',
      width: '28%',
      cell: (row) => <span className="sp-mono">{row.name}</span>,
      text: (row) => `{{ constants.${row.name} }}`,
    },
    {
      key: 'value',
      head: 'Value',
      cell: (row) =>
        row.secret ? (
          <Badge icon={<IconLock size={12} stroke={2} aria-hidden="true" />}>Encrypted</Badge>
        ) : (
          <span className="sp-mono sp-constant-value">{row.value}</span>
        ),
      text: (row) => row.value ?? undefined,
    },
    {
      key: 'at',
      head: 'Changed',
      width: 100,
      right: true,
      wide: true,
      cell: (row) => (
        <span className="sp-t2">
          <Time at={row.updatedAt} />
        </span>
      ),
    },
    {
      key: 'do',
      head: <span className="sp-visually-hidden">Change or remove</span>,
      width: 'min(180px, 34%)',
      right: true,
      cell: (row) => (
        <span className="sp-row sp-g4" style={{ justifyContent: 'flex-end', flexWrap: 'wrap' }}>
          <Button
            size="xs"
            disabledReason={reason}
            onClick={() => setEditing(row)}
            aria-label={`Change ${row.name}`}
          >
            Change…
          </Button>
          <Button
            size="xs"
            tone="danger"
            disabledReason={reason}
            onClick={() => setRemoving(row)}
            aria-label={`Remove ${row.name}`}
          >
            Remove…
          </Button>
        </span>
      ),
    },
  ];
  return (
    <>
      <div className="sp-constants-head">
        <p className="sp-t2">
          Queries use constants as <span className="sp-mono">{'{{ constants.name }}'}</span>, and the server
          binds the value. Secret values are encrypted and never shown.
        </p>
        {(rows?.length ?? 0) > 0 && button}
      </div>
      <DataTable
        label="Constants"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.name}
        instead={
          list.error ? (
            <ErrorState
              error={list.error}
              title="Constants could not be loaded."
              retry={() => void list.refetch()}
            />
          ) : rows?.length === 0 ? (
            <EmptyState
              icon={<IconVariable size={24} stroke={1.75} aria-hidden="true" />}
              title="No constants yet"
              text="Store an address, a limit or a key in one place."
            >
              {button}
            </EmptyState>
          ) : undefined
        }
      />
      <ConstantDialog constant={editing} onClose={() => setEditing(undefined)} />
      <ConfirmDialog
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={`Remove ${removing?.name}?`}
        confirm="Remove constant"
        danger
        busy={remove.isPending && 'Removing…'}
        error={remove.error}
        onConfirm={() => removing && remove.mutate({ params: { name: removing.name } })}
      >
        Queries that use it will fail.
      </ConfirmDialog>
    </>
  );
}
