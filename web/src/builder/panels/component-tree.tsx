import { Menu } from '@mantine/core';
import type { ComponentType, Page } from '@sallyport/contract';
import { COMPONENTS } from '@sallyport/contract';
import { IconChevronDown, IconChevronRight, IconPlus, IconSearch } from '@tabler/icons-react';
import { type Dispatch, type KeyboardEvent, memo, type SetStateAction, useRef, useState } from 'react';
import { childrenOf } from '../../runtime/layout/component-tree.ts';
import { focusOnce } from '../../ui/focus-once.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { type Builder, useBuilder, useEditor } from '../builder-context.ts';
import { canvasKey } from '../canvas/canvas-keys.ts';
import { showsOnCanvas } from '../canvas/shows-on-canvas.ts';
import { componentIcons } from '../component-icons.ts';
import { reorderComponent, reparentComponents } from '../document/arrange-components.ts';
import { useSession } from '../live/live-context.tsx';
import { useComponentState } from '../live/use-live.ts';
import { ComponentMenu } from './component-menu.tsx';
import { ListRow } from './list-row.tsx';
import { Section } from './section.tsx';

/** The components of the page as a tree: select, drag before another or into a container. */
export function ComponentTree() {
  const { editor, view } = useBuilder();
  const page = useEditor((s) => s.document.pages[s.page]) as Page;
  const [filter, setFilter] = useState<string>();
  const finder = useRef<HTMLButtonElement>(null);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [drag, setDrag] = useState<Drag>();
  const [acts] = useState(() => rowActs(editor, setClosed, setDrag));
  const matching = filter
    ? Object.keys(page.components).filter((id) => id.toLowerCase().includes(filter.toLowerCase()))
    : undefined;

  const row = (id: string, depth: number, open: boolean | undefined) => (
    <TreeRow
      key={id}
      id={id}
      type={page.components[id]?.type ?? 'text'}
      depth={depth}
      open={open}
      drop={drag && drag.id !== id && drag.over === id ? (drag.into ? 'into' : 'before') : undefined}
      acts={acts}
    />
  );
  const branch = (parent: string | undefined, depth: number): React.ReactNode[] =>
    childrenOf(page, parent).flatMap(([id, component]) => {
      const container = COMPONENTS[component.type].container;
      const open = container ? !closed.has(id) : undefined;
      return [row(id, depth, open), ...(open ? branch(id, depth + 1) : [])];
    });

  return (
    <Section
      title="Components"
      actions={
        <>
          <IconButton
            small
            ref={finder}
            label={filter === undefined ? 'Find a component' : 'Show all components'}
            icon={<IconSearch size={14} stroke={2} aria-hidden="true" />}
            onClick={() => setFilter(filter === undefined ? '' : undefined)}
          />
          <IconButton
            small
            label="Add component"
            icon={<IconPlus size={15} stroke={1.75} aria-hidden="true" />}
            onClick={() => view.getState().show({ palette: true })}
          />
        </>
      }
    >
      {filter !== undefined && (
        <div className="sp-in sp-sm" style={{ margin: '0 10px 6px' }}>
          <IconSearch size={13} stroke={2} aria-hidden="true" />
          <input
            aria-label="Find a component"
            value={filter}
            ref={focusOnce}
            onChange={(event) => setFilter(event.currentTarget.value)}
            onKeyDown={(event: KeyboardEvent) => {
              if (event.key !== 'Escape') return;
              finder.current?.focus();
              setFilter(undefined);
            }}
          />
        </div>
      )}
      {Object.keys(page.components).length === 0 && <p className="bd-none">No components yet.</p>}
      {matching?.length === 0 && <p className="bd-none">No component has “{filter}” in its name.</p>}
      {matching ? matching.map((id) => row(id, 0, undefined)) : branch(undefined, 0)}
    </Section>
  );
}

interface Drag {
  readonly id: string;
  readonly over?: string;
  readonly into?: boolean;
}

