import { contract, type ReleasedApp } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { call } from '../lib/api.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { PageTold } from '../ui/page-told.tsx';
import { SkeletonLines } from '../ui/skeleton.tsx';
import { kindsOf, loadViews } from './component-views.ts';
import { AppHeader } from './page/app-header.tsx';
import { AppPage } from './page/app-page.tsx';
import { AppRefused } from './page/app-refused.tsx';
import { ReleaseNotice } from './page/release-notice.tsx';
import { useNewerRelease } from './page/use-newer-release.ts';
import { closeEarlySandbox, openSandboxEarly } from './sandbox/early-sandbox.ts';
import './page.css';

/** A released app at its own address: what members use. */
export function RuntimePage() {
  const { slug, page } = useParams({ from: '/signed-in/a/$slug/{-$page}' });
  // Opened once and kept: a newer release is offered, never slipped under the person's hands.
  const opened = useQuery({
    queryKey: ['openApp', slug],
    queryFn: async ({ client, queryKey, signal }) => {
      // A newer release of an app that is open goes on in the sandbox of the one before.
      if (client.getQueryData(queryKey) === undefined) openSandboxEarly();
      try {
        const released = await call(contract.apps.openApp, { params: { slug } }, { signal });
        await loadViews(kindsOf(released.pages));
        return released;
      } catch (error) {
        closeEarlySandbox();
        throw error;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  });
  const refetch = () => void opened.refetch();
  if (opened.data === undefined) {
    return (
      <div className="rt-app">
        {opened.isError ? <AppRefused error={opened.error} retry={refetch} /> : <Opening />}
      </div>
    );
  }
  return <Opened released={opened.data} page={page} take={refetch} taking={opened.isFetching} />;
}

const Opening = () => (
  <>
    <header className="rt-head" />
    <main className="rt-main" aria-busy="true">
      <SkeletonLines lines={8} />
    </main>
  </>
);

function Opened({
  released,
  page,
  take,
  taking,
}: {
  readonly released: ReleasedApp;
  readonly page: string | undefined;
  readonly take: () => void;
  readonly taking: boolean;
}) {
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const newer = useNewerRelease(released);
  const shown = page ?? released.pages.home;
  const offer = newer !== null && <ReleaseNotice newer={newer} take={take} busy={taking} />;
  return (
    <div className="rt-app">
      <PageTold />
      <AppHeader released={released} page={shown} />
      {offer}
      {Object.hasOwn(released.pages.pages, shown) ? (
        <AppPage released={released} page={shown} search={search} offer={offer} />
      ) : (
        <NoSuchPage app={released.app} />
      )}
    </div>
  );
}

function NoSuchPage({ app }: { readonly app: ReleasedApp['app'] }) {
  useEffect(() => {
    document.title = `Page not found · ${app.name}`;
  }, [app.name]);
  return (
    <main className="rt-centre">
      <h1 className="sp-visually-hidden">{app.name}</h1>
      <EmptyState title="Page not found" text="It may have been removed in a newer release.">
        <LinkButton to="/a/$slug/{-$page}" params={{ slug: app.slug }} size="sm">
          Go to the first page
        </LinkButton>
      </EmptyState>
    </main>
  );
}
