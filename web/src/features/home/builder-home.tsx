import type { AppRow as App } from '@sallyport/contract';
import { contract } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { figure } from '../../lib/number.ts';
import { reading } from '../../lib/reading.ts';
import { may, useMe } from '../../lib/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { NoMatch } from '../../ui/no-match.tsx';
import { useGrowing } from '../../ui/use-growing.tsx';
import { AppMenu } from './app-menu.tsx';
import { AppRow } from './app-row.tsx';
import { AppSearch } from './app-search.tsx';
import { FirstSteps } from './first-steps.tsx';
import { GenerateDialog } from './generate-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { NewAppDialog } from './new-app-dialog.tsx';
import { NewAppMenu } from './new-app-menu.tsx';
import { RecentCards } from './recent-cards.tsx';
import { useFoundApps } from './use-found-apps.ts';

const route = getRouteApi('/signed-in/console/');

const noteOf = (app: App) => {
  if (!app.release) return <Badge>Not published</Badge>;
  return (
    <span className="sp-row">
      <span className="sp-tn">Release {app.release.number}</span>
      {app.changed && <Badge tone="accent">Draft differs</Badge>}
    </span>
  );
};

/** The apps of those who build: to open, to edit, to make. Until the first release, the three first steps. */
export function BuilderHome({ apps }: { readonly apps: readonly App[] }) {
  const me = useMe();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { text, setText, found, openFirst } = useFoundApps(apps);
  const { shown, more } = useGrowing(found);
  const sources = useQuery({
    ...reading(contract.sources.listSources),
    enabled: may(me, contract.sources.listSources),
  });
  const close = () => void navigate({ search: {} });
  const first = !apps.some((app) => app.release);
  return (
    <div className="sp-scroll">
      {first && <FirstSteps apps={apps} sources={sources.data?.items ?? []} />}
      {apps.length > 0 && (
        <div className="sp-home" style={first ? { paddingTop: 0, maxWidth: 1000 } : undefined}>
          {!first && (
            <div className="sp-row sp-home-head">
              <h1>Apps</h1>
              <span className="sp-end">
                <NewAppMenu hasSource={(sources.data?.items.length ?? 0) > 0} />
              </span>
            </div>
          )}
          {!first && <AppSearch value={text} onChange={setText} onEnter={openFirst} />}
          {text === '' && <RecentCards apps={apps} />}
          <div className="sp-list-head">
            <h2>All apps</h2>
            <span className="sp-t3 sp-sm sp-tn">{figure(apps.length)}</span>
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
                <AppRow key={app.id} app={app} note={noteOf(app)} actions={<AppMenu app={app} />} />
              ))}
            </ul>
          )}
          {more}
        </div>
      )}
      <NewAppDialog opened={search.new === 'empty'} onClose={close} />
      <GenerateDialog opened={search.new === 'generate'} firstSource={search.source} onClose={close} />
      <ImportDialog opened={search.new === 'import'} onClose={close} />
    </div>
  );
}
