import { COMPONENT_TYPES, COMPONENTS, type Component, type Page } from '@sallyport/contract';
import {
  IconEye,
  IconFile,
  IconHistory,
  IconKeyboard,
  IconPencil,
  IconRocket,
  IconUsers,
} from '@tabler/icons-react';
import { childrenOf, pagesInOrder } from '../../runtime/layout/component-tree.ts';
import { type PaletteEntry, SearchPalette } from '../../ui/search-palette.tsx';
import { type Builder, useBuilder } from '../builder-context.ts';
import { placeNew } from '../commands.ts';
import { componentIcons } from '../component-icons.ts';
import { openQuery } from '../queries/query-commands.ts';

/** ⌘K: finds a page, component or query, or something to do. */
export function FindDialog({ onClose }: { readonly onClose: () => void }) {
  const builder = useBuilder();
  return (
    <SearchPalette
      label="Find a page, component, query or action"
      entries={entriesOf(builder)}
      opened
      onClose={onClose}
    />
  );
}

/** The components of a page as its tree has them. */
const inOrder = (page: Page, parent?: string): [string, Component][] =>
  childrenOf(page, parent).flatMap(([id, component]) => [[id, component], ...inOrder(page, id)]);

function entriesOf(builder: Builder): PaletteEntry[] {
  const { editor, view } = builder;
  const { document, queries } = editor.getState();
  const pages = pagesInOrder(document);
  const action = (
    label: string,
    icon: PaletteEntry['icon'],
    dialog: 'publish' | 'releases' | 'settings' | 'shortcuts',
    hint?: string,
  ): PaletteEntry => ({
    id: `action ${label}`,
    group: 'Actions',
    label,
    ...(hint && { hint }),
    icon,
    run: () => view.getState().show({ dialog: { kind: dialog } }),
  });
  return [
    ...pages.map(
      ([slug, { title }]): PaletteEntry => ({
        id: `page ${slug}`,
        group: 'Pages',
        label: title,
        icon: IconFile,
        run: () => editor.getState().showPage(slug),
      }),
    ),
    ...pages.flatMap(([slug, page]) =>
      inOrder(page).map(
        ([id, { type }]): PaletteEntry => ({
          id: `component ${id}`,
          group: 'Components',
          label: id,
          hint: `${COMPONENTS[type].label} on ${page.title}`,
          icon: componentIcons[type],
          run() {
            editor.getState().showPage(slug);
            editor.getState().select([id]);
          },
        }),
      ),
    ),
    ...Object.entries(queries)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(
        ([name, { compiled }]): PaletteEntry => ({
          id: `query ${name}`,
          group: 'Queries',
          label: name,
          icon: compiled.effect === 'read' ? IconEye : IconPencil,
          run: () => openQuery(builder, name),
        }),
      ),
    action('Publish…', IconRocket, 'publish'),
    action('Releases and rollback…', IconHistory, 'releases'),
    action('Name, address, people…', IconUsers, 'settings', 'Share'),
    action('Show keyboard shortcuts', IconKeyboard, 'shortcuts', '?'),
    ...COMPONENT_TYPES.map(
      (type): PaletteEntry => ({
        id: `add ${type}`,
        group: 'New components',
        label: `Add ${COMPONENTS[type].label.toLowerCase()}`,
        icon: componentIcons[type],
        run: () => placeNew(builder, type),
      }),
    ),
  ];
}
