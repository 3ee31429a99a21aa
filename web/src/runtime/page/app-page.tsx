import type { ReleasedApp } from '@sallyport/contract';
import { IconLayoutGrid } from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Note } from '../../ui/note.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ComponentGrid } from '../component-grid.tsx';
import type { SandboxStatus } from '../engine/session-types.ts';
import { type Runtime, RuntimeProvider, useSlice } from '../runtime-context.tsx';
import { PageTitle } from './page-title.tsx';
import { useAppSession } from './use-app-session.tsx';

/** One page of a released app, with its drawers beside it. */
export function AppPage({
  released,
  page,
  search,
  offer,
}: {
  readonly released: ReleasedApp;
  readonly page: string;
  readonly search: Readonly<Record<string, unknown>>;
  readonly offer: ReactNode;
}) {
  const { session, dialogs } = useAppSession(released, page, search);
  const [drawer, setDrawer] = useState<HTMLElement | null>(null);
  const shown = released.pages.pages[page];
  const title = shown?.title ?? '';
  useEffect(() => {
    document.title = `${title} · ${released.app.name}`;
  }, [title, released.app.name]);
  const main = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins anew
  useEffect(() => {
    // What led here may be gone with the page before. Whoever uses the keyboard begins, and scrolls, in the page.
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [page]);
  const runtime = useMemo(
    (): Runtime | null =>
      session === undefined
        ? null
        : { session, mode: 'live', storageKey: `sallyport-table:${released.app.id}`, drawer, offer },
    [session, drawer, offer, released.app.id],
  );
  return (
    <div className="rt-body">
      <main className="rt-main rt-canvas" aria-label={title} tabIndex={-1} ref={main}>
        <PageTitle page={shown} />
        {runtime === null ? (
          <SkeletonLines lines={8} />
        ) : (
          <RuntimeProvider value={runtime}>
            <PageContent page={page} empty={Object.keys(shown?.components ?? {}).length === 0} />
          </RuntimeProvider>
        )}
      </main>
      <div ref={setDrawer} className="rt-drawer-place" />
      {dialogs}
    </div>
  );
}

function PageContent({ page, empty }: { readonly page: string; readonly empty: boolean }) {
  const status = useSlice<SandboxStatus>('sandbox');
  const open = useSlice<string>('page');
  if (status === 'starting' || open !== page) return <SkeletonLines lines={8} />;
  return (
    <>
      {typeof status === 'object' && (
        <Note tone="bad" title={status.failed}>
          Some calculated values are missing on this page. Reload it, or try another browser.
        </Note>
      )}
      {empty ? (
        <EmptyState
          icon={<IconLayoutGrid size={24} stroke={1.5} aria-hidden="true" />}
          title="This page is empty"
          text="The builder of this app has not added anything yet."
        />
      ) : (
        <div className="rt-grid-place">
          <ComponentGrid key={page} page={page} />
        </div>
      )}
    </>
  );
}
