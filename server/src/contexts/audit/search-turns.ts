import type { OrganizationId } from '../../kernel/ids.ts';
import { createLimiter, createLimiterOfEach, type InTurnOf } from '../../kernel/limiter.ts';
import { refuse } from './refusals.ts';

/**
 * Searches read much, and each holds a connection while it does: a few at a time on a node, and of one log a few that run
 * or wait, so that nobody's looking for words keeps the connections from everybody else's work.
 */
export function createSearchTurns(limits = { atOnce: 4, ofOneLog: 8 }): InTurnOf<OrganizationId> {
  const busy = () => refuse('audit_search_busy', { extra: { retryAfter: 2 } });
  const inTurn = createLimiter({ atOnce: limits.atOnce, waiting: 64, busy });
  const ofEach = createLimiterOfEach<OrganizationId>({ atOnce: limits.ofOneLog, waiting: 0, busy });
  return (log, work) => ofEach(log, () => inTurn(work));
}
