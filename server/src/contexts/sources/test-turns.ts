import type { PersonId } from '../../kernel/ids.ts';
import { createLimiter, type InTurn } from '../../kernel/limiter.ts';
import { refuse } from './refusals.ts';

export type TestTurn = <T>(person: PersonId, work: () => Promise<T>) => Promise<T>;

/**
 * A test opens a connection beside a source's ten: a few of one person's at a time on a node, and some that wait, so that
 * nobody takes every connection that a database allows.
 */
export function createTestTurns(limits = { atOnce: 3, waiting: 12 }): TestTurn {
  const busy = () => refuse('source_tests_busy', { extra: { retryAfter: 2 } });
  const people = new Map<PersonId, { readonly inTurn: InTurn; count: number }>();
  return async (person, work) => {
    const one = people.get(person) ?? { inTurn: createLimiter({ ...limits, busy }), count: 0 };
    people.set(person, one);
    one.count += 1;
    try {
      return await one.inTurn(work);
    } finally {
      one.count -= 1;
      if (one.count === 0) people.delete(person);
    }
  };
}
