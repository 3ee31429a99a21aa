import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CustomerDatabase, customerMariadb, hasMariadb, isMysql } from '../../server/test/engines.ts';
import { CONSTRAINT_WORDS } from '../constraint-words.ts';
import { mysqlLanguage } from '../mysql/language/index.ts';
import { compileAt } from './compile-at.ts';
import { codeOf, run } from './harness.ts';
import { mysqlEngine } from './mysql-engine.ts';
import { poolOf } from './sql-harness.ts';

let database: CustomerDatabase;
const engine = mysqlEngine(() => database);

describe.skipIf(!hasMariadb)(isMysql ? 'what MySQL answers' : 'what MariaDB answers', () => {
  beforeAll(async () => {
    database = await customerMariadb();
  });
  afterAll(() => database.close());

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

  it('a letter that a column cannot have is told in plain words wherever the value stands', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table western (name varchar(9) character set latin1)', { effect: 'schema' });
    for (const [condition, count] of [
      ['name = ?', 1],
      ['name in (?, ?)', 2],
      ['name in (?, ?, ?)', 3],
      ["coalesce(name, ?) <> ''", 1],
    ] as const)
      await expect(
        run(pool, `select name from western where ${condition}`, { binds: Array(count).fill('Łódź') }),
        condition,
      ).rejects.toMatchObject({ code: 'source_refused_statement', plain: CONSTRAINT_WORDS.unread });
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

  it('the catalog calls a truth value what an answer calls it, without a sign and with noughts before it too', async () => {
    const pool = poolOf(engine);
    // MySQL 8.0.19 and later keep no width of one that has neither.
    const unsigned = isMysql ? '' : 'b tinyint(1) unsigned, ';
    await run(
      pool,
      `create table truths (a tinyint(1), ${unsigned}c tinyint(1) zerofill, d tinyint unsigned, e tinyint(2))`,
      { effect: 'schema' },
    );
    const told = (await pool.catalog()).find(({ name }) => name === 'truths')?.columns;
    const { columns: answered } = await pool.describe('select * from truths');
    expect(told?.map(({ type }) => type)).toEqual(answered?.map(({ type }) => type));
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

  it('Q17 each of several numbers that a row shows finds that row', async () => {
    const pool = poolOf(engine);
    await run(pool, 'create table shares (id int, price decimal(9,2), part double)', { effect: 'schema' });
    await run(pool, 'insert into shares values (1, 1.25, 0.1), (2, 3, 0.2), (3, 7, 0.3)', {
      effect: 'write',
    });
    const text = 'select id, price / 3 as third, part / 3 as part from shares';
    const { columns } = await pool.describe(text);
    const all = (await run(pool, text, { columns })).rows;
    for (const column of columns!.slice(1)) {
      const value = all.slice(1).map((row) => row[column.name] as string);
      const filters = [{ column, operator: 'in' as const, value }];
      const window = {
        limit: 9,
        offset: 0,
        order: [],
        loose: false,
        search: null,
        total: false,
        position: null,
      };
      const wrapped = mysqlLanguage.wrap(text, [], columns!, { ...window, filters });
      expect((await run(pool, wrapped.statement, { ...wrapped, columns })).rows).toEqual(all.slice(1));
    }
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
