import { useMemo, useState } from 'react';
import { ComponentGrid } from '../../runtime/component-grid.tsx';
import { PageTitle } from '../../runtime/page/page-title.tsx';
import { type Runtime, RuntimeProvider } from '../../runtime/runtime-context.tsx';
import { environmentNames } from '../../ui/environment-badge.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useBuilder, useEditor, useView } from '../builder-context.ts';
import { useSession } from '../live/live-context.tsx';
import { useSandboxStatus } from '../live/use-live.ts';
import '../../runtime/page.css';

/** The draft as members would use it: live, over the chosen environment. */
export function Preview() {
  const { appId } = useBuilder();
  const session = useSession();
  const status = useSandboxStatus();
  const page = useEditor((s) => s.page);
  const pages = useEditor((s) => s.document);
  const environment = useView((s) => s.environment);
  const [drawer, setDrawer] = useState<HTMLElement | null>(null);
  const live = session?.mode === 'live' ? session : undefined;
  const runtime = useMemo(
    (): Runtime | undefined => live && { session: live, mode: 'live', storageKey: `draft.${appId}`, drawer },
    [live, appId, drawer],
  );
  return (
    <div className="bd-preview">
      <p className="bd-preview-note" role="status">
        Preview of the draft. Queries run in {environmentNames[environment]}, and changes are real there.
      </p>
      <div className="rt-body">
        <main className="rt-main rt-canvas" aria-label={`Preview of ${pages.pages[page]?.title ?? ''}`}>
          <PageTitle page={pages.pages[page]} />
          {runtime && status !== 'starting' ? (
            <RuntimeProvider value={runtime}>
              <div className="rt-grid-place">
                <ComponentGrid key={page} page={page} />
              </div>
            </RuntimeProvider>
          ) : (
            <SkeletonLines lines={8} />
          )}
        </main>
        <div ref={setDrawer} className="rt-drawer-place" />
      </div>
    </div>
  );
}
