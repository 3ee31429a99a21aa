import { Menu } from '@mantine/core';
import type { ReleasedApp } from '@sallyport/contract';
import { IconLayoutGrid, IconMenu2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { PersonMenu } from '../../app/person-menu.tsx';
import { MayDo } from './may-do.tsx';
import { pagesInOrder } from './pages-in-order.ts';

/** The way out, the app's name, its pages, what it may do, and the person. */
export function AppHeader({ released, page }: { readonly released: ReleasedApp; readonly page: string }) {
  const { app, pages } = released;
  const all = pagesInOrder(pages);
  return (
    <header className="rt-head">
      <Link to="/" className="sp-ib" aria-label="All apps" title="All apps">
        <IconLayoutGrid size={17} stroke={1.75} aria-hidden="true" />
      </Link>
      <span className="rt-vsep" />
      <span className="rt-head-name sp-cut">{app.name}</span>
      {all.length > 1 && (
        <nav className="rt-tabs rt-wide-only" aria-label="Pages">
          {all.map(({ slug, title }) => (
            <Link
              key={slug}
              to="/a/$slug/{-$page}"
              params={{ slug: app.slug, page: slug }}
              aria-current={slug === page ? 'page' : undefined}
            >
              {title}
            </Link>
          ))}
        </nav>
      )}
      <span className="sp-end sp-row sp-g12">
        <span className="rt-wide-only">
          <MayDo released={released} />
        </span>
        <span className="rt-wide-only sp-t3 sp-sm sp-tn">Release {released.release.number}</span>
        <PersonMenu compact />
        {all.length > 1 && (
          <span className="rt-narrow-only">
            <Menu position="bottom-end" width={240}>
              <Menu.Target>
                <button type="button" className="sp-ib" aria-label="Pages">
                  <IconMenu2 size={18} stroke={1.75} aria-hidden="true" />
                </button>
              </Menu.Target>
              <Menu.Dropdown>
                {all.map(({ slug, title }) => (
                  <Menu.Item
                    key={slug}
                    renderRoot={(props) => (
                      <Link
                        {...props}
                        to="/a/$slug/{-$page}"
                        params={{ slug: app.slug, page: slug }}
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
          </span>
        )}
      </span>
    </header>
  );
}
