import { type Me, session } from '@sallyport/contract';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { type AnyRoute, call, rememberSession } from './api.ts';
import { ApiProblem, sessionNotKept } from './api-problem.ts';
import { interruptedSession } from './interrupted-session.ts';
import { queryClient } from './query-client.ts';

let sessionChanged: (now: Me) => void = () => {};

/** Names what happens when the browser's session is no longer this page's person or organization. */
export function onSessionChanged(listener: (now: Me) => void): void {
  sessionChanged = listener;
}

/** The other tabs of this browser: they have the same cookie, and another session in it since one of them signed in or out. */
let others: BroadcastChannel | undefined;
const tellOthers = (): void => others?.postMessage(null);

/** Asks again who is signed in as soon as another tab signs in or out: two windows may be looked at side by side. */
export function followOtherTabs(): void {
  others = new BroadcastChannel('sallyport-session');
  others.onmessage = () => {
    if (queryClient.getQueryData(meQuery.queryKey) !== undefined)
      void queryClient.refetchQueries({ queryKey: meQuery.queryKey });
  };
}

/** Who is signed in. Every page behind sign-in may rely on it being loaded. */
export const meQuery = queryOptions({
  queryKey: ['getMe'],
  queryFn: async ({ signal }): Promise<Me> => {
    const me = await call(session.getMe, {}, { signal });
    const before = queryClient.getQueryData<Me>(['getMe']);
    if (before && !sameSession(before, me)) {
      // Another tab signed in or went to another organization: what this page shows is still of the one before.
      sessionChanged(me);
      // A page that followed is in the new one by now, and one that is kept still in the one before.
      return queryClient.getQueryData<Me>(['getMe']) ?? before;
    }
    rememberSession(me);
    interruptedSession.resume();
    return me;
  },
  staleTime: 60_000,
  // Another tab may have changed it meanwhile.
  refetchOnWindowFocus: 'always',
});

const sameSession = (one: Me, other: Me): boolean =>
  one.person.id === other.person.id && one.organization.id === other.organization.id;

/** Whether this page still is of that person in that organization: nobody has signed out of it, or gone over to another. */
export function isStillSession(me: Me): boolean {
  const now = queryClient.getQueryData<Me>(meQuery.queryKey);
  return now !== undefined && sameSession(now, me);
}

/** Goes on with what the page shows, as the same person in the same organization under a new session. */
export function resumeSession(me: Me): boolean {
  const before = queryClient.getQueryData<Me>(meQuery.queryKey);
  if (!before || !sameSession(before, me)) return false;
  rememberSession(me);
  queryClient.setQueryData(meQuery.queryKey, me);
  interruptedSession.resume();
  tellOthers();
  void queryClient.invalidateQueries();
  return true;
}

/**
 * Begins a session in this page: after sign-in, set-up, an invitation or a change of organization. What a page that stays
 * shows is read again as who it is now; only taken out of the cache, it would stay on the screen.
 */
export function beginSession(me: Me): void {
  rememberSession(me);
  queryClient.setQueryData(meQuery.queryKey, me);
  tellOthers();
  void queryClient.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== meQuery.queryKey[0] });
}

/** Whoever signs in with a browser that keeps no cookies is out again at once, and would be asked to sign in without a word. */
export async function checkSessionKept(): Promise<void> {
  try {
    await call(session.getMe);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) throw sessionNotKept();
  }
}

/** Forgets everything that was read as this person. */
export function endSession(): void {
  rememberSession(undefined);
  queryClient.clear();
  tellOthers();
}

export const useMe = (): Me => useSuspenseQuery(meQuery).data;

/** Whether policy permits the route's action to this person. */
export const may = (me: Me, route: AnyRoute): boolean =>
  route.permission === 'public' ||
  route.permission === 'signed-in' ||
  me.permissions.includes(route.permission);
