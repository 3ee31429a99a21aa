import { createRouter } from '@tanstack/react-router';
import { onSignedOut, onTokenRefused } from '../lib/api.ts';
import { interruptedSession } from '../lib/interrupted-session.ts';
import { queryClient } from '../lib/query-client.ts';
import { safeReturn } from '../lib/return-address.ts';
import { beginSession, endSession, meQuery, onSessionChanged } from '../lib/session.ts';
import { holdsUnsentWork } from '../lib/unsent-work.ts';
import { notify } from '../ui/toast-store.ts';
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

/** A page that holds what was typed and not sent is kept under an interruption. */
const isKept = (): boolean => holdsUnsentWork() && queryClient.getQueryData(meQuery.queryKey) !== undefined;

// A session that ended under an open page: sign in again, and come back to the same place.
onSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (entryRoutes.some(({ fullPath }) => fullPath === pathname)) return;
  if (isKept()) {
    interruptedSession.begin({ why: 'ended' });
    return;
  }
  endSession();
  const back = safeReturn(href);
  void router.navigate({ to: '/signin', search: back === '/' ? {} : { return: back } });
});

// What is open in a kept page closes on Escape wherever the keyboard is. This listens before any of it does.
window.addEventListener(
  'keydown',
  (event) => {
    if (event.key !== 'Escape' || interruptedSession.read() === undefined) return;
    event.stopImmediatePropagation();
    event.preventDefault();
  },
  true,
);

// Another tab made the browser's session another one. What is read from now on is of that one.
onSessionChanged((now) => {
  if (isKept()) {
    interruptedSession.begin({ why: 'changed', now });
    return;
  }
  beginSession(now);
  notify({
    tone: 'warn',
    title: `You are in ${now.organization.name} as ${now.person.email}`,
    text: 'You switched in another tab.',
  });
  void router.navigate({ to: '/' });
});

onTokenRefused(() => queryClient.fetchQuery({ ...meQuery, staleTime: 0 }));

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
