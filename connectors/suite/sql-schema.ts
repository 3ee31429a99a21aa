import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONSTRAINT_WORDS } from '../constraint-words.ts';
import type { ConnectorError, Pool } from '../port.ts';
import { codeOf, run } from './harness.ts';
import { poolOf, type SqlEngine } from './sql-harness.ts';

export function sqlSchema(engine: SqlEngine): void {
  const { dialect } = engine;
  let pool: Pool;
  beforeAll(async () => {
    pool = poolOf(engine);
    for (const statement of [
      'create table teams (id int primary key, name varchar(80) not null)',
      `create table people (id int primary key, team int not null, mail varchar(120),
        constraint people_team foreign key (team) references teams (id))`,
      'create view everyone as select p.id, t.name from people p join teams t on t.id = p.team',
      'create table shapes (id int primary key, size int not null, note varchar(20))',
      "insert into shapes values (1, 7, 'x')",
      dialect.table,
    ])
      await run(pool, statement, { effect: 'schema' });
  });
  afterAll(() => pool.close());

  describe('what is there', () => {
    it('the catalog names tables, views, columns and keys, and holds no row', async () => {
      await run(pool, "insert into teams values (1, 'canary-row-value')", { effect: 'write' });
      const tables = await pool.catalog();
      const people = tables.find((table) => table.name === 'people');
      expect(people).toMatchObject({
        kind: 'table',
        primaryKey: ['id'],
        foreignKeys: [{ columns: ['team'], table: 'teams', references: ['id'] }],
      });
      expect(people?.columns.map((column) => [column.name, column.type, column.nullable])).toEqual([
        ['id', 'integer', false],
        ['team', 'integer', false],
        ['mail', 'text', true],
      ]);
      expect(tables.find((table) => table.name === 'everyone')).toMatchObject({
        kind: 'view',
        primaryKey: [],
      });
      expect(JSON.stringify(tables)).not.toContain('canary-row-value');
    });

    it('the catalog names what stands in for a primary key: the narrowest unique key without nulls', async () => {
      const last = engine.name === 'postgres' ? '(code) where place > 0' : '(code(3))';
      for (const statement of [
        'create table wares (shelf varchar(9) not null, place int not null, code varchar(9) not null, note int unique, unique (shelf, place))',
        `create unique index wares_some on wares ${last}`,
        'create table bins (id int primary key, code int not null unique)',
      ])
        await run(pool, statement, { effect: 'schema' });
      const keysOf = async () =>
        (await pool.catalog())
          .filter(({ name }) => ['wares', 'bins'].includes(name))
          .map(({ primaryKey, uniqueKey }) => [primaryKey, uniqueKey]);
      expect(await keysOf()).toEqual([
        [['id'], undefined],
        [[], ['shelf', 'place']],
      ]);
      await run(pool, 'create unique index wares_code on wares (code)', { effect: 'schema' });
      expect((await keysOf())[1]).toEqual([[], ['code']]);
    });

    it('the catalog names the values of an enumeration, in their order', async () => {
      const values = "enum ('up', 'it''s', 'down')";
      const [type, ...before] =
        engine.name === 'postgres' ? ['temper', `create type temper as ${values}`] : [values];
      for (const statement of [...before, `create table tempers (id int primary key, temper ${type})`])
        await run(pool, statement, { effect: 'schema' });
      const tempers = (await pool.catalog()).find((table) => table.name === 'tempers');
      expect(tempers?.columns.map(({ choices }) => choices)).toEqual([undefined, ['up', "it's", 'down']]);
    });

    it('the catalog has a default that is a plain value, and none that is computed', async () => {
      await run(
        pool,
        `create table with_defaults (id int primary key, word varchar(20) default 'it''s', blank varchar(20) not null default '',
          few int default -5, lots bigint default 9007199254740993, price decimal(8,2) default 1.50, rounded int default 2.0,
          open boolean not null default true, shut boolean default false, nothing varchar(20) default null,
          made timestamp default current_timestamp, joined varchar(40) default (concat('a', 'b')), day date default '2026-01-01')`,
        { effect: 'schema' },
      );
      const found = (await pool.catalog()).find((table) => table.name === 'with_defaults');
      expect(found?.columns.map((column) => [column.name, column.hasDefault, column.default])).toEqual([
        ['id', false, undefined],
        ['word', true, "it's"],
        ['blank', true, ''],
        ['few', true, '-5'],
        ['lots', true, '9007199254740993'],
        ['price', true, '1.50'],
        // MySQL rounds it when the table is made, PostgreSQL when a row is.
        ['rounded', true, engine.name === 'postgres' ? undefined : '2'],
        ['open', true, true],
        ['shut', true, false],
        ['nothing', false, undefined],
        ['made', true, undefined],
        ['joined', true, undefined],
        ['day', true, undefined],
      ]);
    });

    if (engine.name === 'postgres')
      it('a column of a domain is told by what the domain stands on, however deep', async () => {
        for (const statement of [
          'create domain price as numeric(10,2) not null default 0',
          'create domain net as price',
          "create type hue as enum ('red', 'blue')",
          'create domain paint as hue',
          'create domain moment as timestamp',
          "create domain progress as text check (value in ('open', 'it''s done'))",
          "create domain advance as progress check (value <> 'x')",
          "create domain grade as varchar(2) check (value in ('A', 'B') or value like 'C%')",
          'create table of_domains (n net, p paint, at moment, list price[], code char(3), s advance, g grade)',
        ])
          await run(pool, statement, { effect: 'schema' });
        expect(
          (await pool.describe('insert into of_domains (n, at, code) values ($1, $2, $3)')).parameters,
        ).toEqual(['numeric', 'timestamp without time zone', 'bpchar']);
        const found = (await pool.catalog()).find((table) => table.name === 'of_domains');
        expect(
          found?.columns.map((c) => [c.domain, c.engineType, c.type, c.nullable, c.hasDefault, c.choices]),
        ).toEqual([
          ['net', 'numeric(10,2)', 'decimal', false, true, undefined],
          ['paint', 'hue', 'text', true, false, ['red', 'blue']],
          ['moment', 'timestamp without time zone', 'timestamp', true, false, undefined],
          [undefined, 'price[]', 'json', true, false, undefined],
          [undefined, 'character(3)', 'text', true, false, undefined],
          ['advance', 'text', 'text', true, false, ['open', "it's done"]],
          ['grade', 'character varying(2)', 'text', true, false, undefined],
        ]);
      });

    // The other engine's own writing of a check is not read.
    if (engine.name === 'postgres')
      it('the catalog takes a list from a check that is one', async () => {
        await run(
          pool,
          `create table listed (
          plain text check (plain in ('a', 'it''s', 'c, d')), short varchar(9) check (short in ('x', 'y')),
          "Odd ""name" text check ("Odd ""name" in ('o', 'p')), single text check (single in ('one')),
          fixed char(2) check (fixed in ('aa', 'ö€')), padded char(2) check (padded in ('a', 'bb')),
          wider text check (wider in ('a', 'b') or wider like 'z%'), not_in text check (not_in not in ('a', 'b')),
          two text check (two in ('a', 'b') or two in ('c', 'd')), slash text check (slash in ('a\\b', 'c')),
          counted int check (counted in (1, 2)), across text, other text, check (across in ('a', 'b') or other is null),
          later text)`,
          { effect: 'schema' },
        );
        await run(pool, `alter table listed add check (later in ('a', 'b')) not valid`, { effect: 'schema' });
        const listed = (await pool.catalog()).find((table) => table.name === 'listed');
        expect(
          Object.fromEntries(
            listed?.columns.flatMap(({ name, choices }) => (choices ? [[name, choices]] : [])) ?? [],
          ),
        ).toEqual({
          plain: ['a', "it's", 'c, d'],
          short: ['x', 'y'],
          fixed: ['aa', 'ö€'],
          'Odd "name': ['o', 'p'],
        });
      });

    it('a constraint that refuses a write says what to correct, and names nothing', async () => {
      const refused = async (sql: string) =>
        ((await run(pool, sql, { effect: 'write' }).catch((e: unknown) => e)) as ConnectorError).plain;
      await run(pool, "insert into teams values (7, 'seven')", { effect: 'write' });
      expect(await refused("insert into teams values (7, 'again')")).toBe(CONSTRAINT_WORDS.taken);
      expect(await refused('insert into people values (70, 404, null)')).toBe(CONSTRAINT_WORDS.linked);
      expect(await refused('insert into people values (71, null, null)')).toBe(CONSTRAINT_WORDS.missing);
      await run(
        pool,
        'create table lockers (team int, foreign key (team) references teams (id) on delete restrict)',
        { effect: 'schema' },
      );
      await run(pool, 'insert into lockers values (7)', { effect: 'write' });
      expect(await refused('delete from teams where id = 7')).toBe(CONSTRAINT_WORDS.linked);
    });

    it('a description names placeholders and columns without running the statement', async () => {
      const described = await pool.describe(
        `select id, size, note from shapes where id = ${dialect.placeholder(1)}`,
      );
      expect(described.parameters).toHaveLength(1);
      expect(described.columns?.map((column) => [column.name, column.type, column.nullable])).toEqual([
        ['id', 'integer', false],
        ['size', 'integer', false],
        ['note', 'text', true],
      ]);
      const write = await pool.describe('delete from shapes');
      expect(write.columns).toEqual([]);
      expect((await run(pool, 'select id from shapes')).rows).toEqual([{ id: 1 }]);
      expect(await codeOf(pool.describe('select nope from shapes'))).toBe('source_refused_statement');
    });

    it('Q5 the engine says which columns a name has now, and nothing of a name that it does not know', async () => {
      const [people, view, own, none] = await pool.relations([
        { schema: null, name: 'people' },
        { schema: null, name: 'everyone' },
        { schema: engine.name === 'postgres' ? 'public' : engine.database().database, name: 'teams' },
        { schema: null, name: `no"such'table\`` },
      ]);
      expect(people?.columns).toEqual(['id', 'team', 'mail']);
      expect(people?.hidden.includes('ctid')).toBe(engine.name === 'postgres');
      expect(people).toMatchObject({ required: expect.arrayContaining(['id', 'team']), primaryKey: ['id'] });
      expect(people?.unique).toEqual([['id']]);
      expect(view).toMatchObject({ columns: ['id', 'name'], hidden: [], primaryKey: [], unique: [] });
      expect(own?.columns).toEqual(['id', 'name']);
      expect(none).toBeNull();
      expect(await pool.relations([])).toEqual([]);
    });

    it('Q16 values keep their meaning', async () => {
      const { rows, texts, running } = await run(pool, dialect.values.select);
      expect(rows[0]).toEqual(dialect.values.expected);
      expect(texts[0]).not.toMatch(/[\n\r]/);
      expect(running.columns.map((column) => column.name)).toEqual(Object.keys(dialect.values.expected));
    });

    it('Q16 a changed shape fails the run and names the column; the same shape runs', async () => {
      const statement = 'select id, size, note from shapes';
      const { columns } = await pool.describe(statement);
      const read = () => run(pool, statement, { columns });
      expect((await read()).rows).toEqual([{ id: 1, size: 7, note: 'x' }]);
      const change = (sql: string) => engine.admin(sql);
      await change(
        `alter table shapes ${engine.name === 'postgres' ? 'alter size type' : 'modify size'} bigint`,
      );
      expect(await read().catch((e: unknown) => e)).toMatchObject({
        code: 'source_shape_changed',
        detail: expect.stringContaining('size'),
      });
      await change(
        `alter table shapes ${engine.name === 'postgres' ? 'alter size type' : 'modify size'} int`,
      );
      expect((await read()).rows).toEqual([{ id: 1, size: 7, note: 'x' }]);
      await change('alter table shapes drop column note');
      expect(await read().catch((e: unknown) => e)).toMatchObject({
        code: 'source_shape_changed',
        detail: expect.stringContaining('note'),
      });
      const star = { ...columns![0]! };
      expect(
        await run(pool, 'select * from shapes', { columns: [star] }).catch((e: unknown) => e),
      ).toMatchObject({ code: 'source_shape_changed', detail: expect.stringContaining('size') });
      const write = run(pool, "insert into shapes (id, size, note) values (2, 8, 'y')", {
        effect: 'write',
        columns: [],
      });
      expect(await write.catch((e: unknown) => e)).toMatchObject({
        code: 'source_shape_changed',
        detail: expect.stringContaining('note'),
      });
      await change('alter table shapes add column note varchar(40)');
      expect((await read()).rows).toEqual([{ id: 1, size: 7, note: null }]);
    });

    it('D6 the probe tells the version and what the role can do beside its mode', async () => {
      const wide = await pool.probe();
      expect(wide.serverVersion).toMatch(/^(PostgreSQL|MariaDB|MySQL) \d+/);
      expect(wide.privileges?.role).toContain(engine.database().user);
      const readOnly = poolOf(engine, { mode: 'read' });
      const report = (await readOnly.probe()).privileges;
      expect(report?.exceeds).toBe(true);
      expect(report?.remedy).toContain('revoke');
      expect(report?.lines.some((line) => line.has && !line.needed)).toBe(true);
      await readOnly.close();
    });
  });
}
