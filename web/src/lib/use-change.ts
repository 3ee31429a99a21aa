import type { ResponseOf } from '@sallyport/contract';
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { type AnyRoute, type CallArguments, type CallInput, type CallOptions, call } from './api.ts';
import { refresh } from './refresh.ts';

interface Change<R extends AnyRoute> {
  /** Operations whose answers are stale after this one. */
  readonly refreshes?: readonly AnyRoute[];
  /** What it throws is the change's error, as a refusal is. */
  readonly onDone?: (answer: ResponseOf<R>, input: CallInput<R>) => void | Promise<void>;
  readonly onRefused?: (error: unknown) => void;
}

/** A change through the API: `const pause = useChange(contract.sources.changeSource, { refreshes: [...] })`. */
export function useChange<R extends AnyRoute>(
  route: R,
  change: Change<R> = {},
): UseMutationResult<ResponseOf<R>, unknown, CallInput<R> & { readonly options?: CallOptions }> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ options, ...input }: CallInput<R> & { readonly options?: CallOptions }) =>
      call(route, ...([input, options] as unknown as CallArguments<R>)),
    onSuccess: async (answer, input) => {
      await Promise.all((change.refreshes ?? []).map((stale) => refresh(client, stale)));
      await change.onDone?.(answer, input);
    },
    ...(change.onRefused ? { onError: change.onRefused } : {}),
  });
}
