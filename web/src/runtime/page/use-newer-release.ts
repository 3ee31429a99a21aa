import { contract, type ReleasedApp } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';
import { ApiProblem } from '../../lib/api-problem.ts';
import { queryClient } from '../../lib/query-client.ts';

const EVERY_MS = 60_000;
const keyOf = (appId: string) => ['listApps', 'release', appId] as const;
/** What runs are refused with when the release is no longer the one to use. */
const LEFT: ReadonlySet<string> = new Set(['release_not_found', 'run_withdrawn', 'app_not_shared']);

/** A run of the app failed: where that was for its release, what takes its place is looked up now. */
export function afterFailedRun(appId: string, error: unknown): void {
  if (error instanceof ApiProblem && LEFT.has(error.code))
    void queryClient.invalidateQueries({ queryKey: keyOf(appId) });
}

/**
 * The number of the release that replaced this one, `gone` when the app may no longer be opened, or null. Asked of the
 * list of apps, since opening an app is an event of its own in the log; of this app alone, since every open page asks.
 */
export function useNewerRelease(released: ReleasedApp): number | 'gone' | null {
  const { data } = useQuery({
    queryKey: keyOf(released.app.id),
    queryFn: ({ signal }) => call(contract.apps.listApps, { query: { app: released.app.id } }, { signal }),
    refetchInterval: EVERY_MS,
    refetchOnWindowFocus: true,
    retry: false,
    staleTime: 0,
  });
  if (data === undefined) return null;
  const row = data.items.find(({ id }) => id === released.app.id);
  if (row === undefined || row.release === null) return 'gone';
  return row.release.hash === released.release.hash ? null : row.release.number;
}
