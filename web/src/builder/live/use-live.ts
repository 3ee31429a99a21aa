import { useCallback, useSyncExternalStore } from 'react';
import type { ComponentState, QueryState, SandboxStatus } from '../../runtime/engine/session-types.ts';
import { useStored } from '../../runtime/runtime-context.tsx';
import type { Settled } from '../../runtime/sandbox/messages.ts';
import { useSession } from './live-context.tsx';

const useKey = <T>(key: string): T | undefined => useStored(useSession()?.store, key);

/** The evaluated state of a component on the canvas. */
export const useComponentState = (id: string): ComponentState | undefined => useKey(`c:${id}`);

/** The last answer of a query on the canvas. */
export const useQueryState = (name: string): QueryState | undefined => useKey(`q:${name}`);

/** The variables as they stand on the canvas. */
export const useVariables = (): Readonly<Record<string, unknown>> | undefined => useKey('variables');

/** What a binding gave last: `table1.data`. */
export const useBinding = (id: string): Settled | undefined => useKey(`b:${id}`);

/** What is wrong with the first of these bindings that something is wrong with. */
export function useFirstError(bindings: readonly string[]): string | undefined {
  const store = useSession()?.store;
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = bindings.map((id) => store?.subscribe(`b:${id}`, listener));
      return () => {
        for (const stop of stops) stop?.();
      };
    },
    [store, bindings],
  );
  return useSyncExternalStore(subscribe, () => {
    for (const id of bindings) {
      const outcome = store?.read<Settled | undefined>(`b:${id}`);
      if (outcome !== undefined && 'error' in outcome) return outcome.error;
    }
    return undefined;
  });
}

/** Whether expressions are evaluated at all. */
export const useSandboxStatus = (): SandboxStatus | undefined => useKey('sandbox');
