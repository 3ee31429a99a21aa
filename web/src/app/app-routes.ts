import { createRoute } from '@tanstack/react-router';
import { queryClient } from '../lib/query-client.ts';
import { rememberOpened } from '../lib/recent-apps.ts';
import { meQuery } from '../lib/session.ts';
import { latePage } from './late-page.ts';
import { set, text } from './search.ts';
import { signedInRoute } from './signed-in-route.ts';

/** Pages that fill the window: the released app and the builder. */
export const appRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/a/$slug/{-$page}',
    // Whatever the address carries belongs to the app: its expressions read `url.searchParams`.
    validateSearch: (search: Record<string, unknown>): Record<string, unknown> => search,
    onEnter: ({ params }) => {
      const me = queryClient.getQueryData(meQuery.queryKey);
      if (me) rememberOpened(me.person.id, params.slug);
    },
    component: latePage(() => import('../runtime/RuntimePage.tsx'), 'RuntimePage'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/apps/$id/edit',
    // The page that is open, and what is selected on it.
    validateSearch: (search: Record<string, unknown>) =>
      set({ page: text(search, 'page'), select: text(search, 'select') }),
    component: latePage(() => import('../builder/BuilderPage.tsx'), 'BuilderPage'),
  }),
] as const;
