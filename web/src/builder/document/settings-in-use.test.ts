import type { QueryDocument } from '@sallyport/contract';
import { expect, it } from 'vitest';
import { withSettingsInUse } from './settings-in-use.ts';

const settings = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { min: '1' }]));
const query = (text: string, names: string[], choices = {}) =>
  ({ kind: 'sql', source: 's', text, choices, arguments: settings(...names) }) as unknown as QueryDocument;
const used = (document: QueryDocument) => Object.keys(withSettingsInUse(document).arguments);

it('leaves out the settings of arguments that no hole gives', () => {
  const names = ['low', 'from_value', 'from_value_2', 'literal', 'value_1_a', 'gone', 'low_end'];
  const text = `select {{ low }}, {{from.value}}, {{ from['value'] }}, {{ 5 }}, {{ 1 + a }}`;
  expect(used(query(text, names))).toEqual(names.slice(0, 5));
  expect(used(query('select 1', names))).toEqual([]);
  expect(used(query('order by {{ low }}', ['low'], { low: ['asc'] }))).toEqual([]);
  const rest = { kind: 'rest', path: '/{{ id }}', query: [{ name: 'a', value: '{{ q.value }}' }] };
  const asked = { ...rest, arguments: settings('id', 'q_value', 'gone') } as unknown as QueryDocument;
  expect(used(asked)).toEqual(['id', 'q_value']);
});

it('a long plain name is that of its argument', () => {
  const long = 'a'.repeat(60);
  expect(used(query(`select {{ ${long} }}`, [long, long.slice(0, 50)]))).toEqual([long]);
});

it('is the very document where each is used', () => {
  const document = query('select {{ low }}', ['low']);
  expect(withSettingsInUse(document)).toBe(document);
});
