import type { OrganizationId } from '../../kernel/ids.ts';
import { createLimiter } from '../../kernel/limiter.ts';
import { refuse } from './refusals.ts';

export type SearchTurn = <T>(log: OrganizationId, work: () => Promise<T>) => Promise<T>;

/**
 * Searches read much, and each holds a connection while it does: a few at a time on a node, and of one log a few that run
 * or wait, so that nobody's looking for words keeps the connections from everybody else's work.
 */
export function createSearchTurns(limits = { atOnce: 4, ofOneLog: 8 }): SearchTurn {
  const busy = () => refuse('audit_search_busy', { extra: { retryAfter: 2 } });
  const inTurn = createLimiter({ atOnce: limits.atOnce, waiting: 64, busy });
  const counts = new Map<OrganizationId, number>();
  return async (log, work) => {
    const count = counts.get(log) ?? 0;
    if (count >= limits.ofOneLog) throw busy();
    counts.set(log, count + 1);
    try {
      return await inTurn(work);
    } finally {
      const left = (counts.get(log) ?? 1) - 1;
      if (left === 0) counts.delete(log);
      else counts.set(log, left);
    }
  };
}
