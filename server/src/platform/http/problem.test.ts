import { expect, it } from 'vitest';
import { z } from 'zod';
import { inputRefusal } from './problem.ts';

it('names of a request that nobody knows are said again in part, and without control characters', () => {
  const placesOf = (body: unknown) => {
    const { error } = z.strictObject({ named: z.record(z.string(), z.number()).optional() }).safeParse(body);
    if (error === undefined) throw new Error('it was taken');
    return inputRefusal('body', error).places.map(({ path, message }) => ({ path, message }));
  };
  expect(placesOf({ odd: 1 })).toEqual([{ path: '', message: 'Unrecognized key: "odd".' }]);
  expect(placesOf({ '\u001b[2J\u202eodd': 1 })[0]?.message).toBe('Unrecognized key: "\ufffd[2J\ufffdodd".');
  const long = 'x'.repeat(100_000);
  for (const { path, message } of [...placesOf({ [long]: 1 }), ...placesOf({ named: { [long]: 'no' } })])
    expect((path ?? '').length + message.length).toBeLessThan(700);
});
