import { Modal } from '@mantine/core';
import { contract } from '@sallyport/contract';
import { IconDownload, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '../../lib/api.ts';
import { count } from '../../lib/number.ts';
import { saveJson } from '../../lib/save-file.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { notify } from '../../ui/toast-store.ts';
import { useBuilder, useEditor } from '../builder-context.ts';
import { FailingList } from './failing-list.tsx';
import { InShort } from './in-short.tsx';
import { PlanView } from './plan-view.tsx';
import { UnsavedQueries } from './unsaved-queries.tsx';
import './publish.css';

/** Shows what a release would newly do, and publishes exactly what was shown (B7). */
export function PublishDialog({ onClose }: { readonly onClose: () => void }) {
  const { saver, editor, appId } = useBuilder();
  const app = useEditor((s) => s.app);
  const [flushed, setFlushed] = useState(false);
  const [note, setNote] = useState('');
  useEffect(() => {
    // What is reviewed must be what is saved.
    void saver.flush().then(() => setFlushed(true));
  }, [saver]);
  const plan = useQuery({
    queryKey: ['planRelease', appId, 'dialog'],
    queryFn: ({ signal }) => call(contract.apps.planRelease, { params: { id: appId } }, { signal }),
    enabled: flushed,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const save = useEditor((s) => s.save);
  const publish = useChange(contract.apps.publish, {
    refreshes: [contract.apps.listReleases, contract.apps.listApps],
    onDone({ hash, number, publishedAt, publishedBy }) {
      const release = { hash, number, publishedAt, publishedBy };
      editor.getState().set({ app: { ...editor.getState().app, release, changed: false } });
      notify({
        tone: 'ok',
        title: `Release ${number} is live.`,
        action: { label: 'Open', run: () => window.open(`/a/${app.slug}`, '_blank', 'noopener') },
      });
      onClose();
    },
    onRefused: () => void plan.refetch(),
  });
  const next = (app.release?.number ?? 0) + 1;
  const blocking = plan.data?.problems.filter((problem) => problem.blocking).length ?? 0;
  const unchanged = plan.data !== undefined && plan.data.hash === plan.data.current?.hash;
  const reason = !plan.data
    ? 'The review is still loading.'
    : save.state === 'conflict' || save.state === 'failed'
      ? 'The draft is not saved yet.'
      : blocking > 0
        ? `${blocking} ${blocking === 1 ? 'thing is' : 'things are'} blocking this release. See the top of the list.`
        : unchanged
          ? 'The draft is the same as the current release.'
          : undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      size={920}
      padding={0}
      withCloseButton={false}
      // A press beside it may be a slip, and would take the note along.
      closeOnClickOutside={note === ''}
      classNames={{ body: 'bd-dlg-body', content: 'bd-dlg' }}
    >
      <div className="bd-dgh">
        <div className="sp-col sp-grow" style={{ gap: 2 }}>
          <Modal.Title>Publish {app.name}</Modal.Title>
          <p className="sp-t2" style={{ margin: 0 }}>
            {unchanged
              ? `The draft is the same as release ${app.release?.number}.`
              : app.release
                ? `Release ${next} replaces release ${app.release.number}. Everything it can newly do is listed here.`
                : 'This is the first release. Everything it can do is listed here.'}
          </p>
        </div>
        <IconButton
          label="Close"
          icon={<IconX size={16} stroke={1.75} aria-hidden="true" />}
          onClick={onClose}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section className="bd-dgb" tabIndex={0} data-autofocus aria-label="New capabilities">
        {plan.isPending && <SkeletonLines lines={6} />}
        {plan.error && <ErrorState error={plan.error} retry={() => void plan.refetch()} />}
        {publish.error !== null && (
          <div style={{ paddingTop: 12 }}>
            <FailureNote error={publish.error} />
          </div>
        )}
        <UnsavedQueries onSaved={() => void plan.refetch()} />
        <FailingList />
        {plan.data && <PlanView plan={plan.data} />}
      </section>
      <section className="bd-dgs" aria-label="Summary">
        {plan.data && <InShort plan={plan.data} appId={appId} />}
        <div>
          <label className="sp-lab" htmlFor="release-note">
            Release note
          </label>
          <textarea
            id="release-note"
            className="bd-input"
            rows={4}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <div className="sp-hint">Shown in the list of releases and in the audit log.</div>
        </div>
        {plan.data && (
          <div style={{ marginTop: 'auto' }}>
            <span className="sp-lab">Release hash</span>
            <div className="sp-row sp-g4">
              <span className="sp-mono bd-hash">{plan.data.hash.match(/.{8}/g)?.join(' ')}</span>
              <span className="sp-end">
                <CopyButton text={plan.data.hash} label="Copy hash" />
              </span>
            </div>
            <div className="sp-hint">
              SHA-256 over {count(plan.data.manifest.queries.length, 'query', 'queries')} and{' '}
              {count(plan.data.manifest.pages.length, 'page')}. If anything in the release changed, the hash
              would too.
            </div>
          </div>
        )}
      </section>
      <div className="bd-dgf">
        {plan.data && (
          <Button
            tone="ghost"
            icon={<IconDownload size={15} stroke={1.75} aria-hidden="true" />}
            onClick={() => plan.data && saveJson(`${app.slug}-manifest.json`, plan.data.manifest)}
          >
            Manifest
          </Button>
        )}
        <span className="sp-end" />
        <Button onClick={onClose}>Cancel</Button>
        <Button
          tone="primary"
          busy={publish.isPending && 'Publishing…'}
          disabledReason={reason}
          onClick={() =>
            plan.data &&
            publish.mutate({ params: { id: appId }, body: { hash: plan.data.hash, note: note.trim() } })
          }
        >
          Publish release {next}
        </Button>
      </div>
    </Modal>
  );
}
