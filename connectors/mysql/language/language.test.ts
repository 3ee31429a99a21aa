import { beforeAll, describe, expect, it } from 'vitest';
import { cpuMs } from '../../../server/test/cpu-ms.ts';
import { compose } from '../../language/compose.ts';
import { typeArguments } from '../../language/type-arguments.ts';
import { type Outline, Uncompilable } from '../../language.ts';
import { sqlDocument } from '../../suite/sql-document.ts';
import { mysqlLanguage } from './index.ts';

beforeAll(() => mysqlLanguage.load());

const outline = (text: string): Outline => mysqlLanguage.outline(sqlDocument(text));
const refused = (text: string): string => {
  try {
    outline(text);
  } catch (error) {
    if (error instanceof Uncompilable) return error.message;
    throw error;
  }
  throw new Error(`compiled: ${text}`);
};

describe('Q1 holes are found by MySQL’s own lexical rules', () => {
  it.each([
    "select '{{ a }}'",
    'select "{{ a }}"',
    "select 'it''s {{ a }}'",
    'select `{{ a }}`',
    'select 1 -- {{ a }}',
    'select 1 # {{ a }}',
    'select /* {{ a }} */ 1',
    'select a{{ b }}',
  ])('refuses %s', (text) => expect(refused(text)).toMatch(/expression|value/));
  it('says at the second of two statements how both are run', () => {
    expect(refused('update t set a = 1; update t set a = 2;')).toMatch(
      /exactly one statement\. .* one after the other/,
    );
  });
  it('offers concat', () => expect(refused("select '%{{ q }}%'")).toContain("concat('%', {{ q }}, '%')"));
  it('offers the same of a string in double quotes', () => {
    expect(refused('select 1 where a = "{{ q }}"')).toContain('this instead: {{ q }}');
    expect(refused('select "it\'s ""{{ q }}"""')).toContain(`concat('it''s "', {{ q }}, '"')`);
  });
  it.each([
    ["select '#' , {{ a }}", "select '#' , ?"],
    ['select `a``b`, {{ a }} from t', 'select `a``b`, ? from t'],
    ['select 5--{{ a }}', 'select 5--?'],
    ['select `?`, `;` from t where a = {{ a }}', 'select `?`, `;` from t where a = ?'],
  ])('finds the hole of %s', (text, statement) => expect(outline(text).statements[0]?.text).toBe(statement));
  it.each([
    "select 'a\\'' ",
    'select "a\\"b"',
    "select 'a\\\\'",
    'select /*! 1 */',
    'select /*+ x */ 1',
    'select @a := 1',
    'select @@version',
    'select ?',
  ])('refuses what modes and versions read in two ways, session state and hand-written binds: %s', (text) =>
    expect(refused(text)).not.toBe(''),
  );
});

describe('Q2 a hole is a bind, and where there is none, a choice', () => {
  const idle = (text: string) =>
    outline(text).idle.map(({ at, length }) => text.slice(at, (at ?? 0) + (length ?? 0)));
  it.each([
    'select * from t order by {{ c }}',
    'select * from t order by {{ c }} desc, a',
    'select a, count(*) from t group by {{ c }} limit {{ n }}',
    'select row_number() over (order by {{ c }}) from t',
    'select * from t order by a desc, {{ c }} limit {{ m }}, {{ n }}',
    'select a, count(*) from t group by if(a, b, 1), {{ c }}',
  ])('a value would do nothing: %s', (text) => expect(idle(text)).toEqual(['{{ c }}']));
  it.each([
    'select * from t order by {{ c }} = a',
    'select * from t order by {{ c }} + a desc',
    'select * from t order by a limit {{ n }}',
    'select * from t order by a, b limit {{ m }}, {{ n }}',
    'select * from t order by field(a, {{ c }}), b',
    'select date_add(a, interval {{ c }} day) from t order by a',
  ])('a value does something: %s', (text) => expect(idle(text)).toEqual([]));
  it.each([
    "select * from t where a like '%' || {{ q }} || '%'",
    "select first || ' ' || last as name from t",
    "select concat({{ a }} || 'x') from t",
  ])('|| joins no texts: %s', (text) => expect(outline(text).idle[0]?.message).toContain('|| means OR'));
  it.each([
    "select * from t where a = 'x' || b = 'y'",
    "select * from t where a = 1 || 'x' = b or 'y' || {{ all }}",
    "select * from t where a = 1 || 'x' in (b, c)",
  ])('|| is an OR: %s', (text) => expect(idle(text)).toEqual([]));
  it('is refused when it is saved, and a release that has it runs on', () => {
    const document = sqlDocument('select a from t order by {{ c }}');
    expect(() => compose(document, 'source', outline(document.text), { descriptions: [] })).toThrow(/choice/);
  });
  it('is found in whichever statement a choice makes', () => {
    const document = sqlDocument('select a from t {{ by }} {{ c }}', {
      choices: { by: ['limit', 'order by'] },
    });
    expect(mysqlLanguage.outline(document).idle).toHaveLength(1);
  });
  it('Q17 says what a choice of the order has to do with paging', () => {
    const column = { name: 'a', engineType: 'int', type: 'integer' as const, nullable: false };
    const document = sqlDocument('select a from t order by a {{ d }}', {
      windowed: true,
      choices: { d: ['asc', 'desc'] },
    });
    const descriptions = [1, 2].map(() => ({ parameters: [], columns: [column] }));
    expect(() => compose(document, 'source', mysqlLanguage.outline(document), { descriptions })).toThrow(
      /for every choice/,
    );
  });
});

