import { Modal } from '@mantine/core';
import { COMPONENT_TYPES, COMPONENTS } from '@sallyport/contract';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { focusOnce } from '../../ui/focus-once.ts';
import { type Builder, useBuilder } from '../builder-context.ts';
import { placeNew } from '../commands.ts';
import { componentIcons } from '../component-icons.ts';
import { pagesInOrder } from '../document/locate.ts';
import { openQuery } from '../queries/query-commands.ts';

interface Hit {
  readonly key: string;
  readonly name: string;
  readonly note: string;
  readonly icon?: ReactNode;
  readonly go: () => void;
}

/** ⌘K: finds a page, component or query, or something to do. */
export function FindDialog({ onClose }: { readonly onClose: () => void }) {
  const builder = useBuilder();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = hitsOf(builder)
    .filter((hit) => words.every((word) => `${hit.name} ${hit.note}`.toLowerCase().includes(word)))
    .slice(0, 40);
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
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
    >
      <Modal.Title className="sp-visually-hidden">Find</Modal.Title>
      <div className="sp-in" style={{ marginTop: 12 }}>
        <IconSearch size={15} stroke={1.75} aria-hidden="true" />
        <input
          ref={focusOnce}
          data-autofocus
          aria-label="Find a page, component, query or action"
          placeholder="Find a page, component, query or action"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') setAt(Math.min(hits.length - 1, at + 1));
            else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
            else if (event.key === 'Enter') go(hits[at]);
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <div className="bd-find">
        {hits.length === 0 && <p className="bd-none">Nothing is called “{text}”.</p>}
        {hits.map((hit, index) => (
          <button
            key={hit.key}
            type="button"
            className="bd-li"
            data-on={index === at ? 'item' : undefined}
            onMouseMove={() => setAt(index)}
            onClick={() => go(hit)}
          >
            {hit.icon}
            <span className="sp-cut">{hit.name}</span>
            <span className="sp-end sp-t3 sp-sm">{hit.note}</span>
          </button>
        ))}
      </div>
    </Modal>
  );
}

function hitsOf(builder: Builder): Hit[] {
  const { editor, view } = builder;
  const { document, queries } = editor.getState();
  const pages = pagesInOrder(document);
  const components = pages.flatMap(([slug, page]) =>
    Object.entries(page.components).map(([id, component]): Hit => {
      const Icon = componentIcons[component.type];
      return {
        key: `c ${id}`,
        name: id,
        note: `${COMPONENTS[component.type].label} on ${page.title}`,
        icon: <Icon size={15} stroke={1.75} aria-hidden="true" />,
        go() {
          editor.getState().showPage(slug);
          editor.getState().select([id]);
        },
      };
    }),
  );
  const show = (dialog: 'publish' | 'releases' | 'share' | 'shortcuts') => () =>
    view.getState().show({ dialog: { kind: dialog } });
  return [
    ...pages.map(
      ([slug, page]): Hit => ({
        key: `p ${slug}`,
        name: page.title,
        note: 'Page',
        go: () => editor.getState().showPage(slug),
      }),
    ),
    ...components,
    ...Object.keys(queries).map(
      (name): Hit => ({ key: `q ${name}`, name, note: 'Query', go: () => openQuery(builder, name) }),
    ),
    ...COMPONENT_TYPES.map(
      (type): Hit => ({
        key: `a ${type}`,
        name: `Add ${COMPONENTS[type].label.toLowerCase()}`,
        note: 'Action',
        go: () => placeNew(builder, type),
      }),
    ),
    { key: 'publish', name: 'Publish', note: 'Action', go: show('publish') },
    { key: 'releases', name: 'Releases and roll back', note: 'Action', go: show('releases') },
    { key: 'share', name: 'Share', note: 'Action', go: show('share') },
    { key: 'keys', name: 'Shortcuts', note: 'Action', go: show('shortcuts') },
  ];
}
