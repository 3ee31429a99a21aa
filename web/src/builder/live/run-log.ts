import type { EnvironmentName, RunAnswer, SentStatement } from '@sallyport/contract';
import { createStore } from 'zustand/vanilla';

/** One run of this editor: from the page on the canvas, or by hand in the query panel. */
export interface RunEntry {
  readonly id: string;
  readonly query: string;
  readonly by: 'page' | 'hand';
  readonly environment: EnvironmentName;
  readonly at: number;
  /** What went over the wire, whole. */
  readonly sent: Readonly<Record<string, unknown>>;
  /** What the source received, by the server's word; null for a request over HTTP, absent while it is not told. */
  readonly statements?: readonly SentStatement[] | null;
  readonly state: 'running' | 'ok' | 'failed' | 'stopped';
  /** Milliseconds from the click to the last row. */
  readonly ms?: number;
  readonly sourceMs?: number;
  readonly rows?: number;
  readonly changed?: number | null;
  readonly problem?: { code: string; title: string; next: string; detail?: string; requestId?: string };
}

/** What a query brought last, whoever ran it. */
export interface NewestAnswer extends RunAnswer {
  readonly environment: EnvironmentName;
  /** Total, as this browser saw it. */
  readonly ms: number;
}

const KEPT = 200;

/** The newest runs, newest first. */
export const createRunLog = () =>
  createStore<{
    readonly runs: readonly RunEntry[];
    /** By query: one answer each, so that the memory stays bounded. */
    readonly newest: Readonly<Record<string, NewestAnswer>>;
    begin(entry: RunEntry): void;
    end(id: string, part: Partial<RunEntry>): void;
    keep(query: string, answer: NewestAnswer): void;
    /** Its runs go with a query to its new name. */
    rename(from: string, to: string): void;
    /** Another query may have the name of one that was removed. */
    forget(query: string): void;
    clear(): void;
  }>()((set) => ({
    runs: [],
    newest: {},
    begin: (entry) => set((s) => ({ runs: [entry, ...s.runs].slice(0, KEPT) })),
    end: (id, part) =>
      set((s) => ({ runs: s.runs.map((run) => (run.id === id ? { ...run, ...part } : run)) })),
    keep: (query, answer) => set((s) => ({ newest: { ...s.newest, [query]: answer } })),
    rename: (from, to) =>
      set((s) => {
        const { [from]: answer, ...newest } = s.newest;
        return {
          runs: s.runs.map((run) => (run.query === from ? { ...run, query: to } : run)),
          newest: answer ? { ...newest, [to]: answer } : newest,
        };
      }),
    forget: (query) =>
      set((s) => {
        const { [query]: _gone, ...newest } = s.newest;
        return { runs: s.runs.filter((run) => run.query !== query), newest };
      }),
    clear: () => set({ runs: [] }),
  }));
export type RunLog = ReturnType<typeof createRunLog>;
