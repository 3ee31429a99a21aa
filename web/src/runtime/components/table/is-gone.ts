import { sameValue } from '../../../lib/same-value.ts';
import type { QueryState } from '../../engine/session-types.ts';

/** What a table showed, and whether the row that is selected was there. */
export interface Before {
  readonly state: QueryState;
  readonly here: boolean;
}

/**
 * Whether a row with a key that is not among the rows read is none of the table's any more (R6). Where all rows are here,
 * it is. One of a page may stand on another: it is gone when other arguments ask for other rows, or when it was on this
 * very page and there are fewer rows now; not so where the person narrows the rows, who may have edited it out of sight.
 */
export function isGone(
  { shown, total, answers, truncated }: QueryState,
  before: Before | undefined,
  table: { readonly windowed: boolean; readonly narrowed: boolean; readonly listed: boolean },
): boolean {
  if (!table.listed || truncated !== null) return false;
  if (!table.windowed) return true;
  if (before === undefined) return false;
  const { state, here } = before;
  if (answers !== state.answers) return true;
  const fewer = total !== null && state.total !== null && total < state.total;
  return here && fewer && !table.narrowed && sameValue(shown, state.shown);
}