it('Q17 an order finds a column of the result in any case, as MySQL does', () => {
  const column = { name: 'ID', engineType: 'int', type: 'integer' as const, nullable: false };
  const document = sqlDocument('select ID from t order by id desc', { windowed: true });
  const descriptions = [{ parameters: [], columns: [column] }];
  expect(compose(document, 'source', mysqlLanguage.outline(document), { descriptions }).order).toEqual([
    { column: 'ID', direction: 'desc' },
  ]);
});

it('Q17 a union without ORDER BY is not ordered, so that a window may order it', () => {
  const ordered = (text: string) => outline(text).ordered;
  expect(ordered('select a from orders union all select a from u')).toBe(false);
  expect(ordered('select a from t union all select a from u order by a')).toBe(true);
  expect(ordered('(select a from t order by a limit 3) union (select a from u)')).toBe(true);
});

it('Q5 what would take the parser for ever is not understood, and holds nothing up', () => {
  const nested = (depth: number) => `select ${'cast('.repeat(depth)}a${' as char)'.repeat(depth)} from t`;
  let effect = '';
  const work = cpuMs(() => {
    effect = outline(nested(12)).effect;
  });
  expect(effect).toBe('write');
  expect(work).toBeLessThan(4_000);
  expect(outline(nested(5)).effect).toBe('read');
  expect(outline(`select ${Array(500).fill('cast(a as char)').join(', ')} from t`).effect).toBe('read');
});

it.each([
  ['select a from t union all select b from u order by a desc, 2 limit 9', ['a desc', '2 asc']],
  ['(select a from t order by b limit 3) union select b from u union select c from v order by a', ['a asc']],
  ['(select a from t) union (select b from u order by b limit 3) order by a', ['a asc']],
  ['(select a from t) union (select b from u order by b limit 3)', []],
  ['(select a, b from t order by a limit 9) order by b desc', ['b desc']],
  ['((select a from t)) order by a', ['a asc']],
  ['(select a from t order by a) limit 3', ['a asc']],
  ['select * from orders o order by o.a, o.b desc', ['a asc', 'b desc']],
  ['select a, B as c from orders o order by o.a, o.b desc', ['a asc', 'c desc']],
  ['select a as c, o.b, now() as d from orders o order by a, B', ['c asc', 'B asc']],
  ['select a as b, b as a from orders order by a, orders.a', ['a asc', 'b asc']],
  ['select * from (select a from t) as o order by o.a', ['a asc']],
  // A name of the result goes first, and here the parser does not tell all of them.
  ["select a as b, 'a' from orders order by a", ['a asc']],
  ['select *, a as b from orders order by a', ['a asc']],
  // In a join with USING, `a` may be either's.
  ['select * from o left join u using (a) order by u.a', []],
  ['select a from o left join u using (a) order by u.a', []],
  ['select u.a as b from o left join u using (a) order by a', ['a asc']],
  ['select x.t.a, y.t.a as b from x.t join y.t on x.t.id = y.t.id order by y.t.a, x.t.a', ['b asc', 'a asc']],
])('Q17 an order is read where it is of all rows: %s', (text, order) => {
  const read = outline(text);
  expect(read.order.map(({ column, direction }) => `${column} ${direction}`)).toEqual(order);
  expect(read.ordered).toBe(true);
});

describe('Q3 a list is written out by its length', () => {
  it('marks the place, and nothing else of the text changes', () => {
    const [statement] = outline('select * from t where a in ({{ ids }}) and b = {{ b }}').statements;
    expect(statement).toMatchObject({
      text: 'select * from t where a in (?) and b = ?',
      binds: ['ids', 'b'],
      expand: [{ bind: 0 }],
    });
  });
});

