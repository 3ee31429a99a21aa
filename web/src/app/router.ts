import { createRouter } from '@tanstack/react-router';
import { onSignedOut } from '../lib/api.ts';
import { endedSession } from '../lib/ended-session.ts';
import { queryClient } from '../lib/query-client.ts';
import { safeReturn } from '../lib/return-address.ts';
import { endSession, meQuery } from '../lib/session.ts';
import { appRoutes } from './app-routes.ts';
import { consoleRoutes } from './console-routes.ts';
import { entryRoutes } from './entry-routes.ts';
import { rootRoute } from './root-route.tsx';
import { signedInRoute } from './signed-in-route.ts';

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    ...entryRoutes,
    signedInRoute.addChildren([...appRoutes, consoleRoutes]),
  ]),
  defaultPreload: 'intent',
  defaultPreloadDelay: 80,
  scrollRestoration: false,
});

// A session that ended under an open page: sign in again, and come back to the same place. An app and the builder may
// hold what was typed and not sent, so they are kept under the sign-in.
onSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (['/signin', '/setup', '/invite'].includes(pathname)) return;
  const working = /^\/(?:a\/|apps\/[^/]+\/edit)/.test(pathname);
  if (working && queryClient.getQueryData(meQuery.queryKey)) {
    endedSession.begin();
    return;
  }
  endSession();
  const back = safeReturn(href);
  void router.navigate({ to: '/signin', search: back === '/' ? {} : { return: back } });
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
