import type { ResultColumn, RunEnd } from '@sallyport/contract';
import type { Explanation } from '../../lib/explain-error.ts';

/** What came back of a run. */
export type PreviewResult =
  | {
      readonly state: 'rows';
      readonly run: string;
      readonly columns: readonly ResultColumn[];
      readonly rows: readonly Readonly<Record<string, unknown>>[];
      readonly end: RunEnd;
      /** Milliseconds in all, as this browser saw it. */
      readonly ms: number;
      readonly environment: string;
    }
  | {
      readonly state: 'failed';
      readonly why: Explanation;
      readonly ms: number;
      /** When it had failed. */
      readonly at: number;
    };
