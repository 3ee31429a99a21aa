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

it('what is called just so comes first, and is found without case and marks', () => {
  const labels = ['East Berlin', 'Berliner', 'Berlin', 'Öztürk'];
  const list = labels.map((label) => ({ value: label, label }));
  const found = (search: string) => firstOptions({ options: list, search, limit: Number.POSITIVE_INFINITY });
  expect(found('berlin').map((one) => 'value' in one && one.value)).toEqual([
    'Berlin',
    'Berliner',
    'East Berlin',
  ]);
  expect(found('ozturk')).toEqual([{ value: 'Öztürk', label: 'Öztürk' }]);
});
