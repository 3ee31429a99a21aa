import type { AppRow as App } from '@sallyport/contract';
import { IconApps, IconInfoCircle } from '@tabler/icons-react';
import { figure } from '../../lib/number.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { NoMatch } from '../../ui/no-match.tsx';
import { useGrowing } from '../../ui/use-growing.tsx';
import { AppRow } from './app-row.tsx';
import { AppSearch } from './app-search.tsx';
import { RecentCards } from './recent-cards.tsx';
import { useFoundApps } from './use-found-apps.ts';

/** A member's apps. */
export function MemberHome({ apps }: { readonly apps: readonly App[] }) {
  const { text, setText, found, openFirst } = useFoundApps(apps);
  const { shown, more } = useGrowing(found);
  if (apps.length === 0) {
    return (
      <div className="sp-home">
        <h1 className="sp-visually-hidden">Apps</h1>
        <EmptyState
          icon={<IconApps size={24} stroke={1.75} aria-hidden="true" />}
          title="No app is open to you yet"
          text="Ask the person who runs the tool that you need to add you or a group of yours."
        />
      </div>
    );
  }
  return (
    <div className="sp-home">
      <h1 className="sp-visually-hidden">Apps</h1>
      <AppSearch value={text} onChange={setText} onEnter={openFirst} />
      {text === '' && <RecentCards apps={apps} />}
      <div className="sp-list-head">
        <h2>All apps</h2>
        <span className="sp-t3 sp-sm sp-tn">{figure(apps.length)} you may open</span>
      </div>
      {found.length === 0 ? (
        <NoMatch
          thing="app"
          filters={[{ label: text, remove: () => setText('') }]}
          clear={() => setText('')}
        />
      ) : (
        <ul>
          {shown.map((app) => (
            <AppRow key={app.id} app={app} />
          ))}
        </ul>
      )}
      {more}
      <p className="sp-hint sp-row sp-g6" style={{ marginTop: 16 }}>
        <IconInfoCircle size={14} stroke={2} aria-hidden="true" />
        Something missing? Ask the person who runs the tool to add you.
      </p>
    </div>
  );
}
