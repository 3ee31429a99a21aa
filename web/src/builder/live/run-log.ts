import type { EnvironmentName } from '@sallyport/contract';
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
  readonly state: 'running' | 'ok' | 'failed' | 'stopped';
  /** Milliseconds from the click to the last row. */
  readonly ms?: number;
  readonly sourceMs?: number;
  readonly rows?: number;
  readonly changed?: number | null;
  readonly problem?: { code: string; title: string; next: string; detail?: string; requestId?: string };
}

const KEPT = 200;

/** The newest runs, newest first. */
export const createRunLog = () =>
  createStore<{
    readonly runs: readonly RunEntry[];
    begin(entry: RunEntry): void;
    end(id: string, part: Partial<RunEntry>): void;
    clear(): void;
  }>()((set) => ({
    runs: [],
    begin: (entry) => set((s) => ({ runs: [entry, ...s.runs].slice(0, KEPT) })),
    end: (id, part) =>
      set((s) => ({ runs: s.runs.map((run) => (run.id === id ? { ...run, ...part } : run)) })),
    clear: () => set({ runs: [] }),
  }));
export type RunLog = ReturnType<typeof createRunLog>;
