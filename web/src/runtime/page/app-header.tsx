import type { ReleasedApp } from '@sallyport/contract';
import { IconLayoutGrid } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { PersonButton } from '../../app/person-button.tsx';
import { OpensLater } from '../../ui/opens-later.tsx';
import { pagesInOrder } from '../layout/component-tree.ts';
import { MayDoButton } from './may-do-button.tsx';
import { PagesButton } from './pages-button.tsx';

const loadMayDo = () => import('./may-do.tsx').then((file) => file.MayDo);
const loadPages = () => import('./pages-menu.tsx').then((file) => file.PagesMenu);

/** The way out, the app's name, its pages, what it may do, and the person. */
export function AppHeader({ released, page }: { readonly released: ReleasedApp; readonly page: string }) {
  const { app, pages } = released;
  const all = pagesInOrder(pages);
  return (
    <header className="rt-head">
      <Link to="/" className="sp-ib" aria-label="All apps" title="All apps">
        <IconLayoutGrid size={17} stroke={1.75} aria-hidden="true" />
      </Link>
      <span className="sp-vsep" />
      <span className="rt-head-name sp-cut">{app.name}</span>
      {all.length > 1 && (
        <nav className="rt-tabs rt-wide-only" aria-label="Pages">
          {all.map(([slug, { title }]) => (
            <Link
              key={slug}
              to="/a/$slug/{-$page}"
              params={{ slug: app.slug, page: slug }}
              aria-current={slug === page ? 'page' : undefined}
            >
              <span className="sp-cut">{title}</span>
            </Link>
          ))}
        </nav>
      )}
      <span className="sp-end sp-row sp-g12">
        <span className="rt-wide-only">
          <OpensLater load={loadMayDo} popup="dialog" button={<MayDoButton />} given={{ released }} />
        </span>
        <span className="rt-wide-only sp-t3 sp-sm sp-tn sp-nw">Release {released.release.number}</span>
        <PersonButton compact />
        {all.length > 1 && (
          <span className="rt-narrow-only">
            <OpensLater load={loadPages} popup="menu" button={<PagesButton />} given={{ released, page }} />
          </span>
        )}
      </span>
    </header>
  );
}
