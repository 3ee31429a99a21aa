import { postgresLanguage } from '../postgres/language/index.ts';
import type { Kinds } from './sql-windows.ts';

/** Columns that PostgreSQL orders in its own way, and values that are hard to give back. */
export const postgresKinds: Kinds = {
  language: postgresLanguage,
  name: 'postgresql',
  before: [
    "create type mood as enum ('sad', 'ok', 'glad')",
    'create domain humour as mood',
    'create domain stretch as int4range',
    'create type "Own kind" as (street text, "No" int, at float8)',
    'create domain positive as int check (value > 0)',
    "create collation loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
  ],
  alike: [
    { type: 'numeric', values: ['1', '1.00'] },
    { type: 'text collate loose', values: ["'a'", "'A'"] },
  ],
  columns: {
    n: { type: 'int', values: ['1', '2', '-3'] },
    big: { type: 'bigint not null', values: ['9007199254740993', '9007199254740992', '-1'] },
    amount: {
      type: 'numeric',
      values: ['0.1', '0.10', '12345678901234567890.0000000001', "'NaN'", '1e-999'],
    },
    ratio: {
      type: 'float8',
      values: ['0.1', '1e-300', '0.30000000000000004', "'-Infinity'", "'NaN'", '-0.0'],
    },
    small: { type: 'float4 not null', values: ['0.1', '16777216', "'Infinity'", '1e-40'] },
    name: { type: 'text collate "C"', values: ["'a'", "'A'", "'ä'", "''", "'a '", "'\u{1F600}'"] },
    label: { type: 'varchar(9) not null', values: ["'a'", "'A'", "'ä'", "'b'", "'a b'", "'ab'"] },
    alike: { type: 'text collate loose', values: ["'a'", "'A'", "'ä'", "'b'"] },
    code: { type: 'char(3)', values: ["'a'", "'a\t'", "'b'"] },
    flag: { type: 'boolean', values: ['true', 'false'] },
    day: { type: 'date', values: ["'2026-02-28'", "'infinity'", "'0044-03-15 BC'", "'5874897-12-31'"] },
    at: {
      type: 'timestamptz',
      values: [
        "'2026-02-28 10:00:00.123456+02'",
        "'2026-02-28 08:00:00.123457+00'",
        "'-infinity'",
        "'0044-03-15 01:00:00+00 BC'",
      ],
    },
    clock: {
      type: 'timestamp not null',
      values: ["'2026-02-28 10:00:00.1'", "'2026-02-28 10:00:00.100001'"],
    },
    span: { type: 'interval', values: ["'1 month'", "'30 days'", "'-1 day'", "'1 day 00:00:00.000001'"] },
    hour: { type: 'timetz', values: ["'10:00:00+02'", "'10:00:00.000001+02'"] },
    uid: {
      type: 'uuid',
      values: ["'11111111-2222-3333-4444-555555555555'", "'11111111-2222-3333-4444-555555555556'"],
    },
    mood: { type: 'mood', values: ["'sad'", "'ok'", "'glad'"] },
    humour: { type: 'humour', values: ["'sad'", "'ok'", "'glad'"] },
    span4: { type: 'stretch', values: ["'[1,3)'", "'empty'", "'(,7)'"] },
    place: {
      type: '"Own kind"',
      values: [
        '(null, null, null)',
        '(\'a, "b"\', 2, 0.1)',
        "('', null, 'NaN')",
        '(null, 2, 0.30000000000000004)',
      ],
    },
    pos: { type: 'positive', values: ['1', '10', '9'] },
    ip: { type: 'inet', values: ["'10.0.0.9'", "'10.0.0.10'", "'::1'"] },
    cash: { type: 'money', values: ['9.50', '10.25', '1000'] },
  },
};
