import { count, figure } from '../../lib/number.ts';
import type { QueryState } from '../../runtime/engine/session-types.ts';

/** What the last run of a query brought or, where it writes, changed; nothing of one that was not run. */
export function broughtBy({ data, changed }: Pick<QueryState, 'data' | 'changed'>): string | undefined {
  if (changed !== null) return `${figure(changed)} changed`;
  return data ? count(data.length, 'row') : undefined;
}
