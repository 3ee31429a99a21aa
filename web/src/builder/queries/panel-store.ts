import type { QueryDocument } from '@sallyport/contract';
import { createStore } from 'zustand/vanilla';
import type { Bodies } from './body-kind.ts';
import type { Check } from './check.ts';
import type { FailedRun } from './preview-result.ts';

export type ResultTab = 'result' | 'arguments' | 'sent' | 'runs' | 'settings';

/** One query that is open in the panel. */
export interface OpenQuery {
  /** The digest of the saved query that the text was made from; null before there is one. */
  readonly over: string | null;
  readonly document: QueryDocument;
  readonly check: Check | undefined;
  readonly saving: boolean;
  /** Whether this browser has a copy of what is unsaved. */
  readonly kept: boolean;
  /** Stops the run by hand that is under way: the server cancels the statement at the source when the caller leaves. */
  readonly running: AbortController | undefined;
  /** The last run by hand that failed, or that never left; what came of the others is in the list of runs. */
  readonly failed: FailedRun | undefined;
  /** Values typed by hand, as text, by argument; an argument without one is evaluated from the live page. */
  readonly byHand: Readonly<Record<string, string>>;
  /** Of a request: the bodies that were written before another kind was chosen. */
  readonly bodies: Bodies;
}

export interface PanelState {
  /** Those of the tabs, and those that were closed with something in them that is not saved. */
  readonly open: Readonly<Record<string, OpenQuery>>;
  /** Tabs, in order. */
  readonly tabs: readonly string[];
  readonly active: string | undefined;
  readonly tab: ResultTab;
  readonly change: (name: string, part: Partial<OpenQuery>) => void;
  readonly show: (name: string, query?: OpenQuery) => void;
  readonly showTab: (tab: ResultTab) => void;
  /** Takes its tab away; with `keep`, what is not saved of it stays, to be opened again. */
  readonly close: (name: string, keep?: boolean) => void;
  readonly rename: (from: string, to: string) => void;
}
export type PanelStore = ReturnType<typeof createPanelStore>;

/** What is open in the query panel, and its unsaved text. */
export const createPanelStore = () =>
  createStore<PanelState>()((set) => ({
    open: {},
    tabs: [],
    active: undefined,
    tab: 'result',
    change: (name, part) =>
      set((s) => {
        const query = s.open[name];
        return query ? { open: { ...s.open, [name]: { ...query, ...part } } } : s;
      }),
    show: (name, query) =>
      set((s) => ({
        open: query && !s.open[name] ? { ...s.open, [name]: query } : s.open,
        tabs: s.tabs.includes(name) ? s.tabs : [...s.tabs, name],
        active: name,
      })),
    showTab: (tab) => set({ tab }),
    close: (name, keep = false) =>
      set((s) => {
        const { [name]: _closed, ...others } = s.open;
        const open = keep ? s.open : others;
        const at = s.tabs.indexOf(name);
        const tabs = s.tabs.filter((other) => other !== name);
        return { open, tabs, active: s.active === name ? (tabs[at] ?? tabs[at - 1]) : s.active };
      }),
    rename: (from, to) =>
      set((s) => {
        const { [from]: query, ...open } = s.open;
        if (!query) return s;
        return {
          // What is being saved of it is saved under the name before, and tells that one.
          open: { ...open, [to]: { ...query, saving: false } },
          tabs: s.tabs.map((name) => (name === from ? to : name)),
          active: s.active === from ? to : s.active,
        };
      }),
  }));

/** An untouched opening of a query. */
export const opened = (
  document: QueryDocument,
  saved?: { readonly over: string | null; readonly check: Check },
): OpenQuery => ({
  over: saved?.over ?? null,
  document,
  check: saved?.check,
  saving: false,
  kept: true,
  running: undefined,
  failed: undefined,
  byHand: {},
  bodies: {},
});
