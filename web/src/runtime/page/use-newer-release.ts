import { contract, type ReleasedApp } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

const EVERY_MS = 60_000;

/**
 * The number of the release that replaced this one, `gone` when the app may no longer be opened, or null. Asked of the
 * list of apps, since opening an app is an event of its own in the log.
 */
export function useNewerRelease(released: ReleasedApp): number | 'gone' | null {
  const { data } = useQuery({
    queryKey: ['listApps', 'release', released.app.id],
    queryFn: ({ signal }) => call(contract.apps.listApps, {}, { signal }),
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
