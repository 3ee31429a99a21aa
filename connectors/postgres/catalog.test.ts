import { expect, it } from 'vitest';
import { readCatalog } from './catalog.ts';
import type { Session } from './session.ts';

it('asks for the columns of some tables at a time: of thousands, one statement would not end within its time', async () => {
  const asked: number[] = [];
  const columnsOf = (ids: readonly string[]) =>
    ids.map((id) => [id, `of_${id}`, 'integer', 'integer', 'base', 'f', 'f', 'f', null, null, null, null]);
  const rows: Session['rows'] = async (text, [list = '{}'] = []) => {
    if (text.includes('reltuples'))
      return Array.from({ length: 251 }, (_, i) => [`${900 - i}`, 'public', `t${i}`, 'table', null, null]);
    const ids = list.slice(1, -1).split(',');
    if (text.includes('pg_type o')) {
      asked.push(ids.length);
      return columnsOf(ids.toReversed());
    }
    if (text.includes('indisprimary')) return [];
    return ids.map((id) => [id, 'p', null, null, `["of_${id}"]`, null]);
  };
  const tables = await readCatalog({ rows } as Session);
  expect(asked).toEqual([250, 1]);
  expect(tables.map(({ name, primaryKey }) => [name, primaryKey])).toEqual(
    Array.from({ length: 251 }, (_, i) => [`t${i}`, [`of_${900 - i}`]]),
  );
});
