import { IconPlus, IconTablePlus } from '@tabler/icons-react';
import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { ComponentGrid } from '../../runtime/component-grid.tsx';
import { type RenderComponent, RuntimeProvider } from '../../runtime/runtime-context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Note } from '../../ui/note.tsx';
import { useBuilder, useEditor } from '../builder-context.ts';
import { COLUMNS } from '../document/settle.ts';
import { useSession } from '../live/live-context.tsx';
import { useSandboxStatus } from '../live/use-live.ts';
import { CanvasContext, useCanvas } from './canvas-context.ts';
import { bringIntoSight, componentAt, frameOf } from './canvas-dom.ts';
import { canvasKey } from './canvas-keys.ts';
import { createCanvasStore } from './canvas-store.ts';
import type { Handle } from './cells.ts';
import { Frame } from './frame.tsx';
import { marqueeSelect } from './marquee-gesture.ts';
import { moveSelection } from './move-gesture.ts';
import { resizeComponent } from './resize-gesture.ts';
import './canvas.css';

const renderComponent: RenderComponent = (place) => <Frame key={place.id} {...place} />;

/** The page as members will see it, and the gestures that change it. */
export function Canvas() {
  const builder = useBuilder();
  const { editor, view, appId } = builder;
  const session = useSession();
  const sandbox = useSandboxStatus();
  const page = useEditor((s) => s.page);
  const empty = useEditor((s) => Object.keys(s.document.pages[s.page]?.components ?? {}).length === 0);
  const active = useEditor((s) => s.selection.length > 0);
  const [canvas] = useState(createCanvasStore);
  const root = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const runtime = useMemo(
    () => session && { session, mode: 'edit' as const, storageKey: `draft.${appId}`, renderComponent },
    [session, appId],
  );

  useEffect(() => {
    if (!root.current || !scroller.current) return;
    builder.canvas.current = { store: canvas, root: root.current, scroller: scroller.current };
    return () => {
      builder.canvas.current = undefined;
    };
  }, [builder, canvas]);

  const chosen = useEditor((s) => s.selection.join(' '));
  const pressed = useRef(false);
  useEffect(() => {
    // What was chosen in the tree, or newly placed, comes into sight; a press on the canvas moves nothing.
    if (chosen === '' || pressed.current) return;
    const frame = requestAnimationFrame(() => {
      if (root.current && scroller.current) bringIntoSight(root.current, scroller.current, chosen.split(' '));
    });
    return () => cancelAnimationFrame(frame);
  }, [chosen]);

  useEffect(() => {
    const release = () => setTimeout(() => (pressed.current = false), 50);
    window.addEventListener('pointerup', release);
    window.addEventListener('pointercancel', release);
    return () => {
      window.removeEventListener('pointerup', release);
      window.removeEventListener('pointercancel', release);
    };
  }, []);

  const press = (event: PointerEvent<HTMLDivElement>) => {
    pressed.current = true;
    if (event.button !== 0 || !root.current) return;
    const target = event.target as Element;
    if (target.closest('.bd-name-more, .mantine-Menu-dropdown')) return;
    const id = componentAt(target);
    if (!id) {
      marqueeSelect(builder, canvas, root.current, event.nativeEvent);
      return;
    }
    const handle = target.closest<HTMLElement>('[data-handle]')?.dataset.handle as Handle | undefined;
    if (handle) {
      event.preventDefault();
      resizeComponent(builder, canvas, root.current, id, handle, event.nativeEvent);
      return;
    }
    if (event.shiftKey || event.metaKey || event.ctrlKey) {
      editor.getState().toggle(id);
      return;
    }
    const { selection } = editor.getState();
    const already = selection.includes(id);
    if (!already) editor.getState().select([id]);
    const inside = already && !target.closest('[data-grip]') && target.closest('.bd-frame-body:not([inert])');
    const table = inside && target.closest('[data-component]')?.querySelector(':scope > .rt-cell-table');
    if (table) return;
    moveSelection(builder, canvas, root.current, id, event.nativeEvent, {
      click: () => editor.getState().select([id]),
      // A finger that scrolls chose nothing: where it goes on scrolling, it would move that.
      cancel: () => editor.getState().select(selection),
    });
  };
  const focus = useCallback(
    (event: React.FocusEvent) => {
      // Only the keyboard: a press has selected already. Of several that are chosen, one has the focus.
      const id = (event.target as HTMLElement).dataset.component;
      const { selection, select } = editor.getState();
      if (id && !selection.includes(id) && (event.target as HTMLElement).matches(':focus-visible'))
        select([id]);
    },
    [editor],
  );
  const key = (event: KeyboardEvent) => {
    if (canvasKey(builder, event.nativeEvent)) {
      event.preventDefault();
      requestAnimationFrame(() => {
        const { selection } = editor.getState();
        if (!root.current || !scroller.current) return;
        const [id] = selection;
        const next = id === undefined ? scroller.current : frameOf(root.current, id);
        next?.focus({ preventScroll: true });
        bringIntoSight(root.current, scroller.current, selection);
      });
    }
  };

  useEffect(() => {
    // What led to the builder is gone, or what had the focus was cut: whoever uses the keyboard goes on at the page,
    // without a ring before they do.
    const at = document.activeElement;
    if (chosen === '' && (at === document.body || root.current?.contains(at)))
      scroller.current?.focus({ preventScroll: true, focusVisible: false });
  }, [chosen]);

  return (
    <CanvasContext value={canvas}>
      <main className="bd-cv" ref={scroller} aria-label="Canvas" tabIndex={-1} onKeyDown={key}>
        {typeof sandbox === 'object' && (
          <div style={{ marginBottom: 10 }}>
            <Note tone="bad" title="Expressions are not evaluated.">
              {sandbox.failed}
            </Note>
          </div>
        )}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the page is the place for gestures; the frames in it are for the keyboard */}
        <div className="bd-page rt-page" ref={root} onPointerDown={press} onFocus={focus}>
          <Guides shown={active} />
          <div className="bd-page-grid">
            {runtime && (
              <RuntimeProvider value={runtime}>
                <ComponentGrid key={page} page={page} />
              </RuntimeProvider>
            )}
          </div>
          <Overlays />
          {empty && (
            <div className="bd-page-empty">
              <EmptyState
                icon={<IconTablePlus size={24} stroke={1.5} aria-hidden="true" />}
                title="This page is empty"
                text="Place a component, then bind it to a query."
              >
                <Button
                  size="sm"
                  icon={<IconPlus size={14} stroke={2} aria-hidden="true" />}
                  onClick={() => view.getState().show({ palette: true, side: 'rail' })}
                >
                  Add component
                </Button>
              </EmptyState>
            </div>
          )}
        </div>
      </main>
    </CanvasContext>
  );
}

/** Column guides, only while something is selected or moved. */
function Guides({ shown }: { readonly shown: boolean }) {
  const busy = useCanvas((s) => s.landing !== undefined || s.layouts.size > 0);
  if (!shown && !busy) return null;
  return (
    <div className="bd-guides" aria-hidden="true">
      {Array.from({ length: COLUMNS }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns are only their place
        <i key={i} />
      ))}
    </div>
  );
}

function Overlays() {
  const landing = useCanvas((s) => s.landing);
  const marquee = useCanvas((s) => s.marquee);
  return (
    <>
      {landing && <div className="bd-landing" style={{ ...landing.box }} />}
      {marquee && <div className="bd-marquee" style={{ ...marquee }} />}
    </>
  );
}
