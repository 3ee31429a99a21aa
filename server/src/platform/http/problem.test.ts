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

it('a limit is said as people say it', () => {
  const schema = z.strictObject({
    text: z.string().min(1).max(100_000),
    rows: z.number().int().min(1).max(10_000),
    list: z.array(z.string()).max(3),
    own: z.string().max(3, 'Three letters say it'),
    above: z.number().gt(5),
  });
  const said = (body: unknown) => {
    const { error } = schema.safeParse(body);
    if (error === undefined) throw new Error('it was taken');
    return inputRefusal('body', error).places.map(({ message }) => message);
  };
  expect(
    said({ text: 'x'.repeat(100_001), rows: 10_001, list: ['', '', '', ''], own: 'four', above: 9 }),
  ).toEqual([
    'The maximum is 100,000 characters.',
    'The maximum is 10,000.',
    'The maximum is 3 items.',
    'Three letters say it.',
  ]);
  expect(said({ text: '', rows: 0, list: [], own: '', above: 5 })).toEqual([
    'This must not be empty.',
    'The minimum is 1.',
    'Too small: expected number to be >5.',
  ]);
});
