import type { QueryClient } from '@tanstack/react-query';
import type { AnyRoute } from './api.ts';
import { keyOf } from './reading.ts';

/** Reads again what an operation answered, where it is in sight; the rest is stale. Resolves when the answers are there. */
export async function refresh(client: QueryClient, route: AnyRoute): Promise<void> {
  const queryKey = keyOf(route);
  // A first answer on its way may be of before the change, and whoever asks meanwhile only waits for it: then once more.
  const onItsWay = client
    .getQueryCache()
    .findAll({ queryKey })
    .some(({ state }) => state.fetchStatus === 'fetching' && state.data === undefined);
  await client.invalidateQueries({ queryKey });
  if (onItsWay) await client.invalidateQueries({ queryKey });
}
