import { expect, it } from 'vitest';
import { firstOptions } from './first-options.ts';

const options = Array.from({ length: 1_000 }, (_, i) => ({ value: `${i}`, label: `Choice ${i}` }));
const offered = (search: string) => firstOptions({ options, search, limit: Number.POSITIVE_INFINITY });

it('W11 of many choices the first are drawn, a line says so, and all are searched', () => {
  const first = offered('');
  expect(first).toHaveLength(201);
  expect(first.at(-1)).toMatchObject({ disabled: true, label: expect.stringMatching(/1.000/) });
  expect(offered('choice 999')).toEqual([{ value: '999', label: 'Choice 999' }]);
});