/** What a row can do: the same for as long as the tree stands, so that an edit renders only the rows that it changes. */
function rowActs(
  editor: Builder['editor'],
  setClosed: Dispatch<SetStateAction<ReadonlySet<string>>>,
  setDrag: (drag: Drag | undefined) => void,
) {
  let drag: Drag | undefined;
  const put = (next: Drag | undefined) => {
    drag = next;
    setDrag(next);
  };
  const componentsNow = () => {
    const { document, page } = editor.getState();
    return document.pages[page]?.components ?? {};
  };
  return {
    toggle: (id: string) =>
      setClosed((closed) => new Set(closed.has(id) ? [...closed].filter((c) => c !== id) : [...closed, id])),
    start: (id: string) => put({ id }),
    over: (id: string, into: boolean) => {
      if (!drag) return;
      const { container } = COMPONENTS[componentsNow()[id]?.type ?? 'text'];
      put({ ...drag, over: id, into: into && container });
    },
    drop: (target: string) => {
      if (!drag) return;
      const { id, into } = drag;
      const slug = editor.getState().page;
      const components = componentsNow();
      const parent = into ? target : components[target]?.parent;
      editor.getState().edit(`Move ${id}`, (d) => {
        const same = components[id]?.parent === parent;
        const moved = same ? d : reparentComponents(d, slug, new Map([[id, { parent }]]));
        return into ? moved : reorderComponent(moved, slug, id, target);
      });
      put(undefined);
    },
    end: () => put(undefined),
  };
}

interface TreeRowProps {
  readonly id: string;
  readonly type: ComponentType;
  readonly depth: number;
  readonly open: boolean | undefined;
  readonly drop: 'before' | 'into' | undefined;
  readonly acts: ReturnType<typeof rowActs>;
}

const TreeRow = memo(function TreeRow({ id, type, depth, open, drop, acts }: TreeRowProps) {
  const builder = useBuilder();
  const { editor } = builder;
  const selection = useEditor((s) => (s.selection.includes(id) ? s.selection : undefined));
  const selected = selection !== undefined;
  const state = useComponentState(id);
  const live = useSession()?.mode === 'live';
  const away = useEditor((s) => type === 'modal' && !(live ? state?.exposed.open : showsOnCanvas(s, id)));
  const Icon = componentIcons[type];
  const Arrow = open ? IconChevronDown : IconChevronRight;
  const note = away ? 'closed' : state?.props.hidden === true ? 'hidden' : undefined;
  return (
    <ListRow
      icon={<Icon size={15} stroke={1.75} aria-hidden="true" />}
      name={id}
      mono
      depth={depth}
      on={selected && 'item'}
      end={
        open === undefined ? (
          note
        ) : (
          <span className="sp-row sp-g4">
            {note}
            {/* biome-ignore lint/a11y: the arrow keys fold too; this is for the pointer */}
            <span
              onClick={(event) => {
                event.stopPropagation();
                acts.toggle(id);
              }}
              onDoubleClick={(event) => event.stopPropagation()}
            >
              <Arrow size={14} stroke={2} aria-hidden="true" />
            </span>
          </span>
        )
      }
      aria-expanded={open}
      onKeyDown={(event) => {
        if ((event.key === 'ArrowLeft' && open === true) || (event.key === 'ArrowRight' && open === false))
          acts.toggle(id);
        const command = event.metaKey || event.ctrlKey;
        const meant = command ? /^[cdx]$/i.test(event.key) : /^(Delete|Backspace)$/.test(event.key);
        if (!meant) return;
        if (!selected) editor.getState().select([id]);
        if (canvasKey(builder, event.nativeEvent)) event.preventDefault();
      }}
      onClick={(event) => {
        if (event.shiftKey || event.metaKey || event.ctrlKey) editor.getState().toggle(id);
        else editor.getState().select([id]);
      }}
      onDoubleClick={() =>
        builder.view.getState().show({ dialog: { kind: 'rename', what: 'component', name: id } })
      }
      draggable
      data-drop={drop}
      onDragStart={() => acts.start(id)}
      onDragOver={(event) => {
        event.preventDefault();
        const box = event.currentTarget.getBoundingClientRect();
        acts.over(id, event.clientY > box.top + box.height / 3);
      }}
      onDrop={() => acts.drop(id)}
      onDragEnd={acts.end}
      menu={<ComponentMenu ids={selection ?? [id]} Item={Menu.Item} Divider={Menu.Divider} />}
    />
  );
});
