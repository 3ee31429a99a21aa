import { Menu } from '@mantine/core';
import { IconFile, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { pagesInOrder } from '../../runtime/layout/component-tree.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useBuilder, useEditor } from '../builder-context.ts';
import { duplicateWholePage } from '../commands.ts';
import { removePage, reorderPage, setHome } from '../document/edit-pages.ts';
import { ListRow } from './list-row.tsx';
import { Section } from './section.tsx';

/** The pages of the app; dragging changes their order. */
export function PageList() {
  const builder = useBuilder();
  const { editor, view } = builder;
  const document = useEditor((s) => s.document);
  const current = useEditor((s) => s.page);
  const [dragged, setDragged] = useState<string>();
  const [over, setOver] = useState<string>();
  const pages = pagesInOrder(document);
  const edit = editor.getState().edit;
  return (
    <Section
      title="Pages"
      actions={
        <IconButton
          small
          label="Add page"
          icon={<IconPlus size={15} stroke={1.75} aria-hidden="true" />}
          onClick={() => view.getState().show({ dialog: { kind: 'page', slug: undefined } })}
        />
      }
    >
      {pages.map(([slug, page], index) => (
        <ListRow
          key={slug}
          icon={<IconFile size={15} stroke={1.75} aria-hidden="true" />}
          name={page.title}
          on={slug === current && 'page'}
          end={slug === document.home ? 'home' : undefined}
          onClick={() => editor.getState().showPage(slug)}
          onDoubleClick={() => view.getState().show({ dialog: { kind: 'page', slug } })}
          draggable
          data-drop={dragged && over === slug && dragged !== slug ? 'before' : undefined}
          onDragStart={() => setDragged(slug)}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(slug);
          }}
          onDragEnd={() => {
            setDragged(undefined);
            setOver(undefined);
          }}
          onDrop={() => {
            if (dragged) edit('Order pages', (d) => reorderPage(d, dragged, slug));
          }}
          menu={
            <>
              <Menu.Item onClick={() => view.getState().show({ dialog: { kind: 'page', slug } })}>
                Name and address…
              </Menu.Item>
              <Menu.Item
                disabled={slug === document.home}
                onClick={() => edit(`Set ${page.title} as the home page`, (d) => setHome(d, slug))}
              >
                Set as home page
              </Menu.Item>
              <Menu.Item onClick={() => duplicateWholePage(builder, slug)}>Duplicate</Menu.Item>
              <Menu.Item
                disabled={index === 0}
                onClick={() => edit('Order pages', (d) => reorderPage(d, slug, pages[index - 1]?.[0]))}
              >
                Move up
              </Menu.Item>
              <Menu.Item
                disabled={index === pages.length - 1}
                onClick={() => edit('Order pages', (d) => reorderPage(d, slug, pages[index + 2]?.[0]))}
              >
                Move down
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item
                color="red"
                disabled={pages.length === 1}
                onClick={() => edit(`Remove ${page.title}`, (d) => removePage(d, slug))}
              >
                Remove
              </Menu.Item>
            </>
          }
        />
      ))}
    </Section>
  );
}
