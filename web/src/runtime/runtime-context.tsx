import type { Component } from '@sallyport/contract';
import {
  type CSSProperties,
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useSyncExternalStore,
} from 'react';
import type { SessionStore } from './engine/session-store.ts';
import { type AppSession, type ComponentState, NO_QUERY, type QueryState } from './engine/session-types.ts';

/** What a canvas wraps around each component: `style` places it in its grid. */
export type RenderComponent = (place: {
  readonly id: string;
  readonly component: Component;
  readonly style: CSSProperties;
  readonly children: ReactNode;
}) => ReactNode;

export interface Runtime {
  readonly session: AppSession;
  /** `edit`: nothing reacts to the person, hidden things show faded, modals stand in the page. */
  readonly mode: 'live' | 'edit';
  /** Names what a person keeps in this browser: column widths. */
  readonly storageKey: string;
  readonly renderComponent?: RenderComponent;
  /** Where an open drawer stands; in the page itself when absent. */
  readonly drawer?: HTMLElement | null;
  /** A newer release, as the page offers it: whatever covers the page offers it as well. */
  readonly offer?: ReactNode;
}

const RuntimeContext = createContext<Runtime | null>(null);

export const RuntimeProvider = RuntimeContext.Provider;

export function useRuntime(): Runtime {
  const runtime = useContext(RuntimeContext);
  if (runtime === null) throw new Error('A runtime component stands outside a RuntimeProvider.');
  return runtime;
}

/** One snapshot of a session; the component renders again only when this one changes. */
export function useStored<T>(store: SessionStore | undefined, key: string): T | undefined {
  const subscribe = useCallback(
    (listener: () => void) => store?.subscribe(key, listener) ?? (() => undefined),
    [store, key],
  );
  return useSyncExternalStore(subscribe, () => store?.read<T | undefined>(key));
}

/** One snapshot of this session. */
export const useSlice = <T,>(key: string): T | undefined => useStored(useRuntime().session.store, key);

/** Subscribes to several snapshots of this session; the same array means the same ones. */
export function useChanges(
  prefix: 'c' | 'q',
  names: readonly string[],
): (listener: () => void) => () => void {
  const { store } = useRuntime().session;
  return useCallback(
    (listener: () => void) => {
      const stops = names.map((name) => store.subscribe(`${prefix}:${name}`, listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    [store, prefix, names],
  );
}

export const useComponentState = (id: string): ComponentState | undefined =>
  useSlice<ComponentState>(`c:${id}`);
const NONE: readonly string[] = [];

/** What became of the rows that a component's expressions read. */
export interface Reading {
  /** The query that could not be read, and why; null while all could. */
  readonly failed: string | null;
  readonly error: unknown;
  /** The first rows are on their way. */
  readonly isFetching: boolean;
  /** The cap at which the rows of a query ended. */
  readonly truncated: QueryState['truncated'];
}

export function useReading(id: string): Reading {
  const { store } = useRuntime().session;
  const names = useSlice<readonly string[]>(`r:${id}`) ?? NONE;
  const subscribe = useChanges('q', names);
  const stateOf = (name: string) => store.read<QueryState | undefined>(`q:${name}`) ?? NO_QUERY;
  const failed = useSyncExternalStore(
    subscribe,
    () => names.find((name) => stateOf(name).error !== null) ?? null,
  );
  const isFetching = useSyncExternalStore(subscribe, () =>
    names.some((name) => stateOf(name).isFetching && stateOf(name).data === null),
  );
  const { error } = useQueryState(failed ?? '');
  const truncated = useSyncExternalStore(
    subscribe,
    () => names.map((name) => stateOf(name).truncated).find((cap) => cap !== null) ?? null,
  );
  return { failed, error, isFetching, truncated };
}

export const useQueryState = (name: string): QueryState => useSlice<QueryState>(`q:${name}`) ?? NO_QUERY;
