import { contract } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { count, figure } from '../../lib/number.ts';
import { reading } from '../../lib/reading.ts';
import { may, useMe } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { DefinitionList } from '../../ui/definition-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { notify } from '../../ui/toast-store.ts';

/** Which keys seal what; and a new data key, online. */
export function VaultSection() {
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const allowed = may(me, contract.vault.getVault);
  const query = useQuery({
    ...reading(contract.vault.getVault),
    enabled: allowed,
    refetchInterval: ({ state }) => (state.data?.rotation && !state.data.rotation.finishedAt ? 1_000 : false),
  });
  const rotate = useChange(contract.vault.rotateVault, {
    refreshes: [contract.vault.getVault],
    onDone: ({ total }) => {
      setAsking(false);
      notify({
        tone: 'ok',
        title: 'The rotation has begun',
        text: `${count(total, 'value')} are sealed again under a new key.`,
      });
    },
  });
  if (!allowed)
    return (
      <EmptyState
        title="The vault is not open to you"
        text={`Needs the right “vault:read”. Ask an admin of ${me.organization.name}.`}
      />
    );
  if (query.error)
    return (
      <ErrorState
        error={query.error}
        title="The vault could not be read."
        retry={() => void query.refetch()}
      />
    );
  const state = query.data;
  if (!state) {
    return (
      <div className="sp-account">
        <SkeletonLines lines={4} />
      </div>
    );
  }
  const going = state.rotation !== null && state.rotation.finishedAt === null;
  const share =
    state.rotation && state.rotation.total > 0 ? (100 * state.rotation.done) / state.rotation.total : 100;
  return (
    <div className="sp-account">
      <section aria-label="Keys">
        <h2 style={{ marginBottom: 10 }}>Keys</h2>
        <DefinitionList
          items={[
            [
              'Root key',
              <span key="r" className="sp-mono">
                {state.rootKeyId}
              </span>,
            ],
            [
              'Data key',
              <span key="d" className="sp-mono">
                {state.dataKeyId}
              </span>,
            ],
            [
              'Sealed values',
              <span key="s" className="sp-tn">
                {figure(state.sealedValues)}
              </span>,
            ],
            ['Cipher', 'AES-256-GCM, bound to organization, table, row, field and version'],
          ]}
        />
        <p className="sp-hint" style={{ marginTop: 12 }}>
          The root key wraps the data key, and the data key seals every credential. Keep a copy of the root
          key elsewhere: without it nothing can be opened.
        </p>
      </section>
      <section aria-label="Rotation">
        <h2>Rotation</h2>
        {state.rotation && (
          <div className="sp-col sp-g6" style={{ margin: '8px 0 14px', maxWidth: 440 }}>
            <p className="sp-t2 sp-tn">
              {going ? 'Under way' : 'Finished'}, {figure(state.rotation.done)} of{' '}
              {figure(state.rotation.total)}, begun <Time at={state.rotation.startedAt} within />
              {state.rotation.finishedAt && (
                <>
                  , ended <Time at={state.rotation.finishedAt} within />
                </>
              )}
            </p>
            {going && (
              <div
                className="sp-progress"
                role="progressbar"
                aria-label="Rotation"
                aria-valuenow={Math.round(share)}
                aria-valuemin={0}
                aria-valuemax={100}
              >
                <i style={{ width: `${share}%` }} />
              </div>
            )}
          </div>
        )}
        <p className="sp-t2" style={{ marginBottom: 12 }}>
          Makes a new data key and seals every value again under it, while people work. It goes on after a
          crash.
        </p>
        <Button
          disabledReason={
            (!may(me, contract.vault.rotateVault) && 'Needs the right “vault:rotate”. Ask an admin.') ||
            (going && 'A rotation is under way.')
          }
          onClick={() => setAsking(true)}
        >
          Rotate the data key…
        </Button>
      </section>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title="Rotate the data key?"
        confirm="Rotate the data key"
        busy={rotate.isPending && 'Starting…'}
        error={rotate.error}
        onConfirm={() => rotate.mutate({})}
      >
        {count(state.sealedValues, 'value')} will be sealed again under a new key. Nothing stops while it goes
        on.
      </ConfirmDialog>
    </div>
  );
}
