import { type Me, session } from '@sallyport/contract';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { type AnyRoute, call, rememberCsrfToken } from './api.ts';
import { queryClient } from './query-client.ts';

/** Who is signed in. Every page behind sign-in may rely on it being loaded. */
export const meQuery = queryOptions({
  queryKey: ['getMe'],
  queryFn: async ({ signal }) => {
    const me = await call(session.getMe, {}, { signal });
    rememberCsrfToken(me.csrfToken);
    return me;
  },
  staleTime: 60_000,
});

/**
 * Begins a session in this page: after sign-in, set-up, an invitation or a change of organization. What a page that stays
 * shows is read again as who it is now; only taken out of the cache, it would stay on the screen.
 */
export function beginSession(me: Me): void {
  rememberCsrfToken(me.csrfToken);
  queryClient.setQueryData(meQuery.queryKey, me);
  void queryClient.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== meQuery.queryKey[0] });
}

/** Forgets everything that was read as this person. */
export function endSession(): void {
  rememberCsrfToken(undefined);
  queryClient.clear();
}

export const useMe = (): Me => useSuspenseQuery(meQuery).data;

/** Whether policy permits the route's action to this person. */
export const may = (me: Me, route: AnyRoute): boolean =>
  route.permission === 'public' ||
  route.permission === 'signed-in' ||
  me.permissions.includes(route.permission);
