import { mkdtempSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { hasOrder, Window, type WindowInput } from '@sallyport/contract';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkWindow } from '../../server/src/contexts/gateway/check-window.ts';
import { type CustomerDatabase, customerPostgres } from '../../server/test/engines.ts';
import { asAdmin } from '../../server/test/postgres-server.ts';
import { testCertificate } from '../../server/test/tls-authority.ts';
import { CONSTRAINT_WORDS } from '../constraint-words.ts';
import type { CompiledQuery } from '../language.ts';
import type { ConnectorError } from '../port.ts';
import { postgres } from '../postgres/index.ts';
import { postgresLanguage } from '../postgres/language/index.ts';
import { HARMLESS } from '../postgres/language/known-functions.ts';
import { SET_RETURNING } from '../postgres/language/set-returning.ts';
import { compileAt } from './compile-at.ts';
import { codeOf, run, runnable } from './harness.ts';
import { postgresKinds } from './postgres-kinds.ts';
import { sqlConnecting } from './sql-connecting.ts';
import { poolOf, type SqlEngine, untilRunning } from './sql-harness.ts';
import { sqlRunning } from './sql-running.ts';
import { sqlSchema } from './sql-schema.ts';
import { sqlSilent } from './sql-silent.ts';
import { sqlWindows } from './sql-windows.ts';

let database: CustomerDatabase;
const engine: SqlEngine = {
  name: 'postgres',
  connector: postgres,
  database: () => database,
  admin: (sql) => asAdmin(database.adminUrl, async (client) => (await client.query(sql)).rows),
  dialect: {
    placeholder: (n) => `$${n}`,
    series: (n, width) => `select i, repeat('x', ${width}) as s from generate_series(1, ${n}) i`,
    literal: (n) => n,
    sleep: (seconds) => `select pg_sleep(${seconds})::text as slept`,
    endless: 'select pg_sleep(600)::text as slept',
    returning: true,
    session: 'pg_backend_pid()',
    refusedAsReadOnly: 'do $$ begin set transaction read only; create table never (i int); end $$',
    running: (mark) =>
      `select count(*) as n from pg_stat_activity where state = 'active' and query like '%${mark}%'
        and pid <> pg_backend_pid()`,
    endConnections: async (user) => {
      await engine.admin(
        `select pg_terminate_backend(pid, 2000) from pg_stat_activity where usename = '${user}'`,
      );
    },
    limitConnections: async (user, count) => {
      await engine.admin(`alter role ${user} connection limit ${count ?? -1}`);
    },
    table: `create table kinds (id int primary key, b bytea, j json)`,
    values: {
      select: `select 9007199254740993::int8 as big, 1::int2 as small, 12345678901234567890.10::numeric(22,2) as money,
        'NaN'::numeric as nan, 'Infinity'::float8 as inf, 0.1::float8 as tenth, true as yes, null::int as nothing,
        'a"b\\c
d'::text as words, 'ab'::char(4) as padded, date '2026-02-28' as day,
        timestamptz '2026-11-22 09:41:00.5+02' as at, timestamp '2026-11-22 09:41:00' as clock,
        interval '1 day 2 hours' as span, '\\x00ff10'::bytea as bytes, '{"a":
 [1,2]}'::json as doc, '{"n": 12345678901234567890}'::jsonb->'n' as deep, array[9007199254740993]::int8[] as bigs,
        array['x', null]::text[] as texts, '{1.50}'::numeric[] as nums, '11111111-2222-3333-4444-555555555555'::uuid as uid,
        row(1, 'x') as pair, '1.5'::money as cash`,
      expected: {
        big: '9007199254740993',
        small: 1,
        money: '12345678901234567890.10',
        nan: 'NaN',
        inf: 'Infinity',
        tenth: 0.1,
        yes: true,
        nothing: null,
        words: 'a"b\\c\nd',
        padded: 'ab  ',
        day: '2026-02-28',
        at: '2026-11-22T07:41:00.5+00:00',
        clock: '2026-11-22T09:41:00',
        span: 'P1DT2H',
        bytes: { base64: 'AP8Q', bytes: 3 },
        doc: { a: [1, 2] },
        // JSON stays the engine's text; only a reader that parses it into a double rounds it.
        deep: JSON.parse('12345678901234567890') as number,
        bigs: ['9007199254740993'],
        texts: ['x', null],
        nums: ['1.50'],
        uid: '11111111-2222-3333-4444-555555555555',
        pair: '(1,x)',
        cash: '$1.50',
      },
    },
  },
};

beforeAll(async () => {
  database = await customerPostgres();
});
afterAll(() => database.close());

sqlConnecting(engine);
sqlRunning(engine);
sqlSilent(engine);
sqlSchema(engine);
sqlWindows(engine, postgresKinds);

