import { expect, it } from 'vitest';
import { readCatalog } from './catalog.ts';
import type { Session } from './session.ts';

it.each([
  ['select,references', ['insert', 'update']],
  // A server that only speaks like MySQL.
  ['', undefined],
])('of a column for which a server tells the privileges %j, it denies %j', async (privileges, denied) => {
  const column = ['shop', 'orders', 'id', 'int', 'int', 'NO', 0, '', '', privileges];
  const command: Session['command'] = async (sql) => {
    if (/from information_schema\.tables/.test(sql)) return [['shop', 'orders', 'BASE TABLE', 0, '', 1]];
    return /from information_schema\.columns/.test(sql) ? [column] : [];
  };
  const [table] = await readCatalog({ isMariadb: false, command } as Session);
  expect([table?.denied, table?.columns[0]?.denied]).toEqual([denied, undefined]);
});

it('names a compressed column by its type alone', async () => {
  const type = 'longtext /*M!100301 COMPRESSED*/';
  const column = ['shop', 'orders', 'note', type, 'longtext', 'YES', 0, '', '', 'select'];
  const command: Session['command'] = async (sql) => {
    if (/from information_schema\.tables/.test(sql)) return [['shop', 'orders', 'BASE TABLE', 0, '', 1]];
    return /from information_schema\.columns/.test(sql) ? [column] : [];
  };
  const [table] = await readCatalog({ isMariadb: true, command } as Session);
  expect(table?.columns).toMatchObject([{ engineType: 'longtext', type: 'text' }]);
});
