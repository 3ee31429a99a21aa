import { createRoute, redirect } from '@tanstack/react-router';
import { ApiProblem } from '../lib/api-problem.ts';
import { queryClient } from '../lib/query-client.ts';
import { meQuery } from '../lib/session.ts';
import { rootRoute } from './root-route.tsx';

/** Everything below it knows who is signed in; everyone else goes to sign-in and comes back. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) {
        throw redirect({ to: '/signin', search: location.href === '/' ? {} : { return: location.href } });
      }
      throw error;
    }
  },
});
