import mysqlDriver from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CustomerDatabase, customerMariadb, hasMariadb, isMysql } from '../../server/test/engines.ts';
import { mysql } from '../mysql/index.ts';
import { mysqlLanguage } from '../mysql/language/index.ts';
import type { Dial } from '../port.ts';
import { compileAt } from './compile-at.ts';
import { codeOf, dial, run, runnable } from './harness.ts';
import { keyFromBetween } from './key-from-between.ts';
import { mysqlKinds } from './mysql-kinds.ts';
import { sqlConnecting } from './sql-connecting.ts';
import { poolOf, type SqlEngine } from './sql-harness.ts';
import { sqlRunning } from './sql-running.ts';
import { sqlSchema } from './sql-schema.ts';
import { sqlSilent } from './sql-silent.ts';
import { sqlWindows } from './sql-windows.ts';

/** Session variables that an account without any privilege may set, tried with MySQL 9.7. */
const FREE: ReadonlySet<string> = new Set([
  'sql_auto_is_null',
  'wait_timeout',
  'time_zone',
  'sql_mode',
  'group_concat_max_len',
]);
let database: CustomerDatabase;
/** The numbers from 1, as a table of one column. */
const numbers = (to: number, alias = 'numbers') =>
  isMysql
    ? `json_table(concat('[0', repeat(',0', ${to} - 1), ']'), '$[*]' columns (seq for ordinality)) ${alias}`
    : `seq_1_to_${to} ${alias}`;