describe('PostgreSQL', () => {
  it('Q16 a write returns its rows by the same rules as a read', async () => {
    const pool = poolOf(engine);
    await run(
      pool,
      'create table mirror (a int8, b numeric(8,2), c bytea, d timestamptz, e timestamp, f json, g int8[], h bool, i text, j float8, k bytea[], l date, m box[], n int2vector)',
      { effect: 'schema' },
    );
    const written = await run(
      pool,
      `insert into mirror values ($1, '1.50', '\\x01ff', '2026-11-22 09:41:00.5+02', '2026-11-22 09:41:00', '{"a":
1}', '{1,null}', true, 'q"\\', 'NaN', array['\\x01'::bytea], '2026-02-28', '{(1,1),(0,0);(3,3),(2,2)}', '1 2') returning *`,
      { effect: 'write', binds: ['9007199254740993'] },
    );
    const read = await run(pool, 'select * from mirror');
    expect(written.rows).toEqual(read.rows);
    expect(written.running.columns).toEqual(read.running.columns);
    expect(written.texts[0]).not.toMatch(/\n/);
    await pool.close();
  });

  it("a run means the same and may take as long whatever the role's defaults are, after a write too", async () => {
    const { user } = engine.database();
    const pinned = {
      transform_null_equals: ['on', 'off'],
      gin_fuzzy_search_limit: ['1', '0'],
      xmlbinary: ['hex', 'base64'],
      xmloption: ['document', 'content'],
      datestyle: ['SQL, DMY', 'ISO, YMD'],
      intervalstyle: ['sql_standard', 'iso_8601'],
      bytea_output: ['escape', 'hex'],
      extra_float_digits: ['-15', '1'],
      standard_conforming_strings: ['off', 'on'],
      timezone: ['Asia/Tokyo', 'UTC'],
      client_encoding: ['LATIN1', 'UTF8'],
      statement_timeout: ['1s', '10s'],
      transaction_timeout: ['1s', '0'],
      tcp_keepalives_idle: ['7200', '30'],
    } as const;
    const all = Object.entries(pinned);
    await engine.admin(
      all
        .map(([name, [to]]) => `alter role ${user} set ${name} to ${/, /.test(to) ? to : `'${to}'`}`)
        .join(';'),
    );
    const pool = poolOf(engine);
    const seen = `select ${all.map(([name]) => `current_setting('${name}') as ${name}`).join(', ')}, (1 = null) is null as unknown`;
    const expected = {
      ...Object.fromEntries(all.map(([name, [, is]]) => [name, is])),
      unknown: true,
    };
    expect((await run(pool, seen)).rows).toEqual([expected]);
    await run(pool, 'select 1 as one', { effect: 'write' });
    expect((await run(pool, seen)).rows).toEqual([expected]);
    await pool.close();
    await engine.admin(`alter role ${user} reset all`);
  });

  it('Q17 an order that only the statement can say is walked whole, however many rows are alike in it', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table alike (id int primary key, a int)', { effect: 'schema' });
    await run(pool, 'insert into alike select i, i % 3 from generate_series(1, 500) i', { effect: 'write' });
    const text = 'select id, a from alike order by a desc nulls last';
    const compiled = await compileAt(pool, postgresLanguage, text, { windowed: true });
    const walk = async (as: CompiledQuery) => {
      const rows: Record<string, unknown>[] = [];
      for (let offset = 0; offset < 500; offset += 50) {
        const window = Window.parse({ limit: 50, offset, total: true });
        const wrapped = postgresLanguage.wrap(
          text,
          [],
          as.result ?? [],
          checkWindow({ ...as, hash: '' }, window),
        );
        const page = await run(pool, wrapped.statement, { ...wrapped, columns: as.result });
        expect(page.end.total).toBe(500);
        rows.push(...page.rows);
      }
      expect(rows.map(({ a }) => a)).toEqual(
        rows.map(({ a }) => a).toSorted((x, y) => Number(y) - Number(x)),
      );
      return new Set(rows.map(({ id }) => id)).size;
    };
    expect(await walk(compiled)).toBe(500);
    expect(await walk({ ...compiled, compiler: 6 }), 'of a release made before').toBeLessThan(500);
    await pool.close();
  });

  it('Q17 pages by numbers are cut from one sequence, wherever a scan begins, whoever scans, whatever is planned', async () => {
    const { user } = database;
    await engine.admin(
      `alter role ${user} set parallel_setup_cost = 0; alter role ${user} set parallel_tuple_cost = 0`,
    );
    const pool = poolOf(engine);
    for (const sql of [
      // Larger than a quarter of the server's buffers: a scan begins where the last one left off.
      `create table scattered as select i as n, i % 2 || 'x' as t, repeat('x', 900) as pad from generate_series(1, 24000) i`,
      'create table few as select i as n from generate_series(1, 30) i',
      `create table many as select 'abcdef' || i as t from generate_series(1, 600) i`,
    ])
      await run(pool, sql, { effect: 'schema' });
    await engine.admin('analyze few; analyze many');
    const pages = async (text: string, offsets: readonly number[], more: WindowInput) => {
      const compiled = await compileAt(pool, postgresLanguage, text, { windowed: true });
      const found: string[] = [];
      for (const offset of offsets) {
        const checked = checkWindow({ ...compiled, hash: '' }, Window.parse({ ...more, offset }));
        const wrapped = postgresLanguage.wrap(text, [], compiled.result ?? [], checked);
        found.push(JSON.stringify((await run(pool, wrapped.statement, wrapped)).rows));
      }
      return new Set(found).size;
    };
    const contains = (value: string) => [{ column: 't', operator: 'contains' as const, value }];
    const scattered = 'select n, t from scattered';
    expect(await pages(scattered, [0, 12_000, 0], { total: true })).toBe(2);
    // Of each `t`, there are thousands.
    expect(await pages(`${scattered} order by t`, [0, 6_000, 18_000, 6_000, 0], { total: true })).toBe(3);
    const gathered = { filters: contains('1x'), limit: 1_000 };
    expect(await pages(scattered, Array(4).fill(5_000), gathered)).toBe(1);
    const joined = 'select n, t from few cross join many';
    expect(await pages(joined, Array(7).fill(0), { filters: contains('abcdef'), limit: 9 })).toBe(1);
    await pool.close();
    await engine.admin(`alter role ${user} reset all; drop table scattered`);
  });

  describe('Q17 what a filter asks', () => {
    const found = async (text: string, window: WindowInput) => {
      const pool = poolOf(engine);
      try {
        const compiled = await compileAt(pool, postgresLanguage, text, { windowed: true });
        const checked = checkWindow({ ...compiled, hash: '' }, Window.parse(window));
        const wrapped = postgresLanguage.wrap(text, [], compiled.result ?? [], checked);
        return (await run(pool, wrapped.statement, wrapped)).rows;
      } finally {
        await pool.close();
      }
    };

    it('of a number that a floating-point column cannot hold, it is an answer', async () => {
      const text =
        "select * from (values (1, 0.5::real, 0.5::float8), (2, '-Infinity', '-Infinity'), (3, 0, 0)) v (id, r, d) order by id";
      const ids = async (column: string, operator: 'lt' | 'gte' | 'eq' | 'ne' | 'in', value: unknown) =>
        (await found(text, { filters: [{ column, operator, value }] })).map(({ id }) => id);
      for (const [column, large, small] of [
        ['r', '1e39', '1e-50'],
        ['d', '1e400', '-1e-400'],
      ] as const) {
        expect(await ids(column, 'lt', large)).toEqual([1, 2, 3]);
        expect(await ids(column, 'lt', `-${large}`)).toEqual([2]);
        expect(await ids(column, 'gte', small)).toEqual(small.startsWith('-') ? [1, 3] : [1]);
        expect(await ids(column, 'eq', small)).toEqual([]);
        expect(await ids(column, 'ne', large)).toEqual([1, 2, 3]);
        expect(await ids(column, 'in', [large, small, '0.5', '0e9'])).toEqual([1, 3]);
        expect(await ids(column, 'eq', '-Infinity')).toEqual([2]);
      }
    });

    it.each([
      ['interval', "'1 day'", "'24 hours'"],
      ['numrange', "'[1,2]'", "'[1.0,2.00]'"],
    ])('of groups by %s, it is asked after they are made', async (type, one, other) => {
      const text = `select t, count(*) as n from (select case when i % 2 = 0 then ${one} else ${other} end::${type} as t from generate_series(1, 100) i) rows group by t`;
      const [group] = await found(text, {});
      expect(group?.n).toBe('100');
      const filters = [{ column: 't', operator: 'eq' as const, value: group?.t }];
      expect(await found(text, { filters })).toEqual([group]);
      expect(await found(text, { search: String(group?.t) })).toEqual([group]);
      expect(await found(text, { filters: [{ ...filters[0]!, operator: 'ne' }] })).toEqual([]);
    });

    it('of groups by a citext that the search path does not find, it is asked after they are made', async () => {
      await engine.admin(
        `create schema elsewhere; create extension citext schema elsewhere; create table tagged (t elsewhere.citext);
         insert into tagged select case when i % 2 = 0 then 'a' else 'A' end from generate_series(1, 100) i;
         grant usage on schema elsewhere to ${database.user}; grant select on tagged to ${database.user}`,
      );
      const text = 'select t, count(*) as n from tagged group by t';
      const [group] = await found(text, {});
      expect(group?.n).toBe('100');
      const filters = [{ column: 't', operator: 'eq' as const, value: group?.t }];
      expect(await found(text, { filters })).toEqual([group]);
      await engine.admin('drop table tagged; drop schema elsewhere cascade');
    });

    it('of a type of an extension with equal values that are written differently, it is known', async () => {
      const pool = poolOf(engine);
      const alike = async (type: string) => {
        // In the place of the extension’s own.
        await run(pool, `create type ${type} as enum ('1', '1.0')`, { effect: 'schema' });
        await run(pool, `create table of_${type} (t ${type})`, { effect: 'schema' });
        return (await pool.describe(`select t from of_${type}`)).columns?.[0]?.alike === true;
      };
      for (const type of ['debversion', 'rational', 'semver']) expect(await alike(type), type).toBe(true);
      expect(await alike('rationals')).toBe(false);
      await pool.close();
    });

    it('of groups by a text under a loose collation, it is asked after they are made', async () => {
      const text =
        'select t, count(*) as n from (select case when i % 2 = 0 then $a$a$a$ else $a$ä$a$ end collate loose as t from generate_series(1, 100) i) rows group by t';
      const [group] = await found(text, {});
      expect(group?.n).toBe('100');
      const filters = [{ column: 't', operator: 'contains' as const, value: group?.t }];
      expect(await found(text, { filters })).toEqual([group]);
      expect(await found(text, { search: String(group?.t) })).toEqual([group]);
    });
  });

  it('Q16 values are written by the engine’s own functions, and by their own kind, whatever the source has and the role is set to', async () => {
    const user = database.user;
    const text =
      "select '\\x00ff'::bytea as b, '{\"a\":\n1}'::json as j, array['[1]'::json] as l, (select '<x/>'::text) as t";
    const pool = poolOf(engine);
    const { rows } = await run(pool, text);
    await pool.close();
    await engine.admin(
      `create schema early; grant usage on schema early to ${user};
       create function early.json_build_object(text, text, text, int) returns json return '1'::json;
       create function early.to_json(json[]) returns json return '2'::json;
       create function early.translate(text, text, text) returns text return '3';
       create function early.row_to_json(record) returns json language plpgsql as 'begin return 4; end';
       alter role ${user} set search_path = early, pg_catalog, public;
       alter role ${user} set quote_all_identifiers = on`,
    );
    const other = poolOf(engine);
    expect((await run(other, text)).rows).toEqual(rows);
    await other.close();
    await engine.admin(
      `alter role ${user} reset search_path; alter role ${user} reset quote_all_identifiers; drop schema early cascade`,
    );
  });

  it('Q4 a null in a list is one, whatever the role is set to', async () => {
    const user = database.user;
    await engine.admin(`alter role ${user} set array_nulls = off`);
    const pool = poolOf(engine);
    const { rows } = await run(pool, 'select $1::text[] as a', { binds: [['NULL', null]] });
    expect(rows).toEqual([{ a: ['NULL', null] }]);
    await pool.close();
    await engine.admin(`alter role ${user} reset array_nulls`);
  });

  it('Q17 what returns sets is what the engine says', async () => {
    const rows = await engine.admin(
      "select distinct proname from pg_proc where proretset and pronamespace = 'pg_catalog'::regnamespace",
    );
    const own = rows.map((row) => String(row.proname)).filter((name) => HARMLESS.has(name));
    expect([...SET_RETURNING].sort()).toEqual(own.sort());
  });

  it('Q17 rows in the order of a "char" are paged by their number, which PostgreSQL 18 can do once it knows the table', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table flagged (id int primary key, kind "char")', { effect: 'schema' });
    const fill = `insert into flagged select i, chr(97 + i % 23)::"char" from generate_series(1, 500) i`;
    await run(pool, fill, { effect: 'write' });
    // So few of its values are kept apart that the others have a histogram.
    await run(pool, 'alter table flagged alter kind set statistics 5', { effect: 'schema' });
    await engine.admin('analyze flagged');
    const text = 'select id, kind from flagged';
    const compiled = await compileAt(pool, postgresLanguage, text, { windowed: true });
    const page = async (given: WindowInput) => {
      const window = checkWindow({ ...compiled, hash: '' }, Window.parse(given));
      const wrapped = postgresLanguage.wrap(text, [], compiled.result ?? [], window);
      return (await run(pool, wrapped.statement, { ...wrapped, columns: compiled.result })).rows;
    };
    const sort = [{ column: 'kind', direction: 'asc' }] as const;
    const seen = new Set<unknown>();
    for (let offset = 0; offset < 500; offset += 100)
      for (const { id } of await page({ limit: 100, offset, sort: [...sort] })) seen.add(id);
    expect(seen.size).toBe(500);
    const after = { kind: 'a', id: 23 };
    await expect(page({ limit: 100, sort: [...sort], after })).rejects.toMatchObject({
      code: 'window_invalid',
    });
    expect(
      await page({ limit: 100, filters: [{ column: 'kind', operator: 'eq', value: 'b' }] }),
    ).toHaveLength(22);
    await pool.close();
  });

  it('Q4 a value that is asked for null is cast to the type that it has elsewhere, with its schema where that is not found', async () => {
    await engine.admin('create schema kinds');
    await engine.admin(
      "create type kinds.mood as enum ('well', 'ill'); create table kinds.people (mood kinds.mood)",
    );
    await engine.admin(`insert into kinds.people values ('well'), ('ill'), (null);
      grant usage on schema kinds to ${database.user}; grant select on kinds.people to ${database.user}`);
    const pool = poolOf(engine);
    const text = 'select mood from kinds.people where {{ m }} is null or mood = {{ m }} order by mood';
    const { statements, result: columns } = await compileAt(pool, postgresLanguage, text);
    const statement = statements[0]?.text ?? '';
    expect(statement).toContain('$1::kinds.mood is null');
    for (const [m, moods] of [
      ['ill', ['ill']],
      [null, ['well', 'ill', null]],
    ] as const)
      expect((await run(pool, statement, { columns, binds: [m] })).rows.map((row) => row.mood)).toEqual(
        moods,
      );
    await pool.close();
  });

  it('Q17 rows in the order of a type that the search path does not find are paged by their number: none is left out', async () => {
    await engine.admin('create schema extensions');
    await engine.admin('create extension citext schema extensions');
    await engine.admin('create table signups (id int primary key, name extensions.citext not null)');
    await engine.admin(
      `insert into signups select i, (array['anna', 'Berta', 'carl', 'Dora'])[1 + i % 4] from generate_series(1, 40) i;
       grant usage on schema extensions to ${database.user}; grant select on signups to ${database.user}`,
    );
    const pool = poolOf(engine);
    const text = 'select id, name from signups';
    const compiled = await compileAt(pool, postgresLanguage, text, { windowed: true });
    const page = async (given: WindowInput) => {
      const window = checkWindow({ ...compiled, hash: '' }, Window.parse(given));
      const wrapped = postgresLanguage.wrap(text, [], compiled.result ?? [], window);
      return (await run(pool, wrapped.statement, { ...wrapped, columns: compiled.result })).rows;
    };
    const sort: WindowInput['sort'] = [{ column: 'name', direction: 'asc' }];
    const [, , third] = await page({ limit: 3, sort });
    // By its text, all that begins with a capital comes before it.
    await expect(page({ limit: 3, sort, after: third as never })).rejects.toMatchObject({
      code: 'window_invalid',
    });
    const walked = [];
    for (let offset = 0; offset < 40; offset += 10)
      walked.push(...(await page({ limit: 10, offset, sort })).map(({ id }) => id));
    expect(new Set(walked).size).toBe(40);
    await pool.close();
    await engine.admin('drop table signups; drop schema extensions cascade');
  });

  it('Q17 a column without an order says so, also where it has a part without one', async () => {
    const pool = poolOf(engine);
    for (const sql of [
      'create type spot as (name text, sizes int4range[])',
      'create type inner_part as (doc json)',
      'create type outer_part as (n int, parts inner_part[])',
      'create domain placed as point',
      'create table spots (id int, a spot, b outer_part, c placed, d xid, e jsonb, f varchar(9), g cidr)',
    ])
      await run(pool, sql, { effect: 'schema' });
    const { columns } = await pool.describe(
      'select a, b, c, d, e, f, g, most_common_vals from spots, pg_stats',
    );
    expect(columns?.map((column) => hasOrder(column))).toEqual([
      true,
      false,
      false,
      false,
      false,
      true,
      true,
      false,
    ]);
    await pool.close();
  });

  it('a key that others inherit from is none, since their rows may repeat it', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table parent (id int primary key)', { effect: 'schema' });
    const keyOf = async () => (await pool.catalog()).find(({ name }) => name === 'parent')?.primaryKey;
    expect(await keyOf()).toEqual(['id']);
    await run(pool, 'create table child () inherits (parent)', { effect: 'schema' });
    expect(await keyOf()).toEqual([]);
    await pool.close();
  });

  it('Q6 no count is expected where a rule of the database writes instead', async () => {
    const pool = poolOf(engine);
    for (const sql of [
      'create table ruled (id int primary key)',
      'create table plain_beside (id int primary key)',
      'create view seen as select * from plain_beside',
      'create rule all_gone as on update to ruled do instead delete from plain_beside',
      'create rule told as on delete to ruled do also insert into plain_beside values (old.id), (-old.id)',
      'create rule off as on insert to ruled do instead nothing',
      'alter table ruled disable rule off',
      'create view of_ruled as select * from ruled',
      // A trigger for another change.
      "create function made() returns trigger language plpgsql as 'begin return new; end'",
      'create trigger made instead of delete on of_ruled for each row execute function made()',
      'create view seen_ruled as select * from of_ruled',
      'create view made_by_trigger as select * from ruled',
      'create trigger made instead of update on made_by_trigger for each row execute function made()',
    ])
      await run(pool, sql, { effect: 'schema' });
    const expecting = (text: string) =>
      compileAt(pool, postgresLanguage, text, { expectRows: { atMost: 1 } }).then((form) => form.expectRows);
    await expect(expecting('update ruled set id = 1')).rejects.toThrow(/rule of the database/);
    await expect(expecting('update ruled set id = 1 where id in (select id from ruled)')).rejects.toThrow(
      /rule of the database/,
    );
    const choices = { verb: ['delete from ruled', 'update ruled set id = 1'] };
    await expect(
      compileAt(pool, postgresLanguage, '{{ verb }} where id = 1', { choices, expectRows: { exactly: 1 } }),
    ).rejects.toThrow(/rule of the database/);
    await expect(expecting('update seen_ruled set id = 1')).rejects.toThrow(/rule of the database/);
    expect(await expecting('update made_by_trigger set id = 1')).toEqual({ atMost: 1 });
    // What a rule does not stand in the place of is counted, whatever it does beside.
    expect(await expecting('insert into ruled values (1)')).toEqual({ atMost: 1 });
    expect(await expecting('delete from ruled')).toEqual({ atMost: 1 });
    expect(await expecting('insert into plain_beside select id from ruled')).toEqual({ atMost: 1 });
    await run(pool, 'insert into ruled values (1)', { effect: 'write' });
    const gone = { effect: 'write', expectRows: { exactly: 1 } } as const;
    expect((await run(pool, 'delete from ruled', gone)).end.changed).toBe(1);
    expect(await expecting('update plain_beside set id = 1')).toEqual({ atMost: 1 });
    expect(await expecting('update seen set id = 1')).toEqual({ atMost: 1 });
    await pool.close();
  });

  it('Q17 a column is never null only where no row can be, old ones and those of children too', async () => {
    const pool = poolOf(engine);
    for (const sql of [
      'create table half_filled (id int primary key, made text, later text not null)',
      "insert into half_filled values (1, null, 'x')",
      'alter table half_filled add constraint made_now not null made not valid',
      'create table own_parent (own text, constraint own_only not null own no inherit)',
      'create table own_child () inherits (own_parent)',
    ])
      await run(pool, sql, { effect: 'schema' });
    const nullable = async (text: string) =>
      (await pool.describe(text)).columns?.map((column) => [column.name, column.nullable]);
    expect(await nullable('select * from half_filled')).toEqual([
      ['id', false],
      ['made', true],
      ['later', false],
    ]);
    expect(await nullable('select * from own_parent')).toEqual([['own', true]]);
    const [half] = await pool.relations([{ schema: null, name: 'half_filled' }]);
    expect(half?.required).toEqual(expect.arrayContaining(['id', 'later']));
    expect(half?.required).not.toContain('made');
    await pool.close();
  });

  it('Q16 a column is itself, whatever its name holds', async () => {
    const pool = poolOf(engine);
    const { rows } = await run(pool, `select 1::int8 as "a"") x where false --", 2 as "b"""`);
    expect(rows).toEqual([{ 'a") x where false --': '1', 'b"': 2 }]);
    await pool.close();
  });

  it('Q16 a shape that changed is told to who has the statement planned, on a new connection too', async () => {
    const pool = poolOf(engine);
    await engine.admin('create table widening (a int); grant select on widening to public');
    const { columns } = await pool.describe('select * from widening');
    expect((await run(pool, 'select * from widening', { columns })).rows).toEqual([]);
    await engine.admin('alter table widening add column b int; insert into widening values (1, 2)');
    await engine.dialect.endConnections(engine.database().user);
    const widened = run(pool, 'select * from widening', { columns });
    expect(await codeOf(widened)).toBe('source_shape_changed');
    const { columns: both } = await pool.describe('select * from widening');
    const whole = () => run(pool, 'select * from widening', { columns: both });
    expect((await whole()).rows).toEqual([{ a: 1, b: 2 }]);
    // What another release has planned is not what this one was compiled with.
    expect(await codeOf(run(pool, 'select * from widening', { columns }))).toBe('source_shape_changed');
    expect((await whole()).rows).toEqual([{ a: 1, b: 2 }]);
    await engine.admin('alter table widening rename b to c');
    await engine.dialect.endConnections(engine.database().user);
    expect(await codeOf(whole())).toBe('source_shape_changed');
    await pool.close();
  });

  it('Q16 a value that names no table is a wrong value, and no change of the schema', async () => {
    const pool = poolOf(engine);
    const statement = 'select pg_relation_size($1::regclass) as size';
    const { columns } = await pool.describe(statement);
    const sized = (name: string) => run(pool, statement, { columns, binds: [name] });
    expect((await sized('pg_class')).rows).toHaveLength(1);
    await expect(sized('nowhere')).rejects.toMatchObject({
      code: 'source_refused_statement',
      detail: expect.stringContaining('"nowhere" does not exist'),
    });
    await pool.close();
  });

  it('D5 the password itself is sent under TLS alone, whoever asks for it', async () => {
    const files = testCertificate(mkdtempSync(join(tmpdir(), 'sallyport-clear-')));
    const key = { cert: readFileSync(files.certFile), key: readFileSync(files.keyFile) };
    const said: string[] = [];
    const asksInClear = (socket: Duplex) => {
      socket.once('data', () => socket.write(Buffer.from([82, 0, 0, 0, 8, 0, 0, 0, 3])));
      socket.on('data', (bytes) => said.push(String(bytes)));
      socket.on('error', () => undefined);
    };
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (first) => {
        if (first.length > 8) {
          socket.unshift(first);
          return asksInClear(socket);
        }
        socket.write('S');
        asksInClear(new TLSSocket(socket, { isServer: true, ...key }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const password = 'canary-password';
    const open = poolOf(engine, { settings: { port, tls: 'off', ca: undefined }, password });
    await expect(open.probe()).rejects.toMatchObject({
      code: 'source_tls_failed',
      detail: expect.stringContaining('asks for the password itself'),
    });
    await open.close();
    expect(said.join('')).not.toContain(password);
    const secure = poolOf(engine, { settings: { port, ca: files.caPem }, password });
    const asked = codeOf(secure.probe(AbortSignal.timeout(5_000)));
    await vi.waitUntil(() => said.join('').includes(password));
    await secure.close();
    server.close();
    await asked;
  });

  it('D5 an empty password is the empty password, whatever the environment holds', async () => {
    vi.stubEnv('PGPASSWORD', engine.database().password);
    const pool = poolOf(engine, { password: '' });
    try {
      expect(await codeOf(pool.probe())).toBe('source_credential_rejected');
    } finally {
      vi.unstubAllEnvs();
      await pool.close();
    }
  });

  it('Q13 the bytes that reach the engine hold the compiled statement unchanged', async () => {
    const pool = poolOf(engine);
    const statement = `select  1 as one /* kept {{as}} it -- is */ where $1 = 'x'   -- end`;
    await run(pool, statement, { binds: ['x'] });
    const { rows } = await run(pool, 'select statement from pg_prepared_statements');
    const texts = rows.map((row) => String(row.statement));
    expect(texts).toContain(statement);
    expect(texts).toContain(
      `select pg_catalog.row_to_json(sallyport)::text from (${statement}\n) sallyport limit 10001`,
    );
    await pool.close();
  });

  it('Q6 counts what a MERGE changes', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table merged (id int primary key, n int)', { effect: 'schema' });
    const merge = `merge into merged m using (values (1), (2)) v (id) on m.id = v.id
      when matched then update set n = n + 1 when not matched then insert values (v.id, 0)`;
    const expecting = (atMost: number) => run(pool, merge, { effect: 'write', expectRows: { atMost } });
    expect((await expecting(2)).end.changed).toBe(2);
    expect(await codeOf(expecting(1))).toBe('write_exceeded_expectation');
    expect((await run(pool, 'select n from merged')).rows).toEqual([{ n: 0 }, { n: 0 }]);
    await pool.close();
  });

  it('Q17 a total is of the same moment as its page', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table moments as select 1 as id', { effect: 'schema' });
    const answered = await asAdmin(database.adminUrl, async (other) => {
      await other.query('begin; select pg_advisory_xact_lock(4714)');
      const page = 'select id from moments, pg_advisory_xact_lock_shared(4714) /* paged */';
      const running = run(pool, page, { total: { statement: 'select count(*) from moments', binds: [] } });
      await untilRunning(engine, '/* paged */', 1, 20_000);
      await other.query('insert into moments values (2)');
      await other.query('commit');
      return running;
    });
    expect(answered.end).toMatchObject({ rows: 1, total: 1 });
    expect((await run(pool, 'select id from moments')).rows).toHaveLength(2);
    await pool.close();
  });

  it('session state never crosses runs: settings, locks, roles, temporary tables, listens', async () => {
    const pool = poolOf(engine);
    const attempts = [
      "select set_config('search_path', 'pg_catalog', false) as v",
      "select set_config('default_transaction_read_only', 'off', false) as v",
      "select set_config('statement_timeout', '1', false) as v",
      "select set_config('app.canary', 'left behind', false) as v",
      "select set_config('timezone', 'Asia/Tokyo', false) as v",
      "select set_config('role', 'none', false) as v",
      'select pg_advisory_lock(4711)::text as v',
      'select v::text from (select pg_try_advisory_lock(4712) as v) l',
      'select lo_creat(-1)::text as v',
    ];
    const state = `select current_setting('search_path') as path, current_setting('default_transaction_read_only') as ro,
      current_setting('statement_timeout') as t, coalesce(nullif(current_setting('app.canary', true), ''), '-') as canary,
      current_setting('timezone') as tz, current_user::text as who,
      (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as locks,
      (select count(*) from pg_class where relpersistence = 't') as temps, pg_backend_pid() as pid,
      (select count(*) from pg_cursors where is_holdable) as cursors,
      (select count(*) from pg_listening_channels()) as channels`;
    const before = (await run(pool, state)).rows[0];
    for (const attempt of attempts) {
      await codeOf(run(pool, attempt));
      expect((await run(pool, state)).rows[0], attempt).toEqual(before);
    }
    // A write may change more, and the session is the same one afterwards.
    await engine.admin(`grant pg_monitor to ${database.user}`);
    for (const write of [
      'set role pg_monitor',
      'declare held cursor with hold for select 1',
      'create temporary table scratch as select 1 as x',
      "select set_config('app.canary', 'left behind', false)",
      "set search_path = 'pg_catalog'",
      'listen canary',
      'select pg_advisory_lock(4713)',
      'prepare stolen as select 1',
      'create sequence counted',
      "select nextval('counted')",
    ]) {
      await run(pool, write, { effect: 'schema' });
      // The reset after a write is nobody's wait; then the same session is lent again.
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect((await run(pool, state)).rows[0], write).toEqual(before);
    }
    expect(await codeOf(run(pool, 'select lastval() as v'))).not.toBe('no error');
    expect(
      (
        await run(pool, 'select count(*) as n from pg_prepared_statements where name = $1', {
          binds: ['stolen'],
        })
      ).rows,
    ).toEqual([{ n: '0' }]);
    await engine.admin(`revoke pg_monitor from ${database.user}`);
    await pool.close();
  });

  it('a function that prepares statements under our names reaches no later run', async () => {
    const first = poolOf(engine);
    await run(first, 'create table kept (x int)', { effect: 'schema' });
    await run(
      first,
      `create function perform(text) returns int language plpgsql as $$ begin execute $1; return 1; end $$`,
      { effect: 'schema' },
    );
    await first.close();
    const pool = poolOf(engine);
    const call = (text: string) => run(pool, 'select perform($1) as x', { binds: [text] });
    // Twice, so that every statement of a read is prepared under its name.
    await call('select 1');
    await call('select 1');
    const names = await run(
      pool,
      "select name, statement from pg_prepared_statements where statement like '%perform%' and not from_sql",
    );
    expect(names.rows.length).toBeGreaterThan(0);
    const replace = ({ name, statement }: Record<string, unknown>) =>
      `deallocate ${name}; execute 'prepare ${name}(text) as ' || $q$${String(statement).replace('perform($1)', '99')}$q$;`;
    await codeOf(call(`do $$ begin ${names.rows.map(replace).join(' ')} end $$`));
    expect((await call('select 1')).rows).toEqual([{ x: 1 }]);
    // What makes a read a read has no name that anything could take.
    expect(
      (
        await run(
          pool,
          "select count(*) as n from pg_prepared_statements where statement ~ '^(begin|set|rollback)'",
        )
      ).rows,
    ).toEqual([{ n: '0' }]);
    expect(await codeOf(call('insert into kept values (1)'))).toBe('source_refused_statement');
    expect((await run(pool, 'select count(*) as n from kept')).rows).toEqual([{ n: '0' }]);
    await pool.close();
  });

  it('a function that writes is stopped by the read-only transaction', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table touched (x int)', { effect: 'schema' });
    await run(
      pool,
      `create function touch() returns int language sql as 'insert into touched values (1) returning x'`,
      { effect: 'schema' },
    );
    const escaping = `create function escape() returns int language plpgsql as $$ begin
      perform set_config('transaction_read_only', 'off', true); insert into touched values (2); return 2; end $$`;
    await run(pool, escaping, { effect: 'schema' });
    for (const call of ['touch()', 'escape()'])
      for (const total of [undefined, { statement: 'select count(*) from touched', binds: [] }])
        expect(
          await codeOf(run(pool, `select ${call} as x`, total === undefined ? {} : { total })),
          call,
        ).toBe('source_refused_statement');
    // A function that a builder calls by SELECT, as most are called elsewhere: nothing told what to do instead.
    await expect(run(pool, 'select touch() as x')).rejects.toMatchObject({
      detail: expect.stringMatching(/INSERT in a read-only transaction\. .*“A function changes data”\.$/),
      plain: 'This query only reads, and a function that it calls changes something.',
    });
    for (const cte of [
      'with d as (delete from touched returning x) select x from d',
      'select x into stolen from touched',
      "select nextval('s') as n",
    ])
      expect(await codeOf(run(pool, cte)), cte).toBe('source_refused_statement');
    expect((await run(pool, 'select count(*) as n from touched')).rows).toEqual([{ n: '0' }]);
    expect((await run(pool, 'select touch()', { effect: 'write' })).end.rows).toBe(1);
    await pool.close();
  });

  it('Q16 all names are said that columns share, and of bytes how a text says them', async () => {
    const pool = poolOf(engine);
    const said = (text: string) => compileAt(pool, postgresLanguage, text);
    await expect(said('select 1 as a, 2 as b, 3 as a, 4 as c, 5 as b')).rejects.toThrow(
      'Columns of the result have the same names: “a”, “b”. Name them with AS.',
    );
    await expect(said("select 1 as a where '\\x00'::bytea = {{ key.value }}")).rejects.toThrow(
      "decode({{ key.value }}, 'base64')",
    );
    const decoded = "select 1 as a where '\\x00'::bytea = decode({{ key.value }}, 'hex')";
    expect((await said(decoded)).arguments).toMatchObject([{ type: 'text' }]);
    await pool.close();
  });

  it('Q3 a list is one array bind, and an empty one matches nothing', async () => {
    const pool = poolOf(engine);
    const statement = 'select x from (values (1), (2), (3)) v(x) where x = any($1) order by x';
    expect((await run(pool, statement, { binds: [[1, 3]] })).rows).toEqual([{ x: 1 }, { x: 3 }]);
    expect((await run(pool, statement, { binds: [[]] })).rows).toEqual([]);
    const texts = ['a"b', 'c,d', '\\', 'NULL', '{}', ''];
    const all = await run(pool, 'select unnest($1::text[]) as t', { binds: [[...texts, null]] });
    expect(all.rows.map((row) => row.t)).toEqual([...texts, null]);
    await pool.close();
  });

  it('an error points at its place in the compiled statement, through the wrapper too', async () => {
    const pool = poolOf(engine);
    const statement = "select '\u{1F600}' as a, nope as b";
    expect(await pool.describe(statement).catch((e: unknown) => e)).toMatchObject({
      position: statement.indexOf('nope'),
    });
    await pool.close();
  });

  // Three times 40 MB through a server and TLS: on a busy machine that takes long.
  it('a row that is larger than a row may be ends the run', { timeout: 60_000 }, async () => {
    const pool = poolOf(engine);
    const large = "select repeat('x', 40000000) as s";
    expect(await codeOf(run(pool, large, { maxBytes: 1_000_000 }))).toBe('source_row_too_large');
    // As much as the whole answer of a read may have.
    expect(await codeOf(run(pool, large, { maxBytes: 4 * 1024 ** 3 }))).toBe('source_row_too_large');
    await run(pool, 'create table if not exists rows_kept (s text)', { effect: 'schema' });
    const writes = `insert into rows_kept ${large} returning s`;
    expect(await codeOf(run(pool, writes, { effect: 'write' }))).toBe('source_row_too_large');
    expect((await run(pool, 'select count(*) as n from rows_kept')).rows).toEqual([{ n: '0' }]);
    expect((await run(pool, 'select 1 as one')).rows).toEqual([{ one: 1 }]);
    await pool.close();
  });

  it('a description that waits for a lock ends with the abort or the pool, and does not spoil what others wait for', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table locked (x int)', { effect: 'schema' });
    const blocker = new pg.Client({ connectionString: database.adminUrl });
    await blocker.connect();
    await blocker.query('begin; lock table locked in access exclusive mode');
    const stop = new AbortController();
    const aborted = codeOf(pool.run(runnable('select x from locked'), stop.signal));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const other = codeOf(run(pool, 'select x from locked'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    stop.abort();
    expect(await aborted).toBe('run_cancelled');
    const paused = poolOf(engine);
    const closed = codeOf(run(paused, 'select x from locked'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await paused.close();
    expect(await closed).toBe('run_cancelled');
    await blocker.query('rollback');
    await blocker.end();
    expect(await other).toBe('no error');
    await pool.close();
  });

  it('D6 a role that can only read is as a read source expects, and each surplus is named', async () => {
    const user = `reader_${database.user}`;
    await engine.admin(`create role ${user} login password 'pw'`);
    await engine.admin(`grant select on all tables in schema public to ${user}`);
    const reader = poolOf(engine, { user, password: 'pw', mode: 'read' });
    expect((await reader.probe()).privileges).toMatchObject({ role: user, exceeds: false, remedy: null });
    for (const [grant, privilege, remedy] of [
      [`grant pg_read_server_files to ${user}`, 'Read server files', 'revoke "pg_read_server_files"'],
      [`alter role ${user} createrole`, 'Create roles', 'nocreaterole'],
      [`grant update on mirror to ${user}`, 'Insert, update, delete', 'revoke insert, update, delete'],
    ] as const) {
      await engine.admin(grant);
      const report = (await reader.probe()).privileges;
      expect(report?.exceeds, grant).toBe(true);
      expect(report?.lines).toContainEqual({ privilege, needed: false, has: true });
      expect(report?.remedy).toContain(remedy);
    }
    expect(await codeOf(run(reader, 'insert into mirror values (1)'))).toBe('source_refused_statement');
    await reader.close();
    await engine.admin(`drop owned by ${user}`);
    await engine.admin(`drop role ${user}`);
  });

  it('D6 a surplus is found on columns, in an empty schema and in roles that may be taken, and its remedy takes it away', async () => {
    const user = `Reader of ${database.user}`;
    const [quoted, other] = [`"${user}"`, `"other of ${database.user}"`];
    await engine.admin('create table wages (id int primary key, name text)');
    await engine.admin('create schema nothing');
    await engine.admin(`create role ${quoted} login noinherit password 'pw'`);
    await engine.admin(`grant select (name) on wages to ${quoted}`);
    const reader = poolOf(engine, { user, password: 'pw', mode: 'read' });
    const surplus = async () => {
      const report = (await reader.probe()).privileges;
      const lines = report?.lines.filter((line) => line.has !== line.needed).map((line) => line.privilege);
      expect(report?.exceeds).toBe(lines?.length !== 0);
      return { lines, remedy: report?.remedy ?? '' };
    };
    expect(await surplus()).toEqual({ lines: [], remedy: '' });
    const [writes, creates, power] = ['Insert, update, delete', 'Create tables', 'Superuser'];
    for (const [grants, lines] of [
      [[`grant update (name) on wages to ${quoted}`], [writes]],
      [[`grant create on schema nothing to ${quoted}`], [creates]],
      [
        [
          `create role ${other} superuser`,
          `grant insert (id) on wages to ${other}`,
          `grant ${other} to ${quoted}`,
        ],
        [writes, creates, power],
      ],
    ] as const) {
      for (const grant of grants) await engine.admin(grant);
      const found = await surplus();
      expect(found.lines).toEqual(expect.arrayContaining([...lines]));
      for (const statement of found.remedy.split('\n')) await engine.admin(statement);
      expect(await surplus()).toEqual({ lines: [], remedy: '' });
    }
    await reader.close();
    for (const role of [quoted, other]) await engine.admin(`drop owned by ${role}; drop role ${role}`);
  });

  it('a row that a policy or a view does not allow is a value to correct, and no missing privilege', async () => {
    const { user } = database;
    for (const sql of [
      'create table tenants_rows (tenant text)',
      'alter table tenants_rows enable row level security',
      "create policy own on tenants_rows using (tenant = 'a')",
      `grant all on tenants_rows to ${user}`,
      "create view a_rows as select * from tenants_rows where tenant = 'a' with check option",
      `grant all on a_rows to ${user}`,
      'create table out_of_reach (tenant text)',
    ])
      await engine.admin(sql);
    const pool = poolOf(engine);
    const refused = async (table: string) => {
      const values = `insert into ${table} values ('b')`;
      const error = await run(pool, values, { effect: 'write' }).catch((told: unknown) => told);
      return [(error as ConnectorError).code, (error as ConnectorError).plain];
    };
    const outside = ['source_constraint_violated', CONSTRAINT_WORDS.outside];
    expect(await refused('tenants_rows')).toEqual(outside);
    expect(await refused('a_rows')).toEqual(outside);
    expect(await refused('out_of_reach')).toEqual(['source_privilege_missing', undefined]);
    await pool.close();
  });

  it.each([
    // Of a search by words, as many a box for one is bound.
    ["select to_tsquery('simple', $1)", 'red shoes', CONSTRAINT_WORDS.unread],
    ['select $1::jsonpath', '$.a[', CONSTRAINT_WORDS.unread],
    ['select $1::interval', '9999999999 years', CONSTRAINT_WORDS.unread],
    ['select $1::regconfig', 'klingon', CONSTRAINT_WORDS.unread],
    ['select $1::int4range', '[3,1]', CONSTRAINT_WORDS.outside],
    ["select to_tsvector('simple', '') || $1::tsvector", 'x'.repeat(3_000), CONSTRAINT_WORDS.long],
    // What a function of the database wrote is no value.
    ['select query_to_xml($1, true, true, $2)', 'selec 1', undefined],
  ])(
    '%s of a value that it does not take is told in plain words, or in none',
    async (statement, value, plain) => {
      const pool = poolOf(engine);
      const binds = statement.includes('$2') ? [value, ''] : [value];
      await expect(run(pool, statement, { binds })).rejects.toMatchObject({
        code: 'source_refused_statement',
        plain,
      });
      await pool.close();
    },
  );

  it('the catalog has what the role may use, and no column or table beside it', async () => {
    await engine.admin('create table granted (id int primary key, name text, salary numeric)');
    await engine.admin(`grant select (id, name) on granted to ${database.user}`);
    await engine.admin('create table ungranted (id int)');
    await engine.admin('create table half_granted (a int, b int, primary key (a, b))');
    await engine.admin(`grant select (a) on half_granted to ${database.user}`);
    const pool = poolOf(engine);
    const tables = await pool.catalog();
    const named = tables.filter(({ name }) => name.endsWith('granted'));
    const said = named.map(({ name, columns, primaryKey }) => [
      name,
      columns.map((one) => one.name),
      primaryKey,
    ]);
    expect(said).toEqual([
      ['granted', ['id', 'name'], ['id']],
      ['half_granted', ['a'], []],
    ]);
    await pool.close();
  });

  it('the catalog begins with the schemas that a name needs no mention of, in the order in which it is looked up', async () => {
    await engine.admin('create schema attic; create table attic.crates (id int)');
    await engine.admin(
      'create schema zoo; create table zoo.cages (id int); create table public.gates (id int)',
    );
    await engine.admin(`grant usage on schema attic, zoo to ${database.user}`);
    await engine.admin(`grant select on attic.crates, zoo.cages, public.gates to ${database.user}`);
    await engine.admin(`alter role ${database.user} set search_path = zoo, public`);
    const pool = poolOf(engine);
    const schemas = [...new Set((await pool.catalog()).map(({ schema }) => schema))];
    await pool.close();
    await engine.admin(`alter role ${database.user} reset search_path`);
    await engine.admin('drop schema attic, zoo cascade; drop table public.gates');
    expect([schemas[0], schemas[1], schemas.includes('attic')]).toEqual(['zoo', 'public', true]);
  });

  it('the catalog says what the role may not do, of a table once and of a column where it may do it with another', async () => {
    await engine.admin('create table tickets (id int primary key, subject text, status text, secret text)');
    const denied = async (grants: string) => {
      await engine.admin(`revoke all on tickets from ${database.user}; ${grants}`);
      const pool = poolOf(engine);
      const found = (await pool.catalog()).find(({ name }) => name === 'tickets');
      await pool.close();
      return [found?.denied, ...(found?.columns.map((one) => [one.name, one.denied]) ?? [])];
    };
    const to = `on tickets to ${database.user}`;
    const none = ['id', 'subject', 'status', 'secret'].map((name) => [name, undefined]);
    expect(await denied(`grant all ${to}`)).toEqual([undefined, ...none]);
    expect(await denied(`grant select, insert, update ${to}`)).toEqual([['delete'], ...none]);
    expect(await denied(`grant select ${to}`)).toEqual([['insert', 'update', 'delete'], ...none]);
    expect(
      await denied(
        `grant select (id, subject, status), insert (subject, secret), update (status) ${to}; grant delete ${to}`,
      ),
    ).toEqual([
      undefined,
      ['id', ['insert', 'update']],
      ['subject', ['update']],
      ['status', ['insert']],
      ['secret', ['select', 'update']],
    ]);
  });

  it('the catalog says that no row can be made where a column that the role does not see needs a value', async () => {
    const makes = async (column: string, grants = 'select (id), insert (id)') => {
      await engine.admin(`drop table if exists sealed; create table sealed (id int, ${column})`);
      await engine.admin(`grant ${grants} on sealed to ${database.user}`);
      const pool = poolOf(engine);
      const found = (await pool.catalog()).find(({ name }) => name === 'sealed');
      await pool.close();
      return found !== undefined && found.denied?.includes('insert') !== true;
    };
    await engine.admin(
      'create domain filled as text not null; create domain begun as text not null default 0',
    );
    expect(await makes('secret text not null')).toBe(false);
    expect(await makes('secret filled')).toBe(false);
    expect(await makes('secret text')).toBe(true);
    expect(await makes('secret text not null default 0')).toBe(true);
    expect(await makes('secret int not null generated always as identity')).toBe(true);
    expect(await makes('secret begun')).toBe(true);
    expect(await makes('seen text not null', 'insert')).toBe(true);
    await engine.admin('drop table sealed; drop domain filled; drop domain begun');
  });

  it('the catalog says that no row can be made in a foreign table that takes none', async () => {
    await engine.admin(
      `create extension file_fdw; create server files foreign data wrapper file_fdw;
       create extension postgres_fdw; create server other foreign data wrapper postgres_fdw;
       create foreign data wrapper unread; create server nothing foreign data wrapper unread;
       create foreign table from_file (a text) server files options (filename '/dev/null');
       create foreign table from_other (a text) server other;
       create foreign table from_closed (a text) server other options (updatable 'false');
       create foreign table from_nothing (a text) server nothing;
       grant all on from_file, from_other, from_closed, from_nothing to ${database.user}`,
    );
    const refusing = async () => {
      const pool = poolOf(engine);
      const found = (await pool.catalog()).filter(({ name }) => name.startsWith('from_'));
      await pool.close();
      return found.map(({ name, denied }) => [name, denied ?? []]);
    };
    expect(await refusing()).toEqual([
      ['from_closed', ['insert']],
      ['from_file', ['insert']],
      ['from_nothing', []],
      ['from_other', []],
    ]);
    // As when the library of one is not there any more.
    await engine.admin(
      `create function lost() returns fdw_handler language c as '$libdir/file_fdw', 'file_fdw_handler';
       update pg_proc set probin = 'lost' where proname = 'lost';
       alter foreign data wrapper unread handler lost`,
    );
    expect((await refusing()).map(([name]) => name)).toHaveLength(4);
    await engine.admin(
      'drop extension file_fdw cascade; drop extension postgres_fdw cascade; drop foreign data wrapper unread cascade',
    );
  });

  it('COPY has no stream here: it is refused at once, either way', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table copied (x int)', { effect: 'schema' });
    const started = Date.now();
    for (const effect of ['read', 'write'] as const)
      expect(await codeOf(run(pool, 'copy copied from stdin', { effect })), effect).not.toBe('no error');
    expect(await codeOf(run(pool, 'copy copied to stdout'))).toBe('source_refused_statement');
    expect(Date.now() - started).toBeLessThan(2_000);
    expect((await run(pool, 'select 1 as one')).rows).toEqual([{ one: 1 }]);
    await pool.close();
  });
});
