import type { ResponseOf } from '@sallyport/contract';
import { queryOptions } from '@tanstack/react-query';
import { type AnyRoute, type CallArguments, call } from './api.ts';

/** The cache key of a call; the first part alone names every call of the operation. */
export const keyOf = (route: AnyRoute, input?: object): readonly unknown[] =>
  input === undefined ? [route.operationId] : [route.operationId, input];

/** Query options for a GET: `useQuery(reading(contract.sources.getSource, { params: { id } }))`. */
export function reading<R extends AnyRoute>(route: R, ...[input]: CallArguments<R>) {
  return queryOptions<ResponseOf<R>>({
    queryKey: keyOf(route, input ?? {}),
    queryFn: ({ signal }) => call(route, ...([input, { signal }] as unknown as CallArguments<R>)),
  });
}
