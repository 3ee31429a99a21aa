import type { SqlQuery } from '@sallyport/contract';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuMs } from '../../../server/test/cpu-ms.ts';
import { compose } from '../../language/compose.ts';
import { type Outline, Uncompilable } from '../../language.ts';
import { sqlDocument } from '../../suite/sql-document.ts';
import { dropGrammar, grammar } from './grammar.ts';
import { postgresLanguage } from './index.ts';

beforeAll(() => postgresLanguage.load());

const outline = (text: string, more: Partial<SqlQuery> = {}): Outline =>
  postgresLanguage.outline(sqlDocument(text, more));
const sent = (text: string, more: Partial<SqlQuery> = {}): string | undefined =>
  outline(text, more).statements[0]?.text;
/** How many parameters the engine's own grammar sees. */
const parameters = (text: string): number =>
  JSON.stringify(grammar().parseSync(text)).split('"ParamRef"').length - 1;
const refused = (text: string, more: Partial<SqlQuery> = {}): Uncompilable => {
  try {
    outline(text, more);
  } catch (error) {
    if (error instanceof Uncompilable) return error;
    throw error;
  }
  throw new Error(`compiled: ${text}`);
};

it('Q17 a key is looked for where tables are joined and nothing else makes the rows', () => {
  const [joined] = outline(
    'select o.id, c.name as n from orders o join customers c on c.id = o.customer and c.live left join app.tags using (tag)',
  ).joined;
  expect(joined?.tables).toEqual([
    { relation: { schema: null, name: 'orders' }, alias: 'o', left: false, merged: [] },
    { relation: { schema: null, name: 'customers' }, alias: 'c', left: false, merged: [] },
    { relation: { schema: 'app', name: 'tags' }, alias: 'tags', left: true, merged: ['tag'] },
  ]);
  const [c, o] = [
    { table: 'c', column: 'id' },
    { table: 'o', column: 'customer' },
  ];
  expect(joined?.equalities[0]).toEqual({ of: null, sides: [c, o] });
  expect(joined?.outputs[1]).toEqual({ value: { table: 'c', column: 'name' }, name: 'n' });
});

it.each([
  ['select {{ a }} is null', true],
  ['select {{ a }} /* or not */ IS NOT NULL', true],
  ["select concat('%', {{ a }}, '%')", true],
  ["select pg_catalog.format('%s %s', lower(b), {{ a }}) from t", true],
  ['select num_nonnulls({{ a }}, b) from t', true],
  ['select {{ a }}::int is null', false],
  ['select {{ a }} is distinct from null', false],
  ['select concat({{ a }} + 1)', false],
  ['select concat(lower({{ a }}))', false],
  ["select jsonb_build_object('a', {{ a }})", false],
  ['select ({{ a }}, 1) is null', false],
  ['select 1 as "concat", ({{ a }})', false],
])('Q4 whether any type may stand there: %s', (text, any) => {
  const { holes, takesAny } = outline(text);
  expect([...takesAny()]).toEqual(any ? [holes[0]?.at] : []);
});

it('Q17 an order by a table’s column is one by the result’s, under the name that it has there', () => {
  const order = (text: string) => outline(text).order.map(({ column }) => column);
  expect(order('select o.id, o.placed as at from orders o order by o.placed desc, o.id')).toEqual([
    'at',
    'id',
  ]);
  expect(order('select c.id, o.* from orders o join c on c.id = o.c order by o.placed')).toEqual(['placed']);
  expect(order('select c.placed, o.id from orders o join c on c.id = o.c order by o.placed')).toEqual([]);
});

it.each([
  ['select * from orders o order by o.placed', ['placed']],
  ['select id, placed as at from orders o order by o.placed, o.id', ['at', 'id']],
  ['select o.placed as at, now() as now from orders o order by placed', ['at']],
  ['select id as placed, placed as at from orders o order by placed, o.placed', ['placed', 'at']],
  ['select * from (select placed from orders) o order by o.placed', ['placed']],
  // A name of the result goes first, and of these not all are known.
  ['select upper(name), upper as u from orders order by upper', ['upper']],
  ['select *, placed as at from orders order by placed', ['placed']],
  // In a join with USING, `id` may be either's.
  ['select * from o left join c using (id) order by c.id', []],
  ['select id from o left join c using (id) order by c.id', []],
  ['select c.id as at from o left join c using (id) order by id', ['id']],
])('Q17 of one table, a column is the same by its table’s name and without: %s', (text, order) => {
  expect(outline(text).order.map(({ column }) => column)).toEqual(order);
});