const NO_SUCH_THREAD = 1094;
const engine: SqlEngine = {
  name: 'mysql',
  connector: mysql,
  database: () => database,
  admin: async (sql) => {
    const connection = await mysqlDriver.createConnection(database.adminUrl);
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
      const all = await engine.admin(`select id from information_schema.processlist where user = '${user}'`);
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

describe.skipIf(!hasMariadb)(isMysql ? 'MySQL' : 'MariaDB', () => {
  beforeAll(async () => {
    database = await customerMariadb();
    await engine.admin(`create procedure takes_no_writes() signal sqlstate 'HY000' set mysql_errno = 1290,
      message_text = 'The ${isMysql ? 'MySQL' : 'MariaDB'} server is running with the --read-only option so it cannot execute this statement'`);
  });
  afterAll(() => database.close());

  sqlConnecting(engine);
  sqlRunning(engine);
  sqlSilent(engine);
  sqlSchema(engine);
  sqlWindows(engine, mysqlKinds);

  it.runIf(!isMysql)(
    'a user who must authenticate in a way that is not supported is told so, and not of a wrong password',
    async () => {
      await engine.admin("install soname 'auth_ed25519'");
      await engine.admin("create user modern@'%' identified via ed25519 using password('secret')");
      const pool = poolOf(engine, { user: 'modern', password: 'secret' });
      await expect(pool.probe()).rejects.toMatchObject({
        code: 'source_credential_rejected',
        detail: expect.stringContaining('by client_ed25519, which'),
      });
      await pool.close();
      await engine.admin("drop user modern@'%'");
      await engine.admin("uninstall soname 'auth_ed25519'");
    },
  );

  it.each(['caching_sha2_password', 'sha256_password'] as const)(
    'D5 by %s, the password is sent under TLS alone, or within this machine: not under a key that anybody may have sent',
    async (plugin) => {
      const between = await keyFromBetween(plugin);
      const settings = { host: '127.0.0.1', port: between.port, tls: 'off', ca: undefined } as const;
      const far: Dial = async (...to) =>
        Object.defineProperty(await dial(...to), 'remoteAddress', { value: '192.0.2.7' });
      const elsewhere = poolOf(engine, { settings, password: 'canary-password', dial: far });
      await expect(elsewhere.probe()).rejects.toMatchObject({
        code: 'source_tls_failed',
        detail: expect.stringContaining('Turn TLS on'),
      });
      expect(between.passwords).toEqual([]);
      const here = poolOf(engine, { settings, password: 'canary-password' });
      const asked = codeOf(here.probe());
      await vi.waitUntil(() => between.passwords.length > 0);
      expect(between.passwords).toEqual(['canary-password']);
      // Neither files of this machine nor several statements in one (CLIENT_LOCAL_FILES, CLIENT_MULTI_STATEMENTS).
      expect(between.asked.map((flags) => flags & 0x1_00_80)).toEqual([0, 0]);
      await Promise.all([elsewhere.close(), here.close()]);
      between.close();
      await asked;
    },
  );

  it('D5 a certificate is not checked against an address: the driver would check another name', async () => {
    const pool = poolOf(engine, { settings: { host: '127.0.0.1', tls: 'verify' } });
    await expect(pool.probe()).rejects.toMatchObject({
      code: 'source_tls_failed',
      detail: expect.stringContaining('use the host name'),
    });
    await pool.close();
  });

  it('a connection whose session could not be set up is not left open', async () => {
    const opened: Awaited<ReturnType<Dial>>[] = [];
    const spoilt: Dial = async (...to) => {
      const socket = await dial(...to);
      opened.push(socket);
      const write = socket.write.bind(socket) as (...given: readonly unknown[]) => boolean;
      return Object.assign(socket, {
        write: (bytes: Buffer, ...rest: readonly unknown[]) =>
          write(
            Buffer.from(bytes.toString('latin1').replace('sql_auto_is_null', 'no_such_variable'), 'latin1'),
            ...rest,
          ),
      });
    };
    const pool = poolOf(engine, { settings: { host: '127.0.0.1', tls: 'off', ca: undefined }, dial: spoilt });
    await expect(pool.probe()).rejects.toMatchObject({ code: 'source_failed' });
    expect(opened.map((socket) => socket.destroyed)).toEqual([true]);
    await pool.close();
  });

  it('a value that does not fit is an error, and never cut', async () => {
    const pool = poolOf(engine);
    await engine.admin('create table narrow (word varchar(3), n tinyint)');
    for (const insert of [
      "insert into narrow values ('abcdef', 1)",
      "insert into narrow values ('abc', 1000)",
    ])
      expect(await codeOf(run(pool, insert, { effect: 'write' })), insert).toBe('source_refused_statement');
    expect((await run(pool, 'select * from narrow')).rows).toEqual([]);
    await pool.close();
  });

  it('makes no code of what the server names its columns', async () => {
    const pool = poolOf(engine);
    // The driver would write a reader of rows, and have it compiled.
    const compiled = vi.spyOn(globalThis, 'Function');
    try {
      const { rows } = await run(pool, "select 1 as `a'];throw 1//`");
      expect(rows).toEqual([{ "a'];throw 1//": engine.dialect.literal(1) }]);
      expect(compiled).not.toHaveBeenCalled();
    } finally {
      compiled.mockRestore();
      await pool.close();
    }
  });

  it('session state never crosses runs: variables, locks, temporary tables, roles', async () => {
    const pool = poolOf(engine);
    const state = `select @canary as canary, @@session.sql_select_limit > 1000000 or true as whatever, @@time_zone as zone,
      @@session.sql_mode as mode, is_used_lock('canary') as held, current_role() as role`;
    const settle = () => new Promise((resolve) => setTimeout(resolve, 100));
    const before = (await run(pool, state)).rows[0];
    for (const attempt of [
      "select @canary := 'left behind' as v",
      "select get_lock('canary', 1) as v",
      'select last_insert_id(77) as v',
    ]) {
      await settle();
      await codeOf(run(pool, attempt));
      await settle();
      expect((await run(pool, state)).rows[0], attempt).toEqual(before);
    }
    const role = `role_of_${database.user}`;
    await engine.admin(`create role ${role}`);
    await engine.admin(`grant ${role} to ${database.user}`);
    await engine.admin(`create procedure act_as() sql security invoker set role ${role}`);
    for (const write of [
      'call act_as()',
      "set @canary = 'left behind'",
      "set session time_zone = '+09:00'",
      'create temporary table scratch (x int)',
    ]) {
      await settle();
      await run(pool, write, { effect: 'schema' });
      await settle();
      expect((await run(pool, state)).rows[0], write).toEqual(before);
      expect(await codeOf(run(pool, 'select * from scratch'))).toBe('source_refused_statement');
      await settle();
    }
    await engine.admin(`drop role ${role}`);
    await pool.close();
  });

  it("a run means the same whatever the server's defaults are, after a reset too", async () => {
    const pinned = {
      [isMysql ? 'transaction_isolation' : 'tx_isolation']: ["'READ-COMMITTED'", 'REPEATABLE-READ'],
      sql_auto_is_null: ['1', '0'],
      wait_timeout: ['28800', '120'],
      group_concat_max_len: ['1024', '17825792'],
    } as const;
    const all = Object.entries(pinned);
    const globals = all.map(([name]) => `@@global.${name} as ${name}`).join(', ');
    const [before = {}] = await engine.admin(`select ${globals}`);
    const settings = all.map(([name, [to]]) => `${name} = ${to}`).join(', ');
    const pool = poolOf(engine);
    try {
      await engine.admin(`set global ${settings}`);
      const seen = `select ${all.map(([name]) => `@@session.${name} as ${name}`).join(', ')}`;
      const expected = Object.fromEntries(all.map(([name, [, is]]) => [name, is]));
      for (let i = 0; i < 2; i++) expect((await run(pool, seen)).rows).toEqual([expected]);
      // Not what a server decides of writes.
      const write = await run(pool, `select @@session.${all[0]?.[0]} as isolation`, { effect: 'write' });
      expect(write.rows).toEqual([{ isolation: 'READ-COMMITTED' }]);
    } finally {
      const back = all.map(([name]) => `${name} = ${JSON.stringify(before[name])}`).join(', ');
      await engine.admin(`set global ${back}`);
      await pool.close();
    }
  });

  it('what is made of a value compares with columns of the database, whatever its collation, and after a reset too', async () => {
    const { database: name } = database;
    const named = (to: string) => engine.admin(`alter database ${name} ${to}`);
    const [before] = await engine.admin('select @@collation_database as is_now');
    const query =
      'select name, cast(? as char) as made, upper(?) as big from named where cast(? as char) = name';
    try {
      for (const [to, found] of [
        ['collate utf8mb4_unicode_520_ci', 1],
        ['collate utf8mb4_bin', 0],
        ['character set latin1', 1],
      ] as const) {
        await named(to);
        await engine.admin('create table named (name varchar(9))');
        const pool = poolOf(engine);
        await run(pool, "insert into named values ('Zoë')", { effect: 'write' });
        for (let i = 0; i < 2; i++)
          expect((await run(pool, query, { binds: ['zoë', 'ö', 'zoë'] })).rows, to).toHaveLength(found);
        await pool.close();
        await engine.admin('drop table named');
      }
    } finally {
      await named(`collate ${before?.is_now}`);
    }
  });

  it('Q2 a mistake of syntax is told at its place, also where the server quotes a part of the rest', async () => {
    const pool = poolOf(engine);
    const long = ` and a = 'it''s größer'`.repeat(9);
    for (const [text, at] of [
      ['select 1 as a order by a ?', 25],
      ["select 'x' as a from 'x' y 'x'", 21],
      [`select 1 as a\norder by a ?${long}`, 25],
      [`select${' ,'.repeat(200)} 1`, undefined],
      ['select (1', undefined],
    ] as const) {
      const failure = await pool.describe(text).catch((error: unknown) => error);
      expect(failure, text).toMatchObject({ code: 'source_refused_statement', position: at });
    }
    await pool.close();
  });

  it('Q2 a column or a table that the server does not know is told at its place, where only one can be meant', async () => {
    const pool = poolOf(engine);
    for (const [text, at] of [
      ["select 'nope' as a, nope /* nope */ from information_schema.tables", 20],
      ['select 1 as a,\n  t.`Nope` from information_schema.tables t', 17],
      ['select a.nope from (select 1 as nope) b', 7],
      ['select 1 as a from `no such` where 1 = ?', 19],
      ['select nope as a from information_schema.tables where nope = 1', undefined],
    ] as const) {
      const failure = await pool.describe(text).catch((error: unknown) => error);
      expect(failure, text).toMatchObject({ code: 'source_refused_statement', position: at });
    }
    await pool.close();
  });

  it('Q16 a column that is a bare value has no type until the value is there', async () => {
    const pool = poolOf(engine);
    const { statements, result } = await compileAt(pool, mysqlLanguage, 'select {{ x }} as said, 1 as one');
    expect(result?.map((column) => column.engineType)).toEqual([
      'by value',
      isMysql ? 'whole number' : 'int',
    ]);
    const { rows } = await run(pool, statements[0]!.text, { binds: ['words'], columns: result });
    expect(rows).toEqual([{ said: 'words', one: 1 }]);
    await pool.close();
  });

  describe('Q16 a column that is made of a value runs with every kind of value', () => {
    const values = [1, 0.5, 'words', '12.50', null, true, 9_007_199_254_740_991];
    it.each([
      ['{{ x }}', 'text'],
      ['n + {{ x }}', 'decimal'],
      ['price * {{ x }}', 'decimal'],
      ['-{{ x }}', 'decimal'],
      ['coalesce({{ x }}, n)', 'text'],
      ['if(n > 0, {{ x }}, 0)', 'text'],
      ['case when n > 0 then {{ x }} end', 'text'],
      ['greatest(n, {{ x }})', isMysql ? 'text' : 'decimal'],
      ['(select max(n + {{ x }}) from made)', 'decimal'],
      ['concat(name, {{ x }})', 'text'],
      ['n = {{ x }}', 'integer'],
      ['cast({{ x }} as signed)', 'integer'],
      ['{{ x }} div 2', 'integer'],
    ])('%s', async (expression, type) => {
      const pool = poolOf(engine);
      await run(pool, 'create table if not exists made (n int, price decimal(8,2), name varchar(20))', {
        effect: 'schema',
      });
      await run(pool, "replace into made values (1, 2.5, 'one')", { effect: 'write' });
      const text = `select name, ${expression} as made, n from made limit {{ l }}`;
      const { statements, result } = await compileAt(pool, mysqlLanguage, text);
      const { text: statement = '', binds: names = [] } = statements[0] ?? {};
      expect(result?.[1]?.type).toBe(type);
      for (const value of values) {
        const binds = names.map((name) => (name === 'l' ? 3 : value));
        const { rows } = await run(pool, statement, { binds, columns: result });
        expect(rows.length, String(value)).toBeGreaterThan(0);
      }
      // What does not depend on the value is held to as ever.
      const other = result?.map((column) =>
        column.name === 'n' ? { ...column, engineType: 'bigint' } : column,
      );
      const binds = names.map((name) => (name === 'l' ? 3 : 1));
      expect(await codeOf(run(pool, statement, { binds, columns: other }))).toBe('source_shape_changed');
      await pool.close();
    });
  });

  describe('Q16 a type that the plan makes another is no other shape', () => {
    const cases = [
      [
        "select a.id, (select name from planned p where p.id = a.id) as name, coalesce(a.note, a.name) as note, '' as none, null as nothing from planned a join planned b on b.id = a.id order by b.note",
        { id: 1, name: 'one', note: 'first', none: '', nothing: null },
      ],
      [
        "select name, max(flag) as flag, max(kind) as kind, date_add('2026-01-31', interval 1 day) as day from planned group by name, day order by flag -- end",
        { name: 'one', flag: 1, kind: 'x', day: '2026-02-01' },
      ],
      [
        'select a.name, a.note = b.note as alike, month(a.name) is null as odd, coalesce(a.flag, b.flag) as flag, nullif(a.id, 2) as part from planned a join planned b on b.note = a.note order by b.kind',
        { name: 'one', alike: 1, odd: 1, flag: 1, part: 1 },
      ],
    ] as const;
    const window = { limit: 9, offset: 0, loose: false, filters: [], search: null, total: false } as const;
    it.each(cases)('%s', async (text, row) => {
      const pool = poolOf(engine);
      await run(pool, 'drop table if exists planned', { effect: 'schema' });
      await run(
        pool,
        "create table planned (id int primary key, name char(10), note varchar(700), flag tinyint(1), kind enum('y', 'x'))",
        { effect: 'schema' },
      );
      await run(pool, "insert into planned values (1, 'one', 'first', 1, 'x')", { effect: 'write' });
      const { result } = await compileAt(pool, mysqlLanguage, text);
      const columns = result ?? [];
      const order = [{ column: 'name', direction: 'asc' }] as const;
      const wrapped = mysqlLanguage.wrap(text, [], columns, { ...window, order, position: null });
      for (const statement of [text, wrapped.statement])
        expect((await run(pool, statement, { columns })).rows).toEqual([row]);
      await pool.close();
    });
  });

  it('Q5 a search by words is a read, windowed or not, and so is what counts each value once', async () => {
    const pool = poolOf(engine);
    await run(
      pool,
      'create table notes (id int primary key, title varchar(90), body text, n int, fulltext (title, body), key by_n (n))',
      { effect: 'schema' },
    );
    await run(pool, "insert into notes values (1, 'ship', 'late', 5), (2, 'late', 'paid', 5)", {
      effect: 'write',
    });
    const search =
      'select id, match (title, body) against ({{ q }} in boolean mode) > 0 as found from notes where match (title, body) against ({{ q }} in boolean mode) order by id';
    const compiled = await compileAt(pool, mysqlLanguage, search, { windowed: true });
    expect([compiled.effect, compiled.tables]).toEqual([
      'read',
      [{ name: 'notes', access: 'read', columns: ['body', 'id', 'title'] }],
    ]);
    const [statement = ''] = compiled.statements.map(({ text }) => text);
    const columns = compiled.result ?? [];
    const window = { limit: 9, offset: 0, loose: false, filters: [], search: null, total: false } as const;
    const order = [{ column: 'id', direction: 'desc' }] as const;
    const wrapped = mysqlLanguage.wrap(statement, [], columns, { ...window, order, position: null });
    const binds = ['+late -paid', '+late -paid'];
    for (const text of [statement, wrapped.statement])
      expect((await run(pool, text, { columns, binds })).rows).toEqual([{ id: 1, found: 1 }]);
    const figures =
      'select sum(distinct n) as sum, std(n) as std, variance(n) as spread from notes use index (by_n)';
    const { effect, result } = await compileAt(pool, mysqlLanguage, figures);
    expect(effect).toBe('read');
    expect((await run(pool, figures, { columns: result })).rows).toEqual([{ sum: '5', std: 0, spread: 0 }]);
    await pool.close();
  });

  it.each(['select 1 as name, 2 as Name', 'select sql_calc_found_rows 1 as name -- end'])(
    'Q17 no window is put around what is no sub-select: %s',
    async (text) => {
      const pool = poolOf(engine);
      expect((await compileAt(pool, mysqlLanguage, text)).effect).toBe('read');
      await expect(compileAt(pool, mysqlLanguage, text, { windowed: true })).rejects.toMatchObject({
        places: [{ path: 'windowed', message: expect.stringContaining('sub-select') }],
      });
      await pool.close();
    },
  );

  it('Q13 the bytes that reach the engine are the compiled statement', async () => {
    const pool = poolOf(engine);
    const statement = "select  1 as one /* kept {{as}} it -- is */ from dual where ? = 'x'   -- end";
    await engine.admin("set global log_output = 'TABLE'");
    await engine.admin('set global general_log = 1');
    await run(pool, statement, { binds: ['x'] });
    await engine.admin('set global general_log = 0');
    const logged = await engine.admin(
      "select convert(argument using utf8mb4) as text from mysql.general_log where command_type = 'Prepare'",
    );
    expect(logged.map((row) => row.text)).toContain(statement);
    await pool.close();
  });

  it('a truth value, a bit, a zero date and invalid JSON keep what they are', async () => {
    const pool = poolOf(engine);
    await run(
      pool,
      "create table odd (flag tinyint(1), bits bit(9), at timestamp(3) null, raw varbinary(4), e enum('x','y'), y year, f float, post int(5) zerofill)",
      { effect: 'schema' },
    );
    await run(
      pool,
      "insert into odd values (1, b'100000001', '2026-11-22 09:41:00.25', x'00ff', 'y', 2026, 0.3, 1067), (2, b'1', null, null, null, null, null, null)",
      { effect: 'write' },
    );
    const { rows, running } = await run(pool, 'select * from odd order by flag');
    expect(rows).toEqual([
      {
        flag: true,
        bits: '257',
        at: '2026-11-22T09:41:00.250+00:00',
        raw: { base64: 'AP8=', bytes: 2 },
        e: 'y',
        y: 2026,
        f: 0.3,
        post: '01067',
      },
      { flag: 2, bits: '1', at: null, raw: null, e: null, y: null, f: null, post: null },
    ]);
    expect(running.columns.map((column) => column.engineType)).toEqual([
      'tinyint(1)',
      'bit(9)',
      'timestamp(3)',
      'varbinary(4)',
      'enum',
      'year',
      'float',
      'int unsigned zerofill',
    ]);
    await pool.close();
  });

  it('the catalog knows a column without a default, and one of JSON, for what they are', async () => {
    const pool = poolOf(engine);
    await run(
      pool,
      "create table defaulted (a datetime null, b int not null, c varchar(9) default 'NULL', d int default 5, doc json null, valid longtext, place point, seen timestamp null on update current_timestamp)",
      { effect: 'schema' },
    );
    const columns = (await pool.catalog()).find(({ name }) => name === 'defaulted')?.columns ?? [];
    expect(columns.map(({ name, type, hasDefault }) => [name, type, hasDefault])).toEqual([
      ['a', 'timestamp', false],
      ['b', 'integer', false],
      ['c', 'text', true],
      ['d', 'integer', true],
      ['doc', 'json', false],
      ['valid', 'text', false],
      // No form can bind one: it would be asked for, and compared, as a text.
      ['place', 'binary', false],
      ['seen', 'timestamp', false],
    ]);
    expect(columns.filter(({ setOnUpdate }) => setOnUpdate).map(({ name }) => name)).toEqual(['seen']);
    await pool.close();
  });

  it('the catalog names the values of an enumeration as they are, and not as the server writes them', async () => {
    const pool = poolOf(engine);
    const values = String.raw`'C:\\new', 'two\nlines', '\r', 'it''s', '\\'`;
    await run(pool, `create table paths (path enum(${values}))`, { effect: 'schema' });
    const [path] = (await pool.catalog()).find(({ name }) => name === 'paths')?.columns ?? [];
    expect(path?.choices).toEqual(['C:\\new', 'two\nlines', '\r', "it's", '\\']);
    await pool.close();
  });

  it.runIf(!isMysql)(
    'the key of a versioned table is what a query of it can name, and a sequence is no table',
    async () => {
      const pool = poolOf(engine);
      await run(pool, 'create table kept (id int primary key, v int) with system versioning', {
        effect: 'schema',
      });
      await run(pool, 'create sequence counted', { effect: 'schema' });
      const tables = await pool.catalog();
      expect(tables.map(({ name }) => name)).not.toContain('counted');
      const kept = tables.find(({ name }) => name === 'kept');
      expect(kept).toMatchObject({ primaryKey: ['id'], columns: [{ name: 'id' }, { name: 'v' }] });
      await pool.close();
    },
  );

  it('a table without transactions cannot be taken back, and the error says so', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table plain (x int) engine = MyISAM', { effect: 'schema' });
    const error = await run(pool, 'insert into plain values (1), (2)', {
      effect: 'write',
      expectRows: { atMost: 1 },
    }).catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: 'write_exceeded_expectation',
      detail: expect.stringContaining('changed all the same'),
      plain: expect.stringContaining('changed all the same'),
    });
    await run(pool, 'create table keyed (x int primary key) engine = MyISAM', { effect: 'schema' });
    // A server that keeps no warnings still counts them.
    for (const kept of [64, 0]) {
      await engine.admin(`set global max_error_count = ${kept}`);
      const other = poolOf(engine);
      await run(other, 'delete from keyed', { effect: 'write' });
      const twice = run(other, 'insert into keyed values (1), (1)', { effect: 'write' });
      expect(await codeOf(twice)).toBe('write_outcome_unknown');
      expect((await run(other, 'select x from keyed')).rows).toEqual([{ x: 1 }]);
      await other.close();
    }
    await engine.admin('set global max_error_count = 64');
    // Cut by the engine's own limit, or by a cancel of ours, in the middle of it.
    const slow = `insert into plain select seq from ${numbers(1000)} where sleep(0.05) = 0`;
    expect(await codeOf(run(pool, slow, { effect: 'write', timeoutMs: 300 }))).toBe('write_outcome_unknown');
    const cut = AbortSignal.timeout(300);
    expect(await codeOf(pool.run(runnable(slow, { effect: 'write' }), cut))).toBe('write_outcome_unknown');
    await run(pool, 'create table safe (x int)', { effect: 'schema' });
    const undone = pool.run(
      runnable(slow.replace('plain', 'safe'), { effect: 'write' }),
      AbortSignal.timeout(300),
    );
    expect(await codeOf(undone)).toBe('run_cancelled');
    await pool.close();
  });

  it('a file of this machine is never read for the server', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table loot (line text)', { effect: 'schema' });
    for (const effect of ['write', 'schema', 'read'] as const)
      expect(
        await codeOf(run(pool, "load data local infile '/etc/passwd' into table loot", { effect })),
      ).toBe('source_refused_statement');
    expect((await run(pool, 'select count(*) as n from loot')).rows).toEqual([{ n: '0' }]);
    await pool.close();
  });

  it('what a procedure committed before it failed, was cut or was lost is not said to have changed nothing', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table steps (x int primary key)', { effect: 'schema' });
    for (const [name, body] of [
      ['committed', "insert into steps values (1); commit; signal sqlstate '45000' set message_text = 'no'"],
      ['undone', "insert into steps values (1); signal sqlstate '45000' set message_text = 'no'"],
      [
        'slow',
        `insert into steps values (2); commit; insert into steps select seq + 9 from ${numbers(500)} where sleep(0.05) = 0`,
      ],
    ])
      await engine.admin(`create procedure ${name}() sql security invoker begin ${body}; end`);
    const call = (name: string, timeoutMs = 10_000) =>
      codeOf(run(pool, `# too\n/* of ours */ --\ncall ${name}()`, { effect: 'write', timeoutMs }));
    expect(await call('undone')).toBe('source_refused_statement');
    expect((await run(pool, 'select x from steps')).rows).toEqual([]);
    expect(await call('committed')).toBe('write_outcome_unknown');
    expect(await call('slow', 300)).toBe('write_outcome_unknown');
    await run(pool, 'delete from steps', { effect: 'write' });
    const lost = call('slow');
    await vi.waitFor(async () => {
      expect((await run(pool, 'select x from steps')).rows).toEqual([{ x: 2 }]);
    }, 10_000);
    await engine.dialect.endConnections(engine.database().user);
    expect(await lost).toBe('write_outcome_unknown');
    await pool.close();
  });

  it('the character set is set after every reset, since MySQL’s takes the server’s own', async () => {
    const pool = poolOf(engine);
    await engine.admin("set global log_output = 'TABLE'");
    await engine.admin('set global general_log = 1');
    try {
      for (let i = 0; i < 3; i++) await run(pool, 'select 1 as one');
      await vi.waitFor(async () => {
        // A reset is not in the log; what sets the session up again is.
        const said = await engine.admin(
          `select convert(l.argument using utf8mb4) as text from mysql.general_log l
            join information_schema.processlist p on p.id = l.thread_id
            where p.user = '${database.user}' and l.argument like 'set session sql_auto%'`,
        );
        expect(said.length).toBeGreaterThanOrEqual(3);
        for (const { text } of said) {
          expect(text).toContain('names utf8mb4');
          // MySQL lets every account set these. Another may need a privilege there, and then no ordinary account can connect.
          expect(
            String(text)
              .match(/\w+(?= = )/g)
              ?.filter((name) => !FREE.has(name)),
          ).toEqual([]);
        }
      });
    } finally {
      await engine.admin('set global general_log = 0');
    }
    await pool.close();
  });

  it.runIf(!isMysql)('what is asked of a table opens no other one, however many the server has', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table lonely (id int primary key)', { effect: 'schema' });
    await engine.admin("set global log_output = 'TABLE'");
    await engine.admin('set global general_log = 1');
    try {
      await pool.relations([{ schema: null, name: 'lonely' }]);
    } finally {
      await engine.admin('set global general_log = 0');
    }
    const asked = await engine.admin(
      `select distinct convert(l.argument using utf8mb4) as text from mysql.general_log l
        join information_schema.processlist p on p.id = l.thread_id
        where p.user = '${database.user}' and l.argument like 'select%information_schema%lonely%'`,
    );
    expect(asked).toHaveLength(3);
    for (const { text } of asked)
      for (const { Extra } of await engine.admin(`explain ${text}`))
        expect(Extra).toMatch(/Scanned 0 databases/);
    await pool.close();
  });

  it('a row that is larger than a row may be ends the run', { timeout: 60_000 }, async () => {
    await engine.admin('set global max_allowed_packet = 134217728');
    const pool = poolOf(engine);
    const large = "select repeat('x', 60000000) as s";
    expect(await codeOf(run(pool, large, { maxBytes: 1_000_000 }))).toBe('source_row_too_large');
    // As much as the whole answer of a read may have.
    expect(await codeOf(run(pool, large, { maxBytes: 4 * 1024 ** 3 }))).toBe('source_row_too_large');
    await run(pool, 'create table if not exists rows_kept (s longtext)', { effect: 'schema' });
    const writes = `insert into rows_kept ${large} returning s`;
    if (!isMysql) expect(await codeOf(run(pool, writes, { effect: 'write' }))).toBe('source_row_too_large');
    expect((await run(pool, 'select count(*) as n from rows_kept')).rows).toEqual([{ n: '0' }]);
    expect((await run(pool, 'select 1 as one')).rows).toEqual([{ one: engine.dialect.literal(1) }]);
    await pool.close();
  });

  it('a procedure that commits our transaction still cannot write in a read', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table touched (x int)', { effect: 'schema' });
    await engine.admin(
      `create procedure ${database.database}.touch() begin commit; insert into touched values (1); select 1 as one; end`,
    );
    expect(await codeOf(run(pool, 'call touch()'))).toBe('source_refused_statement');
    expect((await run(pool, 'select count(*) as n from touched')).rows).toEqual([{ n: '0' }]);
    expect((await run(pool, 'call touch()', { effect: 'write' })).rows).toEqual([
      { one: engine.dialect.literal(1) },
    ]);
    expect((await run(pool, 'select count(*) as n from touched')).rows).toEqual([{ n: '1' }]);
    await pool.close();
  });

  it('D6 an account that can only read is as a read source expects, and each surplus is named', async () => {
    const user = `reader_${database.user}`.slice(0, 30);
    await engine.admin(`create user ${user}@'%' identified by 'pw'`);
    await engine.admin(`grant select on ${database.database}.* to ${user}@'%'`);
    const reader = poolOf(engine, { user, password: 'pw', mode: 'read' });
    expect((await reader.probe()).privileges).toMatchObject({ exceeds: false, remedy: null });
    await engine.admin(`grant insert on ${database.database}.* to ${user}@'%'`);
    await engine.admin(`grant file on *.* to ${user}@'%'`);
    const fresh = poolOf(engine, { user, password: 'pw', mode: 'read' });
    const report = (await fresh.probe()).privileges;
    expect(report?.exceeds).toBe(true);
    expect(report?.remedy).toContain(`revoke file on *.* from '${user}'@'%';`);
    expect(report?.remedy).toMatch(/revoke insert on/);
    for (const statement of (report?.remedy ?? '').split('\n')) await engine.admin(statement);
    const after = poolOf(engine, { user, password: 'pw', mode: 'read' });
    expect((await after.probe()).privileges?.exceeds).toBe(false);
    await Promise.all([reader.close(), fresh.close(), after.close()]);
    await engine.admin(`drop user ${user}@'%'`);
  });

  it('D6 a surplus is found on names that have to be quoted, in a role that may be taken, and under names of its own', async () => {
    const name = database.database.slice(0, 20);
    const user = `${name}'s`;
    const account = `\`${user}\`@'%'`;
    const [roomy, writer, active] = [`\`${name} on x\``, `${name}_writer`, `${name}_active`];
    for (const statement of [
      `create database ${roomy}`,
      `create role ${writer}`,
      `grant insert on ${database.database}.* to ${writer}`,
      `create role ${active}`,
      `grant select on ${database.database}.* to ${active}`,
      `create user ${account} identified by 'pw'`,
      `grant ${active} to ${account}`,
      `set default role ${active} ${isMysql ? 'to' : 'for'} ${account}`,
    ])
      await engine.admin(statement);
    const reported = async () => {
      const pool = poolOf(engine, { user, password: 'pw', mode: 'read' });
      const report = (await pool.probe()).privileges;
      await pool.close();
      return report;
    };
    // What its active role gives is what it needs.
    expect(await reported()).toMatchObject({ exceeds: false, remedy: null });
    for (const [grant, privilege] of [
      [`grant update on ${roomy}.* to ${account}`, 'INSERT, UPDATE, DELETE'],
      [`grant event on ${database.database}.* to ${account}`, 'CREATE, ALTER, DROP'],
      [
        `grant ${isMysql ? 'connection_admin' : 'read_only admin'} on *.* to ${account}`,
        'SUPER and administration',
      ],
      [`grant ${writer} to ${account}`, 'Further roles (SET ROLE)'],
    ] as const) {
      await engine.admin(grant);
      const report = await reported();
      expect(report?.lines.filter((line) => line.has && !line.needed)).toEqual([
        { privilege, needed: false, has: true },
      ]);
      for (const statement of (report?.remedy ?? '').split('\n')) await engine.admin(statement);
    }
    expect(await reported()).toMatchObject({ exceeds: false, remedy: null });
    await engine.admin(`drop user ${account}`);
    await engine.admin(`drop role ${writer}, ${active}`);
    await engine.admin(`drop database ${roomy}`);
  });

  it('D6 what an active role gives too much is mended by leaving that role: it is not the account’s own to be revoked', async () => {
    const name = database.database.slice(0, 20);
    const account = `${name}_actor@'%'`;
    const role = `${name}_granted`;
    for (const statement of [
      `create role ${role}`,
      `grant select, delete on ${database.database}.* to ${role}`,
      `create user ${account} identified by 'pw'`,
      `grant select, insert on ${database.database}.* to ${account}`,
      `grant ${role} to ${account}`,
      `set default role ${role} ${isMysql ? 'to' : 'for'} ${account}`,
    ])
      await engine.admin(statement);
    const reported = async () => {
      const pool = poolOf(engine, { user: `${name}_actor`, password: 'pw', mode: 'read' });
      const report = (await pool.probe()).privileges;
      await pool.close();
      return report;
    };
    const [own, ofRole, ...others] = (await reported())?.remedy?.split('\n') ?? [];
    expect(own).toMatch(/^revoke insert on /);
    expect(ofRole).toMatch(new RegExp(`^revoke .${role}.* from `));
    expect(others).toEqual([]);
    await engine.admin(own!);
    expect((await reported())?.remedy).toBe(ofRole);
    // What every account of a MariaDB has is neither this one's own nor its role's.
    if (!isMysql) {
      await engine.admin(`grant event on ${database.database}.* to public`);
      const [ofAll, ...more] = (await reported())?.remedy?.split('\n') ?? [];
      expect(ofAll).toMatch(/^revoke event on .* from public;$/);
      expect(more).toEqual([ofRole]);
      await engine.admin(ofAll!);
    }
    await engine.admin(ofRole!);
    expect(await reported()).toMatchObject({ exceeds: false, remedy: null });
    await engine.admin(`drop user ${account}`);
    await engine.admin(`drop role ${role}`);
  });

  it('Q17 an enum is ordered by its number and compared by its text: it is no position, and as one would lose rows', async () => {
    const pool = poolOf(engine);
    await run(pool, "create table moods (id int primary key, mood enum('sad', 'ok', 'glad') not null)", {
      effect: 'schema',
    });
    await run(pool, "insert into moods values (1, 'sad'), (2, 'ok'), (3, 'glad')", { effect: 'write' });
    const text = 'select id, mood from moods';
    const { columns } = await pool.describe(text);
    const mood = columns![1]!;
    const id = columns![0]!;
    expect([mysqlLanguage.comparable(mood), mysqlLanguage.comparable(id)]).toEqual([false, true]);
    const order = [
      { column: 'mood', direction: 'asc' as const },
      { column: 'id', direction: 'asc' as const },
    ];
    const window = { limit: 9, offset: 0, order, loose: false, filters: [], search: null, total: false };
    const all = mysqlLanguage.wrap(text, [], columns!, { ...window, position: null });
    expect((await run(pool, all.statement, all)).rows.map((row) => row.mood)).toEqual(['sad', 'ok', 'glad']);
    const at = [
      { column: mood, direction: 'asc' as const, value: 'sad' },
      { column: id, direction: 'asc' as const, value: 1 },
    ];
    const rest = mysqlLanguage.wrap(text, [], columns!, { ...window, position: { side: 'after', at } });
    expect((await run(pool, rest.statement, rest)).rows).toEqual([]);
    await pool.close();
  });

  it('Q16 a long text or JSON that is put together comes whole', async () => {
    const pool = poolOf(engine);
    const rows = "(select repeat('x', 700000) as s union all select repeat('y', 700000)) t";
    const text = `select length(group_concat(s)) as texts, length(json_arrayagg(s)) as items from ${rows}`;
    const [row] = (await run(pool, text)).rows;
    expect([Number(row?.texts), Number(row?.items)]).toEqual([1_400_001, isMysql ? 1_400_008 : 1_400_007]);
    await pool.close();
  });

  it('Q16 a recursion goes on to its end, or to the time limit', async () => {
    const pool = poolOf(engine);
    const days = (more: string) =>
      `with recursive n as (select 1 as i union all select i + 1 from n ${more}) select count(*) as n from n`;
    expect((await run(pool, days('where i < 3000'))).rows).toEqual([{ n: '3000' }]);
    expect(await codeOf(run(pool, days(''), { timeoutMs: 500 }))).toBe('source_timeout');
    await pool.close();
  });

  it.runIf(!isMysql)('insert … returning answers its rows and counts them', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table returned (id int primary key auto_increment, x int)', { effect: 'schema' });
    const { rows, end } = await run(pool, 'insert into returned (x) values (?), (?) returning id, x', {
      effect: 'write',
      binds: [7, '8'],
      expectRows: { exactly: 2 },
    });
    expect(rows).toEqual([
      { id: 1, x: 7 },
      { id: 2, x: 8 },
    ]);
    expect(end.changed).toBe(2);
    // As a query runs that was saved: by the columns that were described.
    for (const text of [
      'insert into returned (x) values (9) returning x',
      'delete from returned where x = 9 returning x',
    ]) {
      const { columns } = await pool.describe(text);
      expect((await run(pool, text, { effect: 'write', columns })).rows, text).toEqual([{ x: 9 }]);
    }
    expect((await pool.describe('delete from returned')).columns).toEqual([]);
    expect((await run(pool, 'select x from returned order by id limit ?', { binds: [1] })).rows).toEqual([
      { x: 7 },
    ]);
    await pool.close();
  });

  it('a procedure answers the rows of its one result; of one that answers several, nothing is kept', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table called (x int)', { effect: 'schema' });
    for (const [name, answers] of [
      ['single', 'select x from called'],
      ['several', 'select x from called; select 2 as two'],
      ['silent', 'do 1'],
    ])
      await engine.admin(
        `create procedure ${database.database}.${name}() begin insert into called values (1); ${answers}; end`,
      );
    const called = async (name: string) => {
      const { columns } = await pool.describe(`call ${name}()`);
      return (await run(pool, `call ${name}()`, { effect: 'write', columns })).rows;
    };
    expect(await called('single')).toEqual([{ x: 1 }]);
    expect(await codeOf(called('several'))).toBe('source_refused_statement');
    expect(await called('silent')).toEqual([]);
    expect((await run(pool, 'select count(*) as n from called')).rows).toEqual([{ n: '2' }]);
    await pool.close();
  });
});
