import { useRuns } from '../builder-context.ts';
import type { OpenQuery } from './panel-store.ts';
import type { PreviewResult } from './preview-result.ts';

/** The newest result of a query, of a run by hand or of the page on the canvas: its rows, or why there are none. */
export function useShownResult(name: string, query: OpenQuery): PreviewResult | undefined {
  const newest = useRuns((s) => s.newest[name]);
  const last = useRuns((s) =>
    s.runs.find((run) => run.query === name && (run.state === 'ok' || run.state === 'failed')),
  );
  const { failed } = query;
  const ended = last ? last.at + (last.ms ?? 0) : 0;
  // One that never left, for want of an argument, is in no list of runs.
  if (failed && failed.at >= ended) return failed;
  if (last?.state === 'failed' && last.problem)
    return { state: 'failed', why: last.problem, ms: last.ms ?? 0, at: ended };
  return newest && { state: 'rows', ...newest };
}
