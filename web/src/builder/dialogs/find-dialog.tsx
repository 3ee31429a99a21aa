import { Modal } from '@mantine/core';
import { COMPONENT_TYPES, COMPONENTS, type Component, type Page } from '@sallyport/contract';
import { IconArrowRight, IconEye, IconFile, IconPencil, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { rankHits } from '../../lib/rank-hits.ts';
import { childrenOf, pagesInOrder } from '../../runtime/layout/component-tree.ts';
import { focusOnce } from '../../ui/focus-once.ts';
import { type Builder, useBuilder } from '../builder-context.ts';
import { placeNew } from '../commands.ts';
import { componentIcons } from '../component-icons.ts';
import { openQuery } from '../queries/query-commands.ts';

interface Hit {
  readonly key: string;
  readonly name: string;
  readonly note: string;
  readonly icon: ReactNode;
  readonly go: () => void;
}

const MOST = 40;

/** ⌘K: finds a page, component or query, or something to do. */
export function FindDialog({ onClose }: { readonly onClose: () => void }) {
  const builder = useBuilder();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = rankHits(hitsOf(builder), text, (hit) => hit);
  const hits = found.slice(0, MOST);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const go = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    hit.go();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      size={520}
      // It grows and shrinks with what is found: its field stays where it is.
      centered={false}
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
    >
      <Modal.Title className="sp-visually-hidden">Find</Modal.Title>
      <div className="sp-in" style={{ marginTop: 12 }}>
        <IconSearch size={15} stroke={1.75} aria-hidden="true" />
        <input
          ref={focusOnce}
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={hits[at] ? `${id}-${at}` : undefined}
          aria-label="Find a page, component, query or action"
          placeholder="Find a page, component, query or action"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'ArrowDown') setAt(Math.min(hits.length - 1, at + 1));
            else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
            else if (event.key === 'Enter') go(hits[at]);
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <div className="bd-find" id={id} role="listbox" aria-label="Found" ref={list} tabIndex={-1}>
        {hits.map((hit, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys
          <div
            key={hit.key}
            role="option"
            tabIndex={-1}
            id={`${id}-${index}`}
            aria-selected={index === at}
            className="bd-li"
            data-on={index === at ? 'item' : undefined}
            onMouseMove={() => setAt(index)}
            onClick={() => go(hit)}
          >
            {hit.icon}
            <span className="sp-cut">{hit.name}</span>
            <span className="sp-end sp-t3 sp-sm">{hit.note}</span>
          </div>
        ))}
      </div>
      {hits.length === 0 && <p className="bd-none">No results for “{text}”.</p>}
      {found.length > MOST && <p className="bd-none">{found.length - MOST} more. Type to search.</p>}
    </Modal>
  );
}

const icon = { size: 15, stroke: 1.75, 'aria-hidden': true } as const;

/** The components of a page as its tree has them. */
const inOrder = (page: Page, parent?: string): [string, Component][] =>
  childrenOf(page, parent).flatMap(([id, component]) => [[id, component], ...inOrder(page, id)]);

function hitsOf(builder: Builder): Hit[] {
  const { editor, view } = builder;
  const { document, queries } = editor.getState();
  const pages = pagesInOrder(document);
  const components = pages.flatMap(([slug, page]) =>
    inOrder(page).map(([id, component]): Hit => {
      const Icon = componentIcons[component.type];
      return {
        key: `c ${id}`,
        name: id,
        note: `${COMPONENTS[component.type].label} on ${page.title}`,
        icon: <Icon {...icon} />,
        go() {
          editor.getState().showPage(slug);
          editor.getState().select([id]);
        },
      };
    }),
  );
  const show = (dialog: 'publish' | 'releases' | 'settings' | 'shortcuts') => () =>
    view.getState().show({ dialog: { kind: dialog } });
  return [
    ...pages.map(
      ([slug, page]): Hit => ({
        key: `p ${slug}`,
        name: page.title,
        note: 'Page',
        icon: <IconFile {...icon} />,
        go: () => editor.getState().showPage(slug),
      }),
    ),
    ...components,
    ...Object.entries(queries)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, { compiled }]): Hit => {
        const Icon = compiled.effect === 'read' ? IconEye : IconPencil;
        const go = () => openQuery(builder, name);
        return { key: `q ${name}`, name, note: 'Query', icon: <Icon {...icon} />, go };
      }),
    ...COMPONENT_TYPES.map((type): Hit => {
      const Icon = componentIcons[type];
      return action(
        `Add ${COMPONENTS[type].label.toLowerCase()}`,
        () => placeNew(builder, type),
        <Icon {...icon} />,
      );
    }),
    action('Publish', show('publish')),
    action('Releases and rollback', show('releases')),
    action('Share: name, address, people', show('settings')),
    action('Shortcuts', show('shortcuts')),
  ];
}

const action = (name: string, go: () => void, own?: ReactNode): Hit => ({
  key: `a ${name}`,
  name,
  note: 'Action',
  icon: own ?? <IconArrowRight {...icon} />,
  go,
});
