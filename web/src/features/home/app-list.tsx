import type { AppRow as App } from '@sallyport/contract';
import type { ReactNode } from 'react';
import { figure } from '../../lib/number.ts';
import { NoMatch } from '../../ui/no-match.tsx';
import { useGrowing } from '../../ui/use-growing.tsx';
import { AppSearch } from './app-search.tsx';
import { RecentCards } from './recent-cards.tsx';
import { useFoundApps } from './use-found-apps.ts';

/** Apps to open: those opened last, and all of them, found as their name is typed. */
export function AppList({
  apps,
  searched = true,
  which,
  row,
}: {
  readonly apps: readonly App[];
  readonly searched?: boolean;
  /** Said after how many there are. */
  readonly which?: string;
  readonly row: (app: App) => ReactNode;
}) {
  const { text, setText, found, openFirst } = useFoundApps(apps);
  const { shown, more } = useGrowing(found);
  const clear = () => setText('');
  return (
    <>
      {searched && <AppSearch value={text} onChange={setText} onEnter={openFirst} />}
      {text === '' && <RecentCards apps={apps} />}
      <div className="sp-list-head">
        <h2>All apps</h2>
        <span className="sp-t3 sp-sm sp-tn">
          {figure(apps.length)} {which}
        </span>
      </div>
      {found.length === 0 ? (
        <NoMatch thing="app" filters={[{ label: text, remove: clear }]} clear={clear} />
      ) : (
        <ul>{shown.map(row)}</ul>
      )}
      {more}
    </>
  );
}
