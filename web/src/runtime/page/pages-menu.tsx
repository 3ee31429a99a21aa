import { Menu } from '@mantine/core';
import type { ReleasedApp } from '@sallyport/contract';
import { Link } from '@tanstack/react-router';
import { pagesInOrder } from '../layout/component-tree.ts';
import { PagesButton } from './pages-button.tsx';

/** The pages of an app, on a narrow screen. */
export function PagesMenu({ released, page }: { readonly released: ReleasedApp; readonly page: string }) {
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <PagesButton />
      </Menu.Target>
      <Menu.Dropdown>
        {pagesInOrder(released.pages).map(([slug, { title }]) => (
          <Menu.Item
            key={slug}
            renderRoot={(props) => (
              <Link
                {...props}
                to="/a/$slug/{-$page}"
                params={{ slug: released.app.slug, page: slug }}
                aria-current={slug === page ? 'page' : undefined}
              />
            )}
          >
            {title}
          </Menu.Item>
        ))}
        <Menu.Label>Release {released.release.number}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}