describe('Q1 holes are found by PostgreSQL’s own lexical rules', () => {
  it.each([
    ["select '{{ a }}'", 'string'],
    ["select E'it\\'s {{ a }}'", 'escape string'],
    ["select U&'\\0041{{ a }}'", 'unicode string'],
    ['select $$ {{ a }} $$', 'dollar quotes'],
    ['select $x$ $$ {{ a }} $$ $x$', 'tagged dollar quotes'],
    ["select 'a'\n  'b{{ a }}'", 'string continued on the next line'],
    ["select e'a'\n  'b\\' {{ a }}'", 'escape string continued on the next line'],
  ])('refuses a hole inside a string: %s (%s)', (text) => {
    const [place] = refused(text).places;
    expect(place?.message).toMatch(/inside a string/);
    expect(text.slice(place?.at, (place?.at ?? 0) + (place?.length ?? 0))).toBe('{{ a }}');
  });
  it('offers the rewrite of a plain string', () => {
    expect(refused("select * from t where a like '%{{ q }}%'").message).toContain("'%' || {{ q }} || '%'");
    // The cast took the second half alone, and no value can stand behind a type.
    expect(refused("select '{{ d }} 23:59'::timestamp").message).toContain("({{ d }} || ' 23:59')");
    expect(refused("select now() - interval '{{ n }} days'").message).toContain(
      "this instead: ({{ n }} || ' days')::interval, without interval before it",
    );
    expect(refused("select date '{{ d }}'").message).toContain('{{ d }}::date, without date before it');
    expect(refused("select nullif($${{ x }}$$, '')").message).toContain('this instead: {{ x }}');
    expect(refused("select $t$it's {{ x }}$t$").message).toContain("this instead: 'it''s ' || {{ x }}");
    expect(refused("select doc->>'a{{ k }}' from t").message).toContain("('a' || {{ k }})");
    expect(refused("select * from t where a in ('x{{ k }}', 'b')").message).toContain(": 'x' || {{ k }}");
    expect(sent("select * from t where a like '%' || {{ q }} || '%'")).toBe(
      "select * from t where a like '%' || $1 || '%'",
    );
  });
  // The builder's fields took such an expression, and the statement did not.
  it.each(['{{ a /* b }} */ }}', '{{ /* b */ a }}', '{{ ( /* ) */ a ) }}', '{{ a // b }}\n}}'])(
    'takes a comment beside an expression: %s',
    (hole) => expect(sent(`select ${hole} as x`)).toBe('select $1 as x'),
  );
  it.each(['{{ a /* }}', '{{ a // }}', '{{ (a /* ) */ }}'])('refuses one that takes its end: %s', (hole) =>
    expect(refused(`select ${hole} as x`).message).toMatch(/single JavaScript|Expected }}/),
  );
  it.each(['select 1 -- {{ a }}', 'select /* {{ a }} */ 1', 'select /* /* */ {{ a }} */ 1'])(
    'refuses a hole inside a comment: %s',
    (text) => expect(refused(text).message).toMatch(/inside a comment/),
  );
  it.each([
    'select "{{ a }}"',
    'select U&"{{ a }}"',
    'select a{{ b }}',
    'select {{ a }}b',
    'select {{ a }}{{ b }}',
  ])('refuses a hole inside or glued to a name: %s', (text) => expect(refused(text).message).toMatch(/name/));
  it.each([
    ["select '--' || {{ a }}", "select '--' || $1"],
    ["select E'\\'' || {{ a }}", "select E'\\'' || $1"],
    ["select '''' || {{ a }} || ''''", "select '''' || $1 || ''''"],
    ['select "a""b" + {{ a }} from t', 'select "a""b" + $1 from t'],
    ['select {{ a }}::int[] -- end', 'select $1::int[] -- end'],
    ['select {{ a }};  ', 'select $1'],
    ['select {{ a }} ; ; -- the end;\n', 'select $1'],
    ['select é.x, {{ a }} from é', 'select é.x, $1 from é'],
  ])('finds the hole of %s', (text, statement) => expect(sent(text)).toBe(statement));
  it.each([
    ["{{ '}}' + x }}", "'}}' + x"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a JavaScript template is what the hole holds
    ['{{ `${ {a: 1}.a }}}` + x }}', '`${ {a: 1}.a }}}` + x'],
    ['{{ ({ a: { b: x } }).a.b }}', '({ a: { b: x } }).a.b'],
    ['{{x/* }} */}}', 'x/* }} */'],
  ])('lets JavaScript decide where %s ends', (hole, expression) =>
    expect(outline(`select ${hole}`).holes[0]?.expression).toBe(expression),
  );
  it.each([
    '{{ }}',
    '{{ a b }}',
    '{{ a',
    '{{ a = 1 }}',
    '{{ a, b }}',
    '{{ import("x") }}',
    '{{ a.constructor }}',
  ])('refuses what is not one reading expression: %s', (hole) =>
    expect(refused(`select ${hole}`)).toBeInstanceOf(Uncompilable),
  );
  it('refuses a placeholder that is written by hand', () => {
    expect(refused('select $1').message).toMatch(/expressions/);
    expect(refused('select $2 + {{ a }}').message).toMatch(/expressions/);
  });
  it('never compiles a text into another number of placeholders than it has holes', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '$$',
      '$x$',
      '--',
      '/*',
      '*/',
      '\n',
      '\\',
      'E',
      'U&',
      '{{ a }}',
      '{{ b.c }}',
      ' ',
      'select',
      '1',
      ',',
      '(',
      ')',
      ';',
      '||',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        try {
          const compiled = outline(`select ${pieces.join('')}`);
          const [statement] = compiled.statements;
          expect(compiled.holes.length).toBe(parameters(statement?.text ?? ''));
        } catch (error) {
          if (!(error instanceof Uncompilable)) throw error;
        }
      }),
      { numRuns: 1_500 },
    );
  });
});

