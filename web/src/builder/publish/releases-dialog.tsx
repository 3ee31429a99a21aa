import { Modal } from '@mantine/core';
import { contract, type ReleaseRow } from '@sallyport/contract';
import { IconArrowBackUp, IconArrowForwardUp, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { count } from '../../lib/number.ts';
import { saveJson } from '../../lib/save-file.ts';
import { useChange } from '../../lib/use-change.ts';
import { allReleases } from '../../lib/whole-lists.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { notify, notifyError } from '../../ui/toast-store.ts';
import { useBuilder, useEditor } from '../builder-context.ts';

/** Every release, newest first, and the way to each from the one that is live. */
export function ReleasesDialog({ onClose }: { readonly onClose: () => void }) {
  const { appId, editor } = useBuilder();
  const app = useEditor((s) => s.app);
  const list = useQuery(allReleases(appId));
  const [chosen, setChosen] = useState<ReleaseRow>();
  const back = useChange(contract.apps.rollBack, {
    refreshes: [contract.apps.listReleases, contract.apps.listApps],
    onDone(release) {
      const { hash, number, publishedAt, publishedBy } = release;
      editor
        .getState()
        .set({ app: { ...app, release: { hash, number, publishedAt, publishedBy }, changed: true } });
      notify({ tone: 'ok', title: `Release ${number} is live again.`, text: 'The draft did not change.' });
      setChosen(undefined);
    },
  });
  const live = list.data?.items.find((release) => release.current)?.number ?? 0;
  const later = (chosen?.number ?? 0) > live;
  const way = `${later ? 'Go forward' : 'Roll back'} to release ${chosen?.number}`;
  const manifest = async (release: ReleaseRow) => {
    try {
      const params = { id: appId, hash: release.hash };
      saveJson(
        `${app.slug}-release-${release.number}.json`,
        await call(contract.apps.getManifest, { params }),
      );
    } catch (error) {
      notifyError(error, 'The manifest could not be loaded.');
    }
  };
  return (
    <>
      <Modal opened={!chosen} onClose={onClose} title={`Releases of ${app.name}`} size={640}>
        {list.isPending && <SkeletonLines lines={3} height={48} />}
        {list.error && <ErrorState error={list.error} retry={() => void list.refetch()} />}
        {list.data?.items.length === 0 && (
          <EmptyState title="Not published yet" text="Members cannot open the app until the first release." />
        )}
        {list.data?.items.map((release) => (
          <div key={release.hash} className="bd-release">
            <div className="sp-grow">
              <span className="sp-row">
                <span className="sp-b sp-tn">Release {release.number}</span>
                {release.current && <Badge tone="ok">Live</Badge>}
                <span className="sp-mono sp-t3 sp-xs">{release.hash.slice(0, 8)}</span>
              </span>
              {release.note && <div>{release.note}</div>}
              <span className="sp-t3 sp-sm">
                <Time at={release.publishedAt} /> by {release.publishedBy} ·{' '}
                {count(release.statements, 'statement')}, {count(release.writes, 'write')}
              </span>
            </div>
            <IconButton
              small
              label={`Manifest of release ${release.number}`}
              icon={<IconDownload size={15} stroke={1.75} aria-hidden="true" />}
              onClick={() => void manifest(release)}
            />
            <Button
              size="sm"
              disabledReason={release.current && 'This release is already live.'}
              icon={
                release.number > live ? (
                  <IconArrowForwardUp size={14} stroke={2} aria-hidden="true" />
                ) : (
                  <IconArrowBackUp size={14} stroke={2} aria-hidden="true" />
                )
              }
              onClick={() => setChosen(release)}
            >
              {release.number > live ? 'Go forward…' : 'Roll back…'}
            </Button>
          </div>
        ))}
      </Modal>
      <ConfirmDialog
        opened={chosen !== undefined}
        title={`${way}?`}
        confirm={way}
        busy={back.isPending && (later ? 'Going forward…' : 'Rolling back…')}
        error={back.error}
        onClose={() => setChosen(undefined)}
        onConfirm={() => chosen && back.mutate({ params: { id: appId }, body: { hash: chosen.hash } })}
      >
        Members get release {chosen?.number} from their next click on. The draft stays as it is.
      </ConfirmDialog>
    </>
  );
}
