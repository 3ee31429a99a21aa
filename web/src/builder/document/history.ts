import type { AppPages } from '@sallyport/contract';
import type { Rename } from './rename-expression.ts';

/** One step that can be undone. A rename also concerns the queries, which live outside the pages. */
export interface Step {
  readonly label: string;
  readonly before: AppPages;
  readonly after: AppPages;
  /** Where the person was, so that undo shows what it undid. */
  readonly page: string;
  readonly rename?: Rename | undefined;
  /** Steps with the same key within a second are one (typing, dragging by arrow keys). */
  readonly key?: string | undefined;
  readonly at: number;
}

export interface History {
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}
export const emptyHistory: History = { past: [], future: [] };

const TOGETHER_MS = 1_000;

/** Records a step; it clears what could be redone. */
export function record(history: History, step: Step): History {
  const last = history.past.at(-1);
  if (
    step.key !== undefined &&
    last?.key === step.key &&
    step.at - last.at < TOGETHER_MS &&
    history.future.length === 0
  ) {
    return { past: [...history.past.slice(0, -1), { ...step, before: last.before }], future: [] };
  }
  return { past: [...history.past, step], future: [] };
}

/** Takes the last step back; undefined when there is none. */
export function undo(history: History): { history: History; step: Step } | undefined {
  const step = history.past.at(-1);
  return step && { step, history: { past: history.past.slice(0, -1), future: [step, ...history.future] } };
}

export function redo(history: History): { history: History; step: Step } | undefined {
  const [step, ...rest] = history.future;
  return step && { step, history: { past: [...history.past, step], future: rest } };
}
