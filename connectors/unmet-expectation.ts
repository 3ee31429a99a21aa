import type { Runnable } from './port.ts';

/**
 * What a write would do beside what it may do (Q6), as a sentence; null where it does what it may. `changed` is null when the
 * engine counts nothing.
 */
export function unmetExpectation(expected: Runnable['expectRows'], changed: number | null): string | null {
  if (expected === undefined) return null;
  const exact = 'exactly' in expected;
  const most = exact ? expected.exactly : expected.atMost;
  if (changed !== null && (exact ? changed === most : changed <= most)) return null;
  const would =
    changed === null ? 'does not report how many rows it changes' : `would change ${rowsOf(changed)}`;
  return `The statement ${would}, and ${exact ? 'must change exactly' : 'may change at most'} ${rowsOf(most)}.`;
}

const rowsOf = (n: number) => `${n} ${n === 1 ? 'row' : 'rows'}`;
