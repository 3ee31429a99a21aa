import type { Explanation } from '../../lib/explain-error.ts';
import type { NewestAnswer } from '../live/run-log.ts';

export interface FailedRun {
  readonly state: 'failed';
  readonly why: Explanation;
  readonly ms: number;
  /** When it had failed. */
  readonly at: number;
}

/** What came back of a run. */
export type PreviewResult = (NewestAnswer & { readonly state: 'rows' }) | FailedRun;
