import type { ReleasedApp } from '@sallyport/contract';
import { useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { interruptedSession } from '../../lib/interrupted-session.ts';
import { isStillSession, useMe } from '../../lib/session.ts';
import { useUnsentWork } from '../../lib/unsent-work.ts';
import { openTab } from '../../ui/open-tab.ts';
import { currentUser } from '../current-user.ts';
import { createAppSession } from '../engine/app-session.ts';
import type { AppSession, SessionHost } from '../engine/session-types.ts';
import { useQuestion } from '../question-dialog.tsx';
import { createReleaseRunner } from '../run-client.ts';
import { takeSandbox } from '../sandbox/early-sandbox.ts';
import { tellingHost } from '../telling-host.ts';
import { afterFailedRun } from './use-newer-release.ts';

/** Search parameters as expressions read them: text by name. */
const searchText = (search: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(search).map(([name, value]) => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  );

const isOfApp = (pathname: string, slug: string): boolean =>
  pathname === `/a/${slug}` || pathname.startsWith(`/a/${slug}/`);

/**
 * The session of a released app, for as long as the app is open. A newer release is taken over in place, so that what
 * was typed stays.
 */
export function useAppSession(
  released: ReleasedApp,
  page: string,
  search: Readonly<Record<string, unknown>>,
): { readonly session: AppSession | undefined; readonly dialogs: ReactNode } {
  const me = useMe();
  const router = useRouter();
  const [session, setSession] = useState<AppSession>();
  const { ask, dialog } = useQuestion();
  const { slug } = released.app;
  const latest = useRef({ released, page, search });
  latest.current = { released, page, search };
  useUnsentWork(() => true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes while the app is open reaches it below
  useEffect(() => {
    const host: SessionHost = {
      ...tellingHost(ask),
      goToPage: (to, replace) =>
        void router.navigate({ to: '/a/$slug/{-$page}', params: { slug, page: to }, replace }),
      openAddress(address, instead) {
        const url = new URL(address);
        if (url.origin === location.origin && isOfApp(url.pathname, slug))
          router.history[instead ? 'replace' : 'push'](url.pathname + url.search);
        else openTab(address);
      },
    };
    const opened = createAppSession({
      pages: released.pages,
      queries: released.queries,
      page: latest.current.page,
      user: currentUser(me),
      searchParams: searchText(latest.current.search),
      runner: {
        run: (request, signal) =>
          createReleaseRunner(latest.current.released.release.hash)
            .run(request, signal)
            .catch((error: unknown) => {
              afterFailedRun(released.app.id, error);
              throw error;
            }),
      },
      sandbox: takeSandbox(),
      host,
      mode: 'live',
    });
    setSession(opened);
    const unsubscribe = interruptedSession.onResume(opened.readAgain);
    return () => {
      unsubscribe();
      opened.dispose();
      setSession(undefined);
    };
  }, [released.app.id, me.person.id]);

  useEffect(() => {
    if (session !== undefined && session.pages() !== released.pages)
      session.update(released.pages, released.queries);
  }, [session, released]);
  const params = JSON.stringify(searchText(search));
  useEffect(
    () => session?.openPage(page, JSON.parse(params) as Record<string, string>),
    [session, page, params],
  );

  useEffect(() => {
    if (session === undefined) return;
    return router.history.block({
      // Who signed out, or went over to another organization, has left already.
      blockerFn: async ({ nextLocation: { pathname } }) =>
        !isOfApp(pathname, slug) && isStillSession(me) && !(await session.mayLeave()),
      enableBeforeUnload: session.hasEdits,
    });
  }, [session, router, slug, me]);
  return { session, dialogs: dialog };
}
