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

/** Begins a session in this page: after sign-in, set-up, an invitation or a change of organization. */
export function beginSession(me: Me): void {
  queryClient.clear();
  rememberCsrfToken(me.csrfToken);
  queryClient.setQueryData(meQuery.queryKey, me);
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
