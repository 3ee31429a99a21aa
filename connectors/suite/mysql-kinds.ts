import { isMysql } from '../../server/test/engines.ts';
import { mysqlLanguage } from '../mysql/language/index.ts';
import type { Kinds } from './sql-windows.ts';

/** Columns that MariaDB orders in its own way, and values that are hard to give back. */
export const mysqlKinds: Kinds = {
  language: mysqlLanguage,
  name: 'mysql',
  before: [],
  alike: [{ type: 'varchar(9)', values: ["'a'", "'A'"] }],
  columns: {
    n: { type: 'int', values: ['1', '2', '-3'] },
    post: { type: 'int(5) zerofill', values: ['1067', '99999', '0'] },
    big: {
      type: 'bigint unsigned not null',
      values: ['18446744073709551615', '18446744073709551614', '1'],
    },
    amount: {
      // MySQL takes 30 digits after the point.
      type: `decimal(58,${isMysql ? 30 : 38})`,
      values: ['0.1', `12345678901234567890.${'1'.padStart(isMysql ? 30 : 38, '0')}`],
    },
    whole: { type: 'decimal(65,0)', values: [`${'9'.repeat(65)}`, `${'9'.repeat(64)}8`, '-1'] },
    ratio: {
      type: 'double',
      values: ['0.1', '1e-300', '0.30000000000000004', '1.7e308', '12345678901234567890'],
    },
    small: {
      type: 'float not null',
      values: ['0.1', '0.3', '16777216', '16777218', '1e-38', '3.4e38', '1e20'],
    },
    name: { type: 'varchar(9) collate utf8mb4_bin', values: ["'a'", "'A'", "'ä'", "''", "'a '"] },
    label: { type: 'varchar(9) not null', values: ["'a'", "'A'", "'ä'", "'b'", "'a b'", "'ab'"] },
    latin: { type: 'varchar(9) character set latin1', values: ["'a'", "'ä'", "'Ä'", "'z'"] },
    body: { type: 'text', values: ["'a'", "'A'", "'b'", "repeat('é', 100)"] },
    code: { type: 'char(3)', values: ["'a'", "'a\\t'", "'b'"] },
    flag: { type: 'tinyint(1)', values: ['1', '0', '2'] },
    day: {
      type: 'date',
      values: ["'2026-02-28'", "'0000-00-00'", "'2026-02-00'", "'2026-00-07'", "'9999-12-31'"],
    },
    at: {
      type: 'timestamp(6) null',
      values: ["'2026-02-28 10:00:00.123456'", "'2026-02-28 10:00:00.123457'", "'0000-00-00 00:00:00'"],
    },
    clock: {
      type: 'datetime(6) not null',
      values: [
        "'2026-02-28 10:00:00.1'",
        "'2026-02-28 10:00:00.100001'",
        "'0000-00-00 00:00:00'",
        "'2026-02-00 10:00:00'",
      ],
    },
    span: { type: 'time(6)', values: ["'26:00:00'", "'-12:00:00.5'", "'01:02:03'", "'00:00:00.000001'"] },
    ...(isMysql
      ? {}
      : {
          uid: {
            type: 'uuid',
            values: [
              "'11111111-2222-3333-4444-555555555555'",
              "'11111111-2222-3333-4444-555555555556'",
              "'21111111-2222-1333-8444-555555555555'",
            ],
          },
          ip: { type: 'inet6', values: ["'::1'", "'::10'", "'::9'"] },
        }),
    y: { type: 'year', values: ['2026', '1901', '0'] },
    bits: { type: 'bit(9)', values: ["b'1'", "b'100000001'", "b'0'"] },
  },
};
