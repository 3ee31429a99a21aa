import type { Page } from '@sallyport/contract';
import { IconFile, IconPencil } from '@tabler/icons-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { useBuilder, useEditor } from '../builder-context.ts';
import { setPageHandlers } from '../document/configure-component.ts';
import { HandlerList } from './handler-list.tsx';
import { useNameable } from './use-nameable.ts';

/** Nothing selected: the page itself. */
export function PageInspector() {
  const { editor, view } = useBuilder();
  const slug = useEditor((s) => s.page);
  const page = useEditor((s) => s.document.pages[s.page]) as Page;
  const home = useEditor((s) => s.document.home === s.page);
  const names = useNameable();
  return (
    <>
      <header className="bd-insp-head">
        <IconFile size={16} stroke={1.75} aria-hidden="true" />
        <h2 className="sp-b sp-cut" style={{ fontSize: 12.5, margin: 0 }}>
          {page.title}
        </h2>
        <IconButton
          small
          label="Name and address of the page"
          icon={<IconPencil size={13} stroke={2} aria-hidden="true" />}
          onClick={() => view.getState().show({ dialog: { kind: 'page', slug } })}
        />
        <span className="sp-end sp-t3 sp-sm">{home ? 'Home page' : 'Page'}</span>
      </header>
      <div className="bd-insp-body">
        <section className="bd-is" aria-label="Address">
          <div className="bd-fr">
            <span className="bd-lab">Address</span>
            <span className="sp-mono">/{slug}</span>
          </div>
        </section>
        <section className="bd-is" aria-label="On open">
          <h3>
            On open
            <span className="sp-mono sp-t3 sp-xs sp-end">onLoad</span>
          </h3>
          <HandlerList
            handlers={page.onLoad}
            names={names}
            label="onLoad"
            at={`on:page:${slug}:onLoad`}
            onChange={(handlers) =>
              editor
                .getState()
                .edit(`Set onLoad of ${page.title}`, (d) => setPageHandlers(d, slug, handlers), {
                  key: `${slug}.onLoad`,
                })
            }
          />
          <p className="sp-hint" style={{ marginTop: 8 }}>
            Queries that run on load do not need a step here.
          </p>
        </section>
        <section className="bd-is" aria-label="Hint">
          <p className="bd-none" style={{ padding: 0, margin: 0 }}>
            Select a component to edit it. Drag on the page to select several.
          </p>
        </section>
      </div>
    </>
  );
}
