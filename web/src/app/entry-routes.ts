import { createRoute } from '@tanstack/react-router';
import { latePage } from './late-page.ts';
import { rootRoute } from './root-route.tsx';
import { set, text } from './search.ts';

const withToken = (search: Record<string, unknown>) => set({ token: text(search, 'token') });

/** What is reached without being signed in. */
export const entryRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/setup',
    validateSearch: withToken,
    component: latePage(() => import('../features/entry/setup-page.tsx'), 'SetupPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/signin',
    validateSearch: (search: Record<string, unknown>) => set({ return: text(search, 'return') }),
    component: latePage(() => import('../features/entry/sign-in-page.tsx'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/reset-password',
    validateSearch: withToken,
    component: latePage(() => import('../features/entry/reset-password-page.tsx'), 'ResetPasswordPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/invite',
    validateSearch: withToken,
    component: latePage(() => import('../features/entry/invite-page.tsx'), 'InvitePage'),
  }),
] as const;