describe('Q5 effects by the words, reads by the grammar', () => {
  it.each([
    'select * from t for update',
    'select * from t lock in share mode',
    'insert into t (a) values (1)',
    'replace into t values (1)',
    'with q as (select 1) delete from t',
    'call p()',
    'select nextval(s)',
    'select next value for s',
  ])('a write: %s', (text) => expect(outline(text).effect).toBe('write'));
  it.each([
    "select load_file('/etc/passwd')",
    "select `load_file`('/etc/passwd')",
    "select load_file /* */ ('/etc/passwd')",
    "select high_priority load_file('/etc/passwd')",
    "insert t select high_priority load_file('/etc/passwd')",
    "with a as (select load_file('/etc/passwd')) select * from a",
    "select get_lock('a', 1)",
    "select service_get_write_locks('a', 'b', 1)",
    "select group_replication_set_as_primary('x')",
    "select keyring_key_fetch('k')",
    "select * from t into outfile '/tmp/x'",
    'select 1 into dumpfile "x"',
    'set names utf8',
    'do sleep(1)',
    'load data infile "x" into table t',
    'create table x (a int)',
    'select 1; select 2',
    'handler t open',
  ])('refused: %s', (text) => expect(refused(text)).not.toBe(''));
  it('reads names in the letters of any script, told from each other and from those of a string', () => {
    const text =
      "select т.имя as 名, к.ひらがな from товары т join `고객` к on к.id = т.id where т.имя <> '一丁товар' order by имя";
    const { effect, relations, order } = outline(text);
    expect(effect).toBe('read');
    expect(relations.map(({ name }) => name)).toEqual(['товары', '고객']);
    expect(order).toEqual([{ column: 'имя', direction: 'asc' }]);
    expect(outline('update заказы set статус = 1').tables).toEqual([{ name: 'заказы', access: 'write' }]);
  });
  it('reads what it understands, and takes the rest as a write that touches everything, and says so', () => {
    expect(
      outline(
        'select a, count(*) from t join u using (id) where b like {{ b }} limit {{ n }} offset {{ o }}',
      ),
    ).toMatchObject({
      effect: 'read',
      tables: [
        { name: 't', access: 'read' },
        { name: 'u', access: 'read' },
      ],
    });
    expect(outline('select * from t natural join u where a = {{ q }}')).toMatchObject({
      effect: 'write',
      tables: null,
      notes: [expect.stringMatching(/could not be analysed/)],
    });
  });
  it.each([
    ['with a as (select 1 as n), b as (select n from a join t) select * from b', ['t']],
    ['with recursive a as (select 1 as n union all select n + 1 from a join t) select * from a', ['t']],
    ['with a as (select * from a) select * from a', ['a']],
    [
      'with recursive b as (select 1 as n union all select n + 1 from b), a as (select * from a) select * from a, b',
      [],
    ],
    // Only what is written below a CTE reads it: above, it is a table.
    ['with a as (select * from b), b as (select 1) select * from a, b', ['b']],
    [
      'with recursive a as (select x from t where x in (select x from b)), b as (select 1) select * from a, b',
      ['b', 't'],
    ],
  ])('tells tables from CTEs: %s', (text, tables) =>
    expect(outline(text).tables?.map(({ name }) => name)).toEqual(tables),
  );
  it('says of what it does not know that it is called, and of nothing else', () => {
    const text =
      "select any_value(a), st_distance(p, point(1, 2)), j.k from t, lateral (select 1) x, json_table(d, '$[*]' columns (k int path '$')) j where 1 member of (d)";
    expect(outline(text)).toMatchObject({ effect: 'read', notes: [] });
    for (const named of [
      'replace t (a) values (1)',
      'insert ignore s.t (a, b) select 1, 2',
      'with recursive x (a, b) as (select 1, 2), y (c) as (select a from x) select c from y',
    ])
      expect(outline(named).notes).toEqual([]);
    for (const called of ['columns', 'of', 'mine'])
      expect(outline(`select ${called} (a) from t`).notes).toEqual([
        expect.stringContaining(`What ${called}() does`),
      ]);
  });
  it('Q4 takes a number where it reckons', () => {
    const hints = (text: string) => outline(text).arguments.map(({ hint }) => hint);
    expect(hints('update t set a = a + {{ x }}, b = {{ y }} * b, c = c div {{ z }}')).toEqual([
      'decimal',
      'decimal',
      'decimal',
    ]);
    expect(hints("select {{ x }} -> '$.a', {{ y }}, concat('+', {{ z }}), *  from t")).toEqual([
      null,
      null,
      null,
    ]);
  });
  it('Q4 takes true or false where a condition stands, of which a text would be false', () => {
    const types = (text: string, own: Parameters<typeof typeArguments>[1] = {}) =>
      typeArguments(outline(text), own, { descriptions: [] }).map(({ type }) => type);
    const list = 'select a from t where';
    for (const condition of [
      `${list} ({{ n === 0 }} or a = 1)`,
      `${list} {{ all }}`,
      `${list} (({{ all }})) and b = 2`,
      `${list} b = 2 and not {{ all }} order by a`,
      `${list} a between 1 and 2 and {{ all }}`,
      `${list} (b = 2 or {{ all }}) limit 5`,
      'select if(a = 1 and {{ all }}, 1, 2) from t',
      'select a from t join u on {{ all }} and t.b = u.b',
      'select if({{ all }}, a, b) from t',
      'select case when a = case b when 1 then 2 end then 3 when {{ all }} then 4 end from t',
    ])
      expect([condition, ...types(condition)]).toEqual([condition, 'boolean']);
    for (const value of [
      `${list} a between 1 and {{ x }}`,
      `${list} a between 1 and {{ x }} and b = 2`,
      `${list} a not between (1) and ({{ x }}) or b = 2`,
      `${list} a = {{ x }} or b = 2`,
      `${list} b = 2 and {{ x }} < a`,
      `${list} {{ x }} is null or a = {{ x }}`,
      `${list} a not in ({{ [1] }})`,
      `${list} not lower({{ x }})`,
      `${list} {{ x }} and a = {{ x }}`,
      'select case a when {{ x }} then 1 end from t',
      'select case a when case when b then 1 end then 2 when {{ x }} then 3 end from t',
      'select if(a = 1, {{ x }}, b) from t',
    ])
      expect([value, ...types(value)]).toEqual([value, 'text']);
    // It takes a number too, from whoever wrote it so.
    expect(types(`${list} {{ all }}`, { all: { type: 'integer' } })).toEqual(['integer']);
    expect(types(`${list} {{ 1 }} or a = 1`)).toEqual(['integer']);
  });
  it('Q4 takes no number where an interval is added or taken away: no time could be given there', () => {
    const text =
      'select {{ a }} - interval 1 day, {{ b }} + interval {{ c }} month, interval 1 day + {{ d }}, {{ e }} - 1';
    expect(outline(text).arguments.map(({ hint }) => hint)).toEqual([null, null, null, null, 'decimal']);
  });
  it('Q6 counts what a statement changes, and not what a procedure does', () => {
    expect(outline('update t set a = 1').counted).toBe(true);
    expect(outline('call clean()').counted).toBe(false);
    expect(outline('insert into t (a) values (1) on duplicate key update a = 2').counted).toBe(false);
    expect(outline('insert into t (a) values (1) on duplicate/**/key update a = 2').counted).toBe(false);
    expect(outline("insert into t (a) values ('on duplicate key')").counted).toBe(true);
    // One that was there counts as two: with `exactly 1`, no run that met one could be.
    expect(outline('replace into t (a) values (1)').counted).toBe(false);
    expect(outline('replace into t (a) values (1) returning a').counted).toBe(true);
    expect(outline("update t set a = replace(a, 'x', 'y')").counted).toBe(true);
  });
  it('takes an integer after LIMIT and OFFSET', () => {
    expect(outline('select 1 limit {{ n }} offset {{ o }}').arguments.map((one) => one.hint)).toEqual([
      'integer',
      'integer',
    ]);
  });
  // MariaDB reads -1 as 18446744073709551615: `delete … limit {{ n }}` emptied the table.
  it('Q4 takes no number below 0 after LIMIT and OFFSET, whatever is beside it and whatever a builder allows', () => {
    const limits = (text: string, own: Parameters<typeof typeArguments>[1] = {}) => {
      const t = { columns: ['a'], hidden: [], required: [], primaryKey: [], unique: [], kinds: new Map() };
      const relations = new Map([['t', { ...t, types: new Map([['a', 'int']]) }]]);
      return typeArguments(outline(text), own, { descriptions: [], relations });
    };
    expect(limits('delete from t limit {{ n }}')).toMatchObject([{ type: 'integer', min: '0' }]);
    expect(limits('select a from t limit {{ n }}, {{ m }}')).toMatchObject([{ min: '0' }, { min: '0' }]);
    expect(limits('select a from t where a = {{ n }} limit {{ n }}')).toMatchObject([
      { min: '0', max: '2147483647' },
    ]);
    expect(limits('delete from t where a < {{ n }} + 1 limit {{ n }}')).toMatchObject([
      { type: 'integer', min: '0' },
    ]);
    expect(limits('delete from t limit {{ n }}', { n: { min: '1', max: '9' } })).toMatchObject([
      { min: '1', max: '9' },
    ]);
    expect(() => limits('delete from t limit {{ n }}', { n: { min: '-1' } })).toThrow(Uncompilable);
  });
});
