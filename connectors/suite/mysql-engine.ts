import mysqlDriver from 'mysql2/promise';
import { type CustomerDatabase, isMysql } from '../../server/test/engines.ts';
import { mysql } from '../mysql/index.ts';
import type { SqlEngine } from './sql-harness.ts';

/** The numbers from 1, as a table of one column. */
export const numbers = (to: number, alias = 'numbers') =>
  isMysql
    ? `json_table(concat('[0', repeat(',0', ${to} - 1), ']'), '$[*]' columns (seq for ordinality)) ${alias}`
    : `seq_1_to_${to} ${alias}`;

const NO_SUCH_THREAD = 1094;

/** MariaDB, or MySQL where one is named, as the suites see it, over a customer's database of a file's own. */
export const mysqlEngine = (database: () => CustomerDatabase): SqlEngine => {
  const engine: SqlEngine = {
    name: 'mysql',
    connector: mysql,
    database,
    admin: async (sql) => {
      const connection = await mysqlDriver.createConnection(database().adminUrl);
      try {
        const [rows] = await connection.query(sql);
        return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
      } finally {
        await connection.end();
      }
    },
    dialect: {
      placeholder: () => '?',
      // Without a join buffer, row after row, in their order.
      series: (n, width) =>
        isMysql
          ? `select /*+ no_bnl(), join_fixed_order() */ cast((a.seq - 1) * 2500 + b.seq as signed) as i, repeat('x', ${width}) as s
            from ${numbers(2_500, 'a')} join ${numbers(2_500, 'b')} limit ${n}`
          : `select cast(seq as int) as i, repeat('x', ${width}) as s from ${numbers(n)}`,
      literal: (n) => (isMysql ? String(n) : n),
      sleep: (seconds) => `select sleep(${seconds}) as slept`,
      endless: `select count(*) as n from ${numbers(10_000, 'a')} join ${numbers(10_000, 'b')} join ${numbers(10_000, 'c')} where a.seq + b.seq + c.seq < 0`,
      returning: !isMysql,
      session: 'connection_id()',
      // Signals are for procedures alone in MySQL.
      refusedAsReadOnly: 'call takes_no_writes()',
      running: (mark) =>
        `select count(*) as n from information_schema.processlist
        where command in ('Execute', 'Query') and info like '%${mark}%' and id <> connection_id()`,
      endConnections: async (user) => {
        const all = await engine.admin(
          `select id from information_schema.processlist where user = '${user}'`,
        );
        // One may have ended by itself since it was listed.
        for (const { id } of all)
          await engine.admin(`kill ${Number(id)}`).catch((error: { errno?: number }) => {
            if (error.errno !== NO_SUCH_THREAD) throw error;
          });
      },
      limitConnections: async (user, count) => {
        await engine.admin(`alter user ${user}@'%' with max_user_connections ${count ?? 0}`);
      },
      table: 'create table kinds (id int primary key, b blob, j json)',
      values: {
        select: `select cast(9007199254740993 as signed) as big, 18446744073709551615 as huge,
        cast(12345678901234567890.10 as decimal(22,2)) as money, 0.1e0 as tenth, true as yes, null as nothing,
        'a"b\\\\c\\nd' as words, date '2026-02-28' as day, timestamp '2026-11-22 09:41:00.500' as clock,
        time '26:00:00' as span, unhex('00ff10') as bytes, json_object('a', json_array(1, 2)) as doc,
        b'101' + 0 as bits${isMysql ? '' : ", cast('11111111-2222-3333-4444-555555555555' as uuid) as uid"}`,
        expected: {
          big: '9007199254740993',
          huge: '18446744073709551615',
          money: '12345678901234567890.10',
          tenth: 0.1,
          yes: isMysql ? '1' : 1,
          nothing: null,
          words: 'a"b\\c\nd',
          day: '2026-02-28',
          clock: '2026-11-22T09:41:00.500',
          span: '26:00:00',
          bytes: { base64: 'AP8Q', bytes: 3 },
          doc: { a: [1, 2] },
          bits: isMysql ? '5' : 5,
          ...(isMysql ? {} : { uid: '11111111-2222-3333-4444-555555555555' }),
        },
      },
    },
  };
  return engine;
};
