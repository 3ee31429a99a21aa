import { Window, type WindowInput } from '@sallyport/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkWindow } from '../../server/src/contexts/gateway/check-window.ts';
import { type CustomerDatabase, customerMariadb, hasMariadb, isMysql } from '../../server/test/engines.ts';
import { mysqlLanguage } from '../mysql/language/index.ts';
import { compileAt } from './compile-at.ts';
import { codeOf, run, runnable } from './harness.ts';
import { mysqlEngine, numbers } from './mysql-engine.ts';
import { mysqlKinds } from './mysql-kinds.ts';
import { sqlConnecting } from './sql-connecting.ts';
import { poolOf } from './sql-harness.ts';
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
const engine = mysqlEngine(() => database);

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

  it('Q5 reads a table whose name and columns are in another script, without backticks', async () => {
    const pool = poolOf(engine);
    await engine.admin(
      'create table товары (номер int primary key, 値段 decimal(9,2)) character set utf8mb4',
    );
    await engine.admin('insert into товары values (1, 9.50), (2, 12)');
    const text = 'select т.номер, т.値段 from товары т where т.値段 > {{ x }}';
    const { statements, tables, arguments: given } = await compileAt(pool, mysqlLanguage, text);
    expect(tables).toMatchObject([{ name: 'товары', access: 'read' }]);
    expect(given).toMatchObject([{ name: 'x', type: 'decimal' }]);
    const { rows } = await run(pool, statements[0]?.text ?? '', { binds: ['10'] });
    expect(rows).toEqual([{ номер: 2, 値段: '12.00' }]);
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
    for (const [text, plain] of [
      ['insert into t (a) values ?', /bind several rows as one JSON value: .* from json_table\(/],
      ['select 1 as a order by a ?', /use a choice: .* is the whole expression\.$/],
    ] as const)
      await expect(pool.describe(text), text).rejects.toMatchObject({ plain: expect.stringMatching(plain) });
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

  it('Q17 a number of more digits than its type shows is the same on the page before, and no row comes twice', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table priced (id int primary key, price double(10,2))', { effect: 'schema' });
    const values = Array.from({ length: 20 }, (_, i) => `(${i}, ${i})`).join(', ');
    await run(pool, `insert into priced values ${values}`, { effect: 'write' });
    const text = 'select id, price / 3 as third from priced';
    const as = { ...(await compileAt(pool, mysqlLanguage, text, { windowed: true })), hash: '' };
    const page = async (window: WindowInput) => {
      const sort = [{ column: 'third', direction: 'desc' as const }];
      const checked = checkWindow(as, Window.parse({ limit: 6, ...window, sort }));
      const wrapped = mysqlLanguage.wrap(text, [], as.result!, checked);
      return (await run(pool, wrapped.statement, { ...wrapped, columns: as.result })).rows;
    };
    const all = await page({ limit: 99 });
    const back = all.slice(-1);
    for (let i = 0; i < 4; i++) back.unshift(...(await page({ before: back[0] as WindowInput['before'] })));
    expect(back).toEqual(all);
    await pool.close();
  });

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

  it('a procedure that commits our transaction, or a function, still cannot write in a read', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table touched (x int)', { effect: 'schema' });
    await engine.admin(
      `create procedure ${database.database}.touch() begin commit; insert into touched values (1); select 1 as one; end`,
    );
    expect(await codeOf(run(pool, 'call touch()'))).toBe('source_refused_statement');
    await engine.admin(
      `create function ${database.database}.touching() returns int deterministic modifies sql data begin insert into touched values (2); return 1; end`,
    );
    await expect(run(pool, 'select touching() as one')).rejects.toMatchObject({
      code: 'source_refused_statement',
      detail: expect.stringMatching(/READ ONLY transaction\. .*“A function changes data”\.$/),
      plain: 'This query only reads, and a function that it calls changes something.',
    });
    expect((await run(pool, 'select count(*) as n from touched')).rows).toEqual([{ n: '0' }]);
    expect((await run(pool, 'call touch()', { effect: 'write' })).rows).toEqual([
      { one: engine.dialect.literal(1) },
    ]);
    expect((await run(pool, 'select count(*) as n from touched')).rows).toEqual([{ n: '1' }]);
    await pool.close();
  });
});
