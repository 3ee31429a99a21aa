import { Select, TextInput } from '@mantine/core';
import { contract } from '@sallyport/contract';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { reading } from '../../lib/reading.ts';
import { may, useMe } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { CopyOnce } from '../../ui/copy-field.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { DialogForm, FormDialog } from '../../ui/form-dialog.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { SessionList } from '../sessions/session-list.tsx';
import { EndSession } from './end-session.tsx';

const spans = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
];

/** API tokens, which act as oneself; each is shown once. */
export function MyTokens() {
  const me = useMe();
  const [opened, setOpened] = useState(false);
  const [label, setLabel] = useState('');
  const [days, setDays] = useState('90');
  const list = useQuery(reading(contract.identity.listMySessions));
  const create = useChange(contract.identity.createToken, { refreshes: [contract.identity.listMySessions] });
  const { reset } = create;
  useEffect(() => {
    if (!opened) return;
    setLabel('');
    setDays('90');
    reset();
  }, [opened, reset]);
  const tokens = list.data?.items.filter((session) => session.kind === 'token');
  const button = (
    <Button
      size="sm"
      disabledReason={
        !may(me, contract.identity.createToken) && 'Requires the “token:create” permission. Ask an admin.'
      }
      onClick={() => setOpened(true)}
    >
      New token…
    </Button>
  );
  return (
    <section aria-label="API tokens">
      <div className="sp-row">
        <h2>API tokens</h2>
        <span className="sp-end">{(tokens?.length ?? 0) > 0 && button}</span>
      </div>
      {!tokens ? (
        <SkeletonLines lines={1} height={52} />
      ) : tokens.length === 0 ? (
        <EmptyState
          icon={<IconKey size={24} stroke={1.75} aria-hidden="true" />}
          title="No tokens yet"
          text="A token lets a script or the command line act as you until it expires or you revoke it."
        >
          {button}
        </EmptyState>
      ) : (
        <SessionList sessions={tokens} action={(session) => <EndSession session={session} />} />
      )}
      <FormDialog
        opened={opened}
        onClose={() => setOpened(false)}
        once={create.data !== undefined}
        title={create.data ? 'Copy your token' : 'New token'}
      >
        {create.data ? (
          <div className="sp-col sp-g12">
            <CopyOnce text={create.data.token} label="Copy token">
              It is shown only once. It can do everything that you can do.
            </CopyOnce>
            <div className="sp-row" style={{ justifyContent: 'flex-end' }}>
              <Button tone="primary" onClick={() => setOpened(false)}>
                Done
              </Button>
            </div>
          </div>
        ) : (
          <DialogForm
            submit="Create token"
            busy={create.isPending && 'Creating…'}
            error={create.error}
            onSubmit={() => create.mutate({ body: { label, days: Number(days) } })}
            onClose={() => setOpened(false)}
          >
            <TextInput
              label="Name"
              placeholder="ci-deploy"
              value={label}
              onChange={(event) => setLabel(event.currentTarget.value)}
              required
              withAsterisk={false}
              maxLength={80}
              data-autofocus
            />
            <Select
              label="Expires after"
              data={spans}
              value={days}
              onChange={(value) => setDays(value ?? '90')}
              allowDeselect={false}
            />
          </DialogForm>
        )}
      </FormDialog>
    </section>
  );
}