describe('Q1 arguments', () => {
  it('the same expression is the same argument, and a name comes from its expression', () => {
    const { arguments: list, statements } = outline(
      'select * from t where {{ search.value }} is null or a = {{ search.value }} or b = {{ search_value }} or c = {{ f(1) }}',
    );
    expect(list.map((one) => one.name)).toEqual(['search_value_2', 'search_value', 'f_1']);
    expect(statements[0]?.binds).toHaveLength(3);
  });
  it('Q12 origins: identity and constants stand alone, and are never computed with', () => {
    const origin = (hole: string) => outline(`select ${hole}`).arguments[0]?.source;
    expect(origin('{{ currentUser.email }}')).toEqual({ from: 'identity', field: 'email' });
    expect(origin("{{ currentUser['attributes'].team }}")).toEqual({ from: 'attribute', name: 'team' });
    expect(origin('{{ constants.rate }}')).toEqual({ from: 'constant', name: 'rate' });
    expect(origin('{{ -5 }}')).toEqual({ from: 'literal', value: -5 });
    expect(origin('{{ 0.30000000000000004 }}')).toEqual({ from: 'literal', value: 0.30000000000000004 });
    expect(origin('{{ `a` }}')).toEqual({ from: 'literal', value: 'a' });
    expect(origin('{{ null }}')).toEqual({ from: 'literal', value: null });
    expect(origin('{{ row.currentUser }}')).toEqual({ from: 'user' });
    for (const hole of [
      '{{ currentUser.email + "x" }}',
      '{{ [currentUser.id] }}',
      '{{ ({ currentUser }) }}',
      '{{ currentUser }}',
      '{{ currentUser.role }}',
      '{{ currentUser?.email }}',
      '{{ x ? constants.a : 1 }}',
      '{{ constants[name] }}',
      '{{ row[currentUser] }}',
      '{{ ({ [constants]: 1 }) }}',
      // Every object has these.
      '{{ constants.constructor }}',
      '{{ currentUser.attributes.__proto__ }}',
      '{{ (a)) }}',
    ]) {
      expect(refused(`select ${hole}`), hole).toBeInstanceOf(Uncompilable);
    }
  });
});

describe('Q4 a literal is kept as it is written, or refused', () => {
  it.each([
    '1e400',
    '-1e400',
    '1e-400',
    '10n',
    '9007199254740993',
    '-12345678901234567890',
    '0.1234567890123456789',
    "'\\u0000'",
    "'\\ud800'",
    '`\\u0000`',
  ])('refuses {{ %s }}', (literal) =>
    expect(refused(`select {{ ${literal} }}`).message).toMatch(/number|text/),
  );
});

