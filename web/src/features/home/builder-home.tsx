import type { AppRow as App } from '@sallyport/contract';
import { contract } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { may, useMe } from '../../lib/session.ts';
import { allSources } from '../../lib/whole-lists.ts';
import { Badge } from '../../ui/badge.tsx';
import { AppList } from './app-list.tsx';
import { AppMenu } from './app-menu.tsx';
import { AppRow } from './app-row.tsx';
import { FirstSteps } from './first-steps.tsx';
import { GenerateDialog } from './generate-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { NewAppDialog } from './new-app-dialog.tsx';
import { NewAppMenu } from './new-app-menu.tsx';

const route = getRouteApi('/signed-in/console/');

const noteOf = (app: App) => {
  if (!app.release) return <Badge>Not published</Badge>;
  return (
    <span className="sp-row">
      <span className="sp-tn">Release {app.release.number}</span>
      {app.changed && <Badge tone="accent">Unpublished changes</Badge>}
    </span>
  );
};

/** The apps of those who build: to open, to edit, to make. Until the first release, the three first steps. */
export function BuilderHome({ apps }: { readonly apps: readonly App[] }) {
  const me = useMe();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const sources = useQuery({
    ...allSources(),
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
          <AppList
            apps={apps}
            searched={!first}
            row={(app) => (
              <AppRow key={app.id} app={app} note={noteOf(app)} actions={<AppMenu app={app} />} />
            )}
          />
        </div>
      )}
      <NewAppDialog opened={search.new === 'empty'} onClose={close} />
      <GenerateDialog opened={search.new === 'generate'} firstSource={search.source} onClose={close} />
      <ImportDialog opened={search.new === 'import'} onClose={close} />
    </div>
  );
}
