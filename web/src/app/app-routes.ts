import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from './signed-in-route.ts';

/** Pages that fill the window: the released app and the builder. */
export const appRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/a/$slug/{-$page}',
    // Whatever the address carries belongs to the app: its expressions read `url.searchParams`.
    validateSearch: (search: Record<string, unknown>): Record<string, unknown> => search,
    component: lazyRouteComponent(() => import('../runtime/RuntimePage.tsx'), 'RuntimePage'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/apps/$id/edit',
    validateSearch: (search: Record<string, unknown>): Record<string, unknown> => search,
    component: lazyRouteComponent(() => import('../builder/BuilderPage.tsx'), 'BuilderPage'),
  }),
] as const;
