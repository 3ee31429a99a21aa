import { useRuns } from '../builder-context.ts';
import type { OpenQuery } from './panel-store.ts';
import type { PreviewResult } from './preview-result.ts';

/** The newest result of a query: of a run by hand, or else what the page on the canvas got. */
export function useShownResult(name: string, query: OpenQuery): PreviewResult | undefined {
  const newest = useRuns((s) => s.newest[name]);
  if (query.result?.state === 'failed' || !newest) return query.result;
  return { state: 'rows', ...newest };
}
