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
import { ErrorState } from '../../ui/error-state.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { notify } from '../../ui/toast-store.ts';
import { RotationProgress } from './rotation-progress.tsx';

const { vault } = contract;
/** Whose key, and what it seals. */
export const holders = {
  organization: {
    title: 'This organization’s key',
    text: 'Encrypts the credentials of data sources and secret constants.',
    read: vault.getVault,
    rotate: vault.rotateVault,
  },
  installation: {
    title: 'The installation’s key',
    text: 'Encrypts what belongs to no organization: everyone’s two-factor secrets. You see it because your organization set up this server.',
    read: vault.getInstallationVault,
    rotate: vault.rotateInstallationVault,
  },
} as const;

/** One data key: what it seals, how its newest rotation stands, and a new one, online. */
export function KeyCard({ holder }: { readonly holder: keyof typeof holders }) {
  const me = useMe();
  const { title, text, read, rotate: begin } = holders[holder];
  const [asking, setAsking] = useState(false);
  const query = useQuery({
    ...reading(read),
    refetchInterval: ({ state }) => (state.data?.rotation && !state.data.rotation.finishedAt ? 1_000 : false),
  });
  const rotate = useChange(begin, {
    refreshes: [read],
    onDone: ({ total }) => {
      setAsking(false);
      notify({
        tone: 'ok',
        title: 'Rotation started',
        text: `Encrypting ${count(total, 'value')} again with a new key.`,
      });
    },
  });
  const state = query.data;
  const going = Boolean(state?.rotation && state.rotation.finishedAt === null);
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <p className="sp-t2" style={{ marginBottom: 12 }}>
        {text}
      </p>
      {query.error ? (
        <ErrorState
          error={query.error}
          title="The key could not be loaded."
          retry={() => void query.refetch()}
        />
      ) : !state ? (
        <SkeletonLines lines={3} />
      ) : (
        <>
          <DefinitionList
            items={[
              [
                'Data key',
                state.dataKeyId ? (
                  <span key="d" className="sp-mono">
                    {state.dataKeyId}
                  </span>
                ) : (
                  'None yet, because nothing has been encrypted'
                ),
              ],
              [
                'Encrypted values',
                <span key="s" className="sp-tn">
                  {figure(state.sealedValues)}
                </span>,
              ],
              ['Rotation', state.rotation ? <RotationProgress key="r" rotation={state.rotation} /> : 'Never'],
            ]}
          />
          <div style={{ marginTop: 12 }}>
            <Button
              disabledReason={
                (!may(me, begin) && `Requires the “${begin.permission}” permission. Ask an admin.`) ||
                (going && 'A rotation is in progress.')
              }
              onClick={() => setAsking(true)}
            >
              Rotate this key…
            </Button>
          </div>
          <ConfirmDialog
            opened={asking}
            onClose={() => setAsking(false)}
            title={`Rotate ${title.charAt(0).toLowerCase()}${title.slice(1)}?`}
            confirm="Rotate key"
            busy={rotate.isPending && 'Starting…'}
            error={rotate.error}
            onConfirm={() => rotate.mutate({})}
          >
            {count(state.sealedValues, 'value')} will be encrypted again with a new key. Everything keeps
            working in the meantime, and the rotation resumes after a crash.
          </ConfirmDialog>
        </>
      )}
    </section>
  );
}
