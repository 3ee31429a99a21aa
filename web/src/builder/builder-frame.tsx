import { useEffect } from 'react';
import { useBuilder, useEditor, useView } from './builder-context.ts';
import { Canvas } from './canvas/canvas.tsx';
import { DebugPanel } from './debug/debug-panel.tsx';
import { Dialogs } from './dialogs/dialogs.tsx';
import { Recovery } from './dialogs/recovery.tsx';
import { UnkeptQuestion } from './dialogs/unkept-question.tsx';
import { Inspector } from './inspector/inspector.tsx';
import { LiveProvider } from './live/live-context.tsx';
import { LeftRail } from './panels/left-rail.tsx';
import { Preview } from './preview/preview.tsx';
import { openQuery, reopenBegun } from './queries/query-commands.ts';
import { QueryPanel } from './queries/query-panel.tsx';
import { TopBar } from './top/top-bar.tsx';
import { useGlobalKeys } from './use-global-keys.ts';
import { usePlace } from './use-place.ts';
import { ONE_THING } from './view-store.ts';

/** The whole editor: top bar, rail, canvas or preview, inspector, query panel. */
export function BuilderFrame() {
  const builder = useBuilder();
  const preview = useView((s) => s.preview);
  const debug = useView((s) => s.debug);
  const side = useView((s) => s.side);
  const name = useEditor((s) => s.app.name);
  useGlobalKeys(builder);
  usePlace(builder);
  useEffect(() => {
    document.title = `${name} · builder`;
  }, [name]);
  useEffect(() => {
    // The first query stands open: the panel is never empty while there is something to show. One that reads, where
    // there is one: of a generated app it is the list, and its rows are there already.
    const { queries } = builder.editor.getState();
    const names = Object.keys(queries).sort();
    const first = names.find((one) => queries[one]?.compiled.effect === 'read') ?? names[0];
    reopenBegun(builder);
    if (first && builder.panel.getState().tabs.length === 0) openQuery(builder, first);
    if (window.matchMedia(ONE_THING).matches)
      builder.view.getState().show({ side: 'none', panelOpen: false });
  }, [builder]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      const { document, base } = builder.editor.getState();
      if (document !== base || builder.copies.unkept()) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [builder]);
  return (
    <LiveProvider>
      <div className="bd" data-side={side}>
        <TopBar />
        <LeftRail />
        <div className="bd-rest" data-preview={preview || undefined}>
          {preview ? (
            <Preview />
          ) : (
            <>
              <Canvas />
              <Inspector />
            </>
          )}
          {debug ? <DebugPanel /> : !preview && <QueryPanel />}
        </div>
      </div>
      <Dialogs />
      <Recovery />
      <UnkeptQuestion />
    </LiveProvider>
  );
}
