import { SqlQuery } from '@sallyport/contract';
import { expect, it } from 'vitest';
import { outlineOf } from './outline-of.ts';

it.each(['postgresql', 'mysql'] as const)(
  'a query of many statements of %s lets others have their turn',
  async (language) => {
    const document = SqlQuery.parse({
      kind: 'sql',
      source: 'orders',
      text: 'select a from t order by {{ column }}',
      choices: { column: Array.from({ length: 64 }, (_, i) => `c${i}`) },
    });
    let others = 0;
    let waiting = true;
    const turn = () => {
      others += 1;
      if (waiting) setImmediate(turn);
    };
    setImmediate(turn);
    const { statements } = await outlineOf(language, document);
    waiting = false;
    expect(statements).toHaveLength(64);
    expect(others).toBeGreaterThanOrEqual(63);
  },
);