describe('Q2 a hole is a bind, and where there is none, a choice', () => {
  it.each([
    'select * from {{ t }}',
    'select * from t order by a {{ d }}',
    'select * from t order by date {{ d }}',
    'select {{ a }} {{ b }} t',
    'select * from t order by {{ c }}',
    'select a, count(*) from t group by {{ c }}',
  ])('offers a choice for %s', (text) => expect(refused(text).message).toMatch(/choice/));
  it('says what to write for rows, and for a condition that is not always there', () => {
    expect(refused('insert into t (a) values {{ rows }}').message).toMatch(/from jsonb_to_recordset\(/);
    const condition = /Write a condition .* in SQL/;
    expect(refused('select * from t where a = 1 {{ more }}').message).toMatch(condition);
    expect(refused('select * from t order by a {{ direction }}').message).not.toMatch(condition);
    expect(refused('select * from {{ t }}').message).not.toMatch(condition);
  });
  it.each([
    ['a > date {{ d }}', '{{ value }}::date.'],
    [
      "at < now() - interval {{ n }} day and b = 'é'",
      "{{ value }}::interval. For a number of days, {{ value }} * interval '1 day'.",
    ],
    ['at = timestamp with time zone {{ t }}', '{{ value }}::timestamptz.'],
    ['a = (select numeric(8, 2) {{ n }})', '{{ value }}::numeric.'],
  ])('says how to write a type that stands before a value: %s', (where, offer) => {
    const text = `select * from "é" where ${where}`;
    const [place] = refused(text).places;
    expect(place).toMatchObject({ at: text.indexOf('{{'), message: expect.stringMatching(/literal only/) });
    expect(place?.message.endsWith(offer)).toBe(true);
  });
  it('takes a cast of a value in every other form', () => {
    expect(
      sent("select cast({{ a }} as date), {{ b }}::interval day, date({{ a }}), date '2026-01-01'"),
    ).toBe("select cast($1 as date), $2::interval day, date($1), date '2026-01-01'");
  });
  it('compiles one statement a combination', () => {
    const { statements, arguments: list } = outline('select * from t order by {{ column }} {{ direction }}', {
      choices: { column: ['name', 'placed'], direction: ['asc', 'desc'] },
    });
    expect(statements.map((one) => one.text)).toEqual([
      'select * from t order by name asc',
      'select * from t order by name desc',
      'select * from t order by placed asc',
      'select * from t order by placed desc',
    ]);
    expect(list.every((one) => one.choices !== null)).toBe(true);
  });
  it('takes what a choice put into a statement for no value', () => {
    const choices = { by: ['a', 'nope'], d: ['asc', 'down'] };
    const failure = refused('select * from t order by {{ by }} {{ d }}', { choices });
    expect(failure.places[0]).toMatchObject({ at: 34, message: expect.stringContaining('"down"') });
    const { locate } = outline('select * from t order by {{ by }}', { choices: { by: choices.by } });
    expect(locate(1, 25)).toEqual({ path: 'text', at: 25, length: 8, hole: false });
  });
  it('says what is missing at the end of a statement, of its last character or hole', () => {
    const missing = expect.stringContaining('end of input');
    expect(refused('select 1 from').places).toEqual([{ path: 'text', at: 12, length: 1, message: missing }]);
    expect(refused('select 1 from t where (a = {{ x }}').places).toEqual([
      { path: 'text', at: 27, length: 7, message: missing },
    ]);
  });
  it('refuses more than 64 statements, unused choices, and text that leaves its place', () => {
    const many = Array.from({ length: 9 }, (_, i) => `c${i}`);
    expect(refused('select {{ a }}, {{ b }} from t', { choices: { a: many, b: many } }).message).toMatch(
      /81/,
    );
    expect(refused('select 1', { choices: { a: ['x'] } }).message).toMatch(/The query has no/);
    for (const text of ['a; drop table t', 'a -- b', 'a /*', "'a", 'a)', '{{ b }}', '$$']) {
      expect(refused('select {{ a }} from t', { choices: { a: [text] } }), text).toBeInstanceOf(Uncompilable);
    }
  });
});

describe('Q3 a list is an array bind', () => {
  it.each([
    ['select * from t where a in ({{ ids }})', 'select * from t where a = any($1)'],
    ['select * from t where a NOT  IN /* x */ ( {{ ids }} )', 'select * from t where a <> all($1)'],
    ['select * from t where a in ({{ x }}, {{ y }})', 'select * from t where a in ($1, $2)'],
  ])('%s', (text, statement) => expect(sent(text)).toBe(statement));
  it('refuses one argument as a list here and a value there', () => {
    expect(refused('select * from t where a in ({{ x }}) or b = {{ x }}').message).toMatch(/list/);
    expect(refused('select * from t where a in {{ x }}').message).toMatch(/write in \(\{\{ … \}\}\)/);
  });
});

describe('Q5 one statement, analysed by the real grammar', () => {
  it.each([
    'with x as (delete from t returning *) select * from x',
    'select * from t for update',
    'select * from t for key share',
    "select nextval('s')",
    "select pg_notify('a', 'b')",
    'select * from (select * from t for share) x',
    'insert into t values (1)',
    'merge into t using s on t.id = s.id when matched then delete',
    'call p()',
    "select ('s'::regclass).nextval",
    "select x.nextval from unnest(array['s'::regclass]) x",
  ])('a write: %s', (text) => expect(outline(text).effect).toBe('write'));
  it.each([
    'select * into x from t',
    'create table x (a int)',
    'drop table t',
    'copy t to program $$rm$$',
    'do $$ begin end $$',
    'set role postgres',
    'begin',
    'listen x',
    'explain analyze delete from t',
    'select 1; select 2',
    '; select 1',
    '-- nothing',
    'select 1\0; drop table t',
    "select pg_read_file('/etc/passwd')",
    "select pg_catalog.pg_read_file('/etc/passwd')",
    "select * from dblink('x', 'y') as t(a int)",
    "select ext.dblink_exec('x')",
    "select set_config('a', 'b', false)",
    'select pg_advisory_lock(1)',
    "select query_to_xml('delete from t', true, true, '')",
    "select lo_import('/etc/passwd')",
    'select pg_terminate_backend(1)',
    'select public.pg_stat_statements_reset()',
    'select isn_weak(true)',
    'select * from pg_logdir_ls() as (at timestamp, name text)',
    "select pg_prewarm('t')",
    "update pg_settings set setting = 'x'",
    'delete from t where current of c',
    'select 1 union (select * into x from t)',
    "select ('/etc/passwd'::text).pg_read_file",
    'select ({{ pid }}::int).pg_cancel_backend',
    "select (array['/etc/passwd'])[1].pg_read_file",
    'select (select 5::bigint).pg_advisory_lock',
    'select 1 from t where (t.a).lo_import is null',
    "select x.pg_read_file from unnest(array['/etc/passwd']) x",
    "select unnest.pg_read_file from unnest(array['/etc/passwd'])",
    "select (select x.pg_read_file from unnest(array['/etc/passwd']) x) from t x",
    "select coalesce.pg_read_file from coalesce('/etc/passwd'), t as coalesce",
    'update t set a = 1 from unnest(array[1]) x where x.pg_cancel_backend',
  ])('refused: %s', (text) => expect(refused(text)).toBeInstanceOf(Uncompilable));
  it('takes a name after a dot for a call only where it can be one that is refused', () => {
    for (const text of [
      'select lo.lo_revenue, (t.address).street from lineorder lo, t',
      'select lo.lo_revenue from lineorder lo, generate_series(1, 2) n',
      'select q.lo_revenue from (select 1 as lo_revenue) q, unnest(array[1]) x',
      "select x.name from json_to_recordset('[]') as x (name text)",
    ])
      expect(outline(text).effect, text).toBe('read');
    expect(
      outline('insert into t (lo_id) values (1) on conflict (lo_id) do update set lo_id = excluded.lo_id')
        .effect,
    ).toBe('write');
  });
  it('refuses control characters at their place, in a comment and in a string too', () => {
    for (const text of [
      'select 1 /* \u001b[2K */',
      "select '\u0007' as a",
      'select\u000c1',
      'select 1 -- \u007f',
      'select 1 /* \u202e */',
      'select 1 /* \u200f */',
      'select 1 /* \u2067 */',
      'select 1\0; drop table t',
    ]) {
      const [place] = refused(text).places;
      expect(text.slice(place?.at, (place?.at ?? 0) + 1)).toMatch(/[^ -~]|\u007f/);
    }
    expect(sent('select\t1\r\n as a')).toBe('select\t1\r\n as a');
  });
  it('says what it touches, through CTEs and sub-selects', () => {
    expect(
      outline('with users as (select * from users) select * from users join s.b on exists (select from c)')
        .tables,
    ).toEqual([
      { name: 'c', access: 'read' },
      { name: 's.b', access: 'read' },
      { name: 'users', access: 'read' },
    ]);
    expect(outline('with a as (select 1) insert into t select * from a').tables).toEqual([
      { name: 't', access: 'write' },
    ]);
    // A name with its schema is none of a CTE.
    expect(outline('with t as (select 1) select * from s.t').tables).toEqual([
      { name: 's.t', access: 'read' },
    ]);
  });
  it('labels a read that calls what is not known, and keeps it read-only', () => {
    const compiled = outline('select app.total(id), upper(name) from t');
    expect(compiled.effect).toBe('read');
    expect(compiled.functions).toEqual(['app.total', 'upper']);
    expect(compiled.notes[0]).toMatch(/app\.total.*read-only/);
  });
  // They are what operators are made of, and were left out with those that are nothing else.
  it.each([
    "update t set tags = array_append(array_cat(tags, array_prepend('a', tags)), {{ tag }})",
    "select jsonb_extract_path_text(a, 'b'), json_extract_path(c, 'd') from t where starts_with(e, {{ f }})",
  ])('knows the functions of the engine that are an operator too: %s', (text) => {
    expect(outline(text).notes).toEqual([]);
  });
  it.each([
    'select pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) as behind from pg_stat_replication',
    'select now() - pg_last_xact_replay_timestamp() as behind, pg_is_in_recovery()',
    'select pid, pg_blocking_pids(pid) as blocked_by from pg_stat_activity',
  ])('takes what watches the server itself for a read: %s', (text) => {
    expect(outline(text)).toMatchObject({ effect: 'read', notes: [] });
  });
  it.each([
    'select pg_wal_replay_pause()',
    'select pg_switch_wal()',
    'select pg_wal_summary_contents(1, a, b) from t',
  ])('and nothing of that kind that does something, or opens a file: %s', (text) =>
    expect(refused(text).message).toMatch(/reaches beyond/),
  );
  it('refuses what would overflow the grammar’s stack, and takes the most that it allows', async () => {
    expect(refused(`select 1${'+1'.repeat(45_000)}`).message).toMatch(/5000 words/);
    for (const deep of [
      `select ${'- '.repeat(4_990)}1`,
      `select ${'not '.repeat(4_990)}true`,
      `select a${'::int'.repeat(1_600)} from t`,
      `select ${'(select '.repeat(1_600)}1${')'.repeat(1_600)}`,
    ]) {
      try {
        outline(deep);
      } catch (error) {
        expect(error).toBeInstanceOf(Uncompilable);
        await postgresLanguage.load();
      }
      expect(outline('select 1').effect).toBe('read');
    }
  });
  it('refuses to assign so many columns at once that the tree would hold their source a thousand times', () => {
    const names = (n: number) => Array.from({ length: n }, (_, i) => `c${i}`).join(', ');
    const assign = (n: number, m = n) => `update t set (${names(n)}) = (select ${names(m)} from s)`;
    const refuseAll = () => {
      expect(refused(assign(800)).message).toMatch(/over 800 columns/);
      expect(refused(assign(100, 1_600)).message).toMatch(/over 100 columns/);
      expect(
        refused(`update t set a = 1, ( -- ) = (\n${names(900)} ) /* */ -- =\n = (select 1)`).message,
      ).toMatch(/900/);
    };
    expect(cpuMs(refuseAll)).toBeLessThan(1_000);
    expect(outline(assign(100)).effect).toBe('write');
    expect(refused("update t set (a) = (select U&'\\zzzz')").message).toMatch(/rejected/);
    expect(outline("select * from t where (a, b) = (1, 2) and c = ')' or f(a) = 1").effect).toBe('read');
  });
  it('refuses a row of comments that the scanner would read anew for each of them', () => {
    const refuseAll = () => {
      for (const text of ['/**/'.repeat(24_000), `/* ${'/*+'.repeat(19_000)}${'*/'.repeat(19_001)}`])
        expect(refused(`select ${text} 1`).message).toMatch(/row of 2000 signs/);
    };
    expect(cpuMs(refuseAll)).toBeLessThan(1_000);
    const banner = `/${'*'.repeat(400)} ${'/* */'.repeat(100)} ${'*'.repeat(400)}/`;
    expect(outline(`select ${'/**/ '.repeat(2_000)} ${banner} 1`).effect).toBe('read');
  });
  it('takes another grammar after a fault', async () => {
    dropGrammar();
    await postgresLanguage.load();
    expect(outline('select {{ a }} from t').tables).toEqual([{ name: 't', access: 'read' }]);
  });
});

describe('Q8 compiling is pure', () => {
  it('gives the same bytes for the same input, and other bytes for other settings', () => {
    const document = sqlDocument('select * from t where a = {{ a }}');
    const schema = {
      descriptions: [
        {
          parameters: ['integer'],
          columns: [{ name: 'a', engineType: 'integer', type: 'integer' as const, nullable: null }],
        },
      ],
    };
    const once = () =>
      JSON.stringify(compose(document, 'source', postgresLanguage.outline(document), schema));
    expect(once()).toBe(once());
    const other = { ...document, maxRows: 5 };
    expect(JSON.stringify(compose(other, 'source', postgresLanguage.outline(other), schema))).not.toBe(
      once(),
    );
  });
  it('Q4 proposes types from the engine, and lets the builder narrow and not widen them', () => {
    const compile = (settings: SqlQuery['arguments']) => {
      const document = sqlDocument('select {{ a }}', { arguments: settings });
      return compose(document, 's', postgresLanguage.outline(document), {
        descriptions: [{ parameters: ['smallint'], columns: [] }],
      }).arguments[0];
    };
    expect(compile({})).toMatchObject({ type: 'integer', min: '-32768', max: '32767', nullable: true });
    expect(compile({ a: { min: '1', nullable: false } })).toMatchObject({ min: '1', nullable: false });
    expect(() => compile({ a: { type: 'text' } })).toThrow(Uncompilable);
    expect(() => compile({ b: {} })).toThrow(/The query has no argument/);
  });
  it('Q6 rows are expected only where the engine counts all that the statement changes', () => {
    const expecting = (text: string) => {
      const document = sqlDocument(text, { expectRows: { atMost: 1 } });
      return compose(document, 's', postgresLanguage.outline(document), {
        descriptions: [{ parameters: [], columns: [] }],
      }).expectRows;
    };
    for (const counted of [
      'delete from a where id = 1',
      'with one as (select id from a limit 1) delete from a using one where a.id = one.id',
      'merge into a using b on a.id = b.id when matched then delete',
    ]) {
      expect(expecting(counted)).toEqual({ atMost: 1 });
    }
    for (const beside of [
      'with gone as (delete from a returning id) insert into log values (1)',
      'with gone as (delete from a returning id) select count(*) from gone',
      'insert into log with gone as (update a set n = 0 returning id) select count(*) from gone',
      "select nextval('numbers')",
      'call clean()',
    ]) {
      expect(() => expecting(beside)).toThrow(/would not be counted/);
    }
  });
  it('Q4 a list is what the engine calls an array, and no type of a name like one', () => {
    const list = (engineType: string) =>
      compose(sqlDocument('select {{ a }}'), 's', outline('select {{ a }}'), {
        descriptions: [{ parameters: [engineType], columns: [] }],
      }).arguments[0]?.list;
    expect(list('_mood')).toBe(false);
    expect(list('_mood[]')).toBe(true);
    expect(list('integer[]')).toBe(true);
  });
  it('Q16 refuses two columns of one name', () => {
    const document = sqlDocument('select 1 as a, 2 as a');
    const column = { name: 'a', engineType: 'integer', type: 'integer' as const, nullable: null };
    expect(() =>
      compose(document, 's', postgresLanguage.outline(document), {
        descriptions: [{ parameters: [], columns: [column, column] }],
      }),
    ).toThrow(/Two columns/);
  });
  it.each([
    ['', /has no name/],
    ['__proto__', /is called __proto__/],
  ])('Q16 refuses a column called “%s”, and says so', (name, message) => {
    const document = sqlDocument('select 1');
    const column = { name, engineType: 'integer', type: 'integer' as const, nullable: null };
    const descriptions = [{ parameters: [], columns: [column] }];
    expect(() => compose(document, 's', postgresLanguage.outline(document), { descriptions })).toThrow(
      message,
    );
  });
});
