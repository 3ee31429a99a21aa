import type { SqlQuery } from '@sallyport/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { relationKey } from '../../language/relation-key.ts';
import { typeArguments } from '../../language/type-arguments.ts';
import { sqlDocument } from '../../suite/sql-document.ts';
import { mysqlLanguage } from './index.ts';

beforeAll(() => mysqlLanguage.load());

describe('Q4 the type of the column that a value stands beside', () => {
  /** Tables called t, u and so on. */
  const typesIn = (document: SqlQuery, ...tables: Readonly<Record<string, string>>[]) => {
    const relation = (types: Readonly<Record<string, string>>) => ({
      columns: Object.keys(types),
      hidden: [],
      required: [],
      primaryKey: [],
      unique: [],
      kinds: new Map(),
      types: new Map(Object.entries(types)),
    });
    const relations = new Map(
      tables.map((types, i) => [relationKey({ schema: null, name: 'tuvw'[i]! }), relation(types)]),
    );
    return typeArguments(mysqlLanguage.outline(document), {}, { descriptions: [], relations });
  };
  const typesOf = (text: string, ...tables: Readonly<Record<string, string>>[]) =>
    typesIn(sqlDocument(text), ...tables);
  const typeOf = (...given: Parameters<typeof typesOf>) => typesOf(...given)[0];
  it('is a number of bits: as a text they would be stored as the bytes that it is written with', () => {
    const bits = typeOf('update t set bits = {{ b }}', { bits: 'bit(8)' });
    expect(bits).toMatchObject({ type: 'integer', min: '0' });
  });
  // Bound as the text `true` it was 0: `not {{ mine }}` was every row, and a filter that was off let none through.
  it.each([
    ['{{ all }} or id = 1', ['boolean']],
    ['({{ !s.value }} or name = {{ s.value }})', ['boolean', 'text']],
    ['not {{ mine }} and (({{ a }}) or not ({{ b }}))', ['boolean', 'boolean', 'boolean']],
    ['id = 1 and {{ a }} group by id having {{ b }} order by id', ['boolean', 'boolean']],
    [
      'case when {{ a }} then 1 when {{ b }} and id = 1 then 2 when id = 2 or {{ c }} then 3 end',
      ['boolean', 'boolean', 'boolean'],
    ],
    ['if({{ a }}, {{ b }}, 1) = 1', ['boolean', 'integer']],
    [
      'case id when {{ a }} then 1 end and case case when 1 then 2 end when {{ b }} then 1 end',
      ['text', 'text'],
    ],
    ['id between {{ a }} and {{ b }} and {{ c }}', ['integer', 'integer', 'boolean']],
    [
      "coalesce({{ a }}, name) = name and name = ({{ b }}) and (id, name) in (({{ c }}, 'x'))",
      ['text', 'text', 'text'],
    ],
    [
      "{{ a }} like 'x%' or {{ b }} is null or concat({{ c }}) and {{ d }} regexp 'y'",
      ['text', 'text', 'text', 'text'],
    ],
    ['{{ true }} or {{ 1 }}', ['boolean', 'integer']],
    ['id = 1 && {{ a }} || {{ b }}', ['boolean', 'boolean']],
    ['!{{ a }} and !({{ b }}) = 1 and id != {{ c }}', ['boolean', 'boolean', 'integer']],
    ['(ifnull({{ a }}, false) or name = {{ b }})', ['boolean', 'text']],
    [
      '{{ a }} = true or false <> {{ b }} or {{ c }} is not true or {{ d }} is null',
      ['boolean', 'boolean', 'boolean', 'text'],
    ],
  ])('is a truth value where it is a condition by itself: %s', (where, types) => {
    const told = typesOf(`select 1 from t where ${where}`, { id: 'int', name: 'varchar(9)' });
    expect(told.map(({ type }) => type)).toEqual(types);
  });
  // For 0, which equals every text that is no number, it was every row; and none for an input that was empty.
  it.each([
    "({{ x }} = '' or id = {{ x }})",
    "id = {{ x }} or 'all' = {{ x }}",
    '{{ x }} <> "" and at > {{ x }}',
  ])('is refused beside a text that is no number: %s', (where) => {
    const types = { id: 'int', at: 'datetime' };
    expect(() => typesOf(`select 1 from t where ${where}`, types)).toThrow(
      /Write \{\{ x \}\} is null, or set/,
    );
    const document = sqlDocument(`select 1 from t where ${where}`);
    const relations = new Map([
      [
        't',
        {
          columns: [],
          hidden: [],
          required: [],
          primaryKey: [],
          unique: [],
          kinds: new Map(),
          types: new Map(Object.entries(types)),
        },
      ],
    ]);
    const asText = typeArguments(
      mysqlLanguage.outline(document),
      { x: { type: 'text' } },
      { descriptions: [], relations },
    );
    expect(asText).toMatchObject([{ type: 'text' }]);
  });
  it.each([
    "{{ x }} = '' or name = {{ x }}",
    "{{ x }} = '0' or id = {{ x }}",
    '{{ x }} is null or id = {{ x }}',
    "({{ x }} = '' or date(at) = date({{ x }}) or round({{ x }}, 2) = 1 or {{ x }} = 1)",
    "id = if({{ x }} = '', null, {{ x }})",
  ])('is taken beside one that it may be: %s', (where) => {
    expect(typesOf(`select 1 from t where ${where}`, { id: 'int', name: 'varchar(9)' })).toHaveLength(1);
  });
  // As texts, two times with an offset matched no row, and two numbers were refused.
  it.each([
    ['at between {{ a }} and {{ b }}', ['timestamp', 'timestamp']],
    ['t.at not between {{ a }} and {{ b }} or id = {{ c }}', ['timestamp', 'timestamp', 'integer']],
    ['at between date_sub({{ a }}, interval 1 day) and {{ b }} and id = 1', ['timestamp', 'timestamp']],
    [
      'at < date_add(coalesce({{ a }}, now()), interval {{ b }} day) or at > adddate({{ c }}, {{ d }})',
      ['timestamp', 'text', 'timestamp', 'text'],
    ],
    ['(at between {{ a }} and ({{ b }})) and {{ c }}', ['timestamp', 'text', 'boolean']],
    ['at between {{ a }} and now() and {{ b }}', ['timestamp', 'boolean']],
    ['at between 1 and 2 or {{ a }}', ['boolean']],
    ["case when at between '1' and '2' then id and {{ a }} end", ['text']],
    ['at between (select 1 where 1 and {{ a }}) and {{ b }}', ['boolean', 'timestamp']],
    ['date(at) between {{ a }} and {{ b }}', ['text', 'text']],
    ['at in ({{ a }}, {{ b }})', ['timestamp', 'timestamp']],
    [
      't.at not in (now(), {{ a }}, lower({{ b }}), {{ c }}) and {{ d }}',
      ['timestamp', 'text', 'timestamp', 'boolean'],
    ],
    ['at in (select {{ a }}, {{ b }})', ['text', 'text']],
    ['(at, id) in (({{ a }}, {{ b }}))', ['text', 'text']],
    ['{{ a }} <= t.at and {{ b }} > `at`', ['timestamp', 'timestamp']],
    ['({{ a }} between at and now()) or not {{ b }} = id', ['timestamp', 'integer']],
    ['{{ a }} not between at and now()', ['timestamp']],
    ['at > {{ a }} - interval 1 day', ['timestamp']],
    // What is reckoned of a column may be of another type.
    [
      '{{ a }} < id / 2 or {{ b }} = month(at) or {{ c }} like at or 1 + {{ d }} > at',
      ['text', 'text', 'text', 'decimal'],
    ],
  ])('stands beside in a condition: %s', (condition, types) => {
    const given = typesOf(`select 1 from t where ${condition}`, { at: 'datetime(3)', id: 'int' });
    expect(given.map(({ type }) => type)).toEqual(types);
  });
  it('is found by a name in another case: a text is compared with a number as a double is', () => {
    expect(typeOf('select 1 from t where ID = {{ b }}', { Id: 'bigint' })).toMatchObject({ type: 'integer' });
  });
  it('is proposed where all tables of the name agree, and else not', () => {
    const text = 'select 1 from t join u where at = {{ b }}';
    expect(typeOf(text, { at: 'date' }, { at: 'date' })).toMatchObject({ type: 'date' });
    expect(typeOf(text, { at: 'date' }, { At: 'datetime' })).toMatchObject({ type: 'text' });
  });
  // As a text, `true` was compared as 0, so that a filter answered the others, and an offset was left out.
  it.each([
    ['t join u', 't.at = {{ a }} and U.`at` > {{ b }} and at = {{ c }}', ['timestamp', 'date', 'text']],
    ['t x join u as y', 'x.at in ({{ a }}) and {{ b }} <= y.at', ['timestamp', 'date']],
    ['(select at from t) x join u', 'x.at = {{ a }} and u.at = {{ b }}', ['text', 'date']],
    ['t x', 'exists (select 1 from u x where x.at = {{ a }})', ['text']],
  ])('is of the table that stands before the dot: %s where %s', (from, where, types) => {
    const given = typesOf(`select 1 from ${from} where ${where}`, { at: 'datetime' }, { at: 'date' });
    expect(given.map(({ type }) => type)).toEqual(types);
  });
  it('is of every table that a choice puts behind a name', () => {
    const text =
      'select 1 from t join {{ other }} x where x.at = {{ a }} and x.id = {{ b }} and t.at = {{ c }}';
    const choices = { other: ['u', 'v'] };
    const types: Record<string, string>[] = [
      { at: 'date' },
      { at: 'date', id: 'int' },
      { at: 'datetime', id: 'int' },
    ];
    const given = typesIn(sqlDocument(text, { choices }), ...types);
    const of = (name: string) => given.find((one) => one.name === name)?.type;
    expect(['a', 'b', 'c'].map(of)).toEqual(['text', 'integer', 'date']);
  });
  it('has room for what the name means in each table', () => {
    const of = (...types: string[]) =>
      typeOf('select 1 from t join u where n = {{ a }}', ...types.map((n) => ({ n })));
    expect(of('int', 'bigint unsigned')).toMatchObject({
      type: 'integer',
      min: '-2147483648',
      max: '18446744073709551615',
    });
    expect(of('bit(1)', 'tinyint(1)')).toMatchObject({ type: 'integer', min: '-128' });
    expect(of('datetime(6)', 'timestamp')).toMatchObject({ type: 'timestamp' });
    expect(of('float', 'float')).toMatchObject({ type: 'decimal', engineType: 'float' });
    expect(of('float', 'double')).toMatchObject({ type: 'decimal', engineType: null });
  });
  // As a text, `true` is 0, and neither 1 nor what a person chose.
  it.each([
    ['{{ a }} = 1 or 0 <> {{ b }} or ifnull({{ c }}, 0) != 1', ['integer', 'integer', 'integer']],
    ['({{ a }} = 0 or price >= {{ a }}) and (name = {{ b }} or {{ b }} = 0)', ['decimal', 'text']],
    [
      '{{ true }} = 1 or {{ a }} > 0 or {{ b }} = 2 or 1 < {{ c }} or {{ d }} = 1 + 1',
      ['boolean', 'text', 'text', 'text', 'text'],
    ],
  ])('is a whole number where a number says yes or no: %s', (where, types) => {
    const given = typesOf(`select 1 from t where ${where}`, { name: 'varchar(9)', price: 'decimal(9,2)' });
    expect(given.map(({ type }) => type)).toEqual(types);
  });
  it.each([
    ['having max(at) >= {{ a }} and min(t.id) in ({{ b }})', ['timestamp', 'integer']],
    [
      'where coalesce(t.at, now()) between {{ a }} and {{ b }} and greatest(id, 1) <> {{ c }}',
      ['timestamp', 'timestamp', 'integer'],
    ],
    [
      'having max(id * 2) > {{ a }} or count(id) > {{ b }} or id - max(id) > {{ c }}',
      ['text', 'text', 'decimal'],
    ],
    ['where lower(at) = {{ a }} or (id, at) = {{ b }}', ['text', 'text']],
  ])('is that of a column of which a function answers a value: %s', (condition, types) => {
    const given = typesOf(`select 1 from t ${condition}`, { at: 'datetime', id: 'int' });
    expect(given.map(({ type }) => type)).toEqual(types);
  });
  // Of a text, MariaDB leaves out the offset.
  it.each([
    ['date(at) = date({{ a }}) and at >= cast({{ b }} as datetime)', ['timestamp', 'timestamp']],
    [
      'datediff({{ a }}, at) > {{ b }} or timestampdiff(hour, at, {{ c }}) > 1',
      ['timestamp', 'text', 'timestamp'],
    ],
    [
      'year(at) = year(coalesce({{ a }}, now())) or timestampdiff(day, {{ b }}, at)',
      ['timestamp', 'timestamp'],
    ],
    [
      'date_format({{ a }}, {{ b }}) = hour({{ c }}) or cast({{ d }} as time) or date(concat({{ e }}))',
      ['timestamp', 'text', 'text', 'text', 'text'],
    ],
    ['id = {{ a }} and date({{ a }}) = 1 or timestampdiff(day, lower({{ b }}), at)', ['integer', 'text']],
  ])('is a time where a function takes one: %s', (where, types) => {
    const given = typesOf(`select 1 from t where ${where}`, { at: 'datetime', id: 'int' });
    expect(given.map(({ type }) => type)).toEqual(types);
  });
  // Of the text 2.5, MySQL makes 2 where of the number it makes 3.
  it('is a number where a function takes one', () => {
    const text =
      'update t set price = round({{ a }}, {{ b }}), id = ceil(ifnull({{ c }}, 0)) where price > truncate(price, {{ d }}) and mod({{ e }} , 2) = 1 and name = format(lower({{ f }}), 1)';
    const given = typesOf(text, { price: 'decimal(9,2)', id: 'int', name: 'varchar(9)' });
    expect(given.map(({ type }) => type)).toEqual(['decimal', 'text', 'decimal', 'text', 'decimal', 'text']);
  });
  // A time beside `created + interval 7 day` was cut to a day, where a column is called so.
  it.each([
    [
      'at + interval 7 day < {{ a }} or at - interval 1 day between {{ b }} and {{ c }}',
      ['text', 'text', 'text'],
    ],
    ['price * id > {{ a }} and t.price - id in ({{ b }}, {{ c }})', ['decimal', 'decimal', 'decimal']],
    ['price * id > {{ a }} and id < {{ a }}', ['integer']],
    ['not t.day = {{ a }} and if(shop.t.id > {{ b }}, 1, at) > 1', ['date', 'integer']],
  ])('is not that of the last of several columns: %s', (where, types) => {
    const columns = { at: 'datetime', id: 'int', price: 'decimal(9,2)', day: 'date' };
    expect(typesOf(`select 1 from t where ${where}`, columns).map(({ type }) => type)).toEqual(types);
  });
  // Times that are kept as seconds: of a text, MariaDB leaves out the offset, and the list began hours off.
  it.each([
    ['from_unixtime(clock) >= {{ a }} and {{ b }} < from_unixtime(t.clock)', ['timestamp', 'timestamp']],
    ['from_unixtime(greatest(clock, 1)) between {{ a }} and {{ b }}', ['timestamp', 'timestamp']],
    [
      '{{ a }} > now() - interval 7 day or convert_tz({{ b }}, "+00:00", "+02:00") = 1',
      ['timestamp', 'timestamp'],
    ],
    ['clock > 1 and at < from_unixtime({{ a }})', ['decimal']],
    [
      'date_add(at, interval 7 day) >= {{ a }} and {{ b }} > date_sub(t.at, interval clock day)',
      ['timestamp', 'timestamp'],
    ],
    ['{{ a }} <= coalesce(at, now()) and {{ b }} < coalesce(clock + 1, 2)', ['timestamp', 'text']],
    ["from_unixtime(clock, '%Y-%m') = {{ a }} and {{ b }} = lower(name)", ['text', 'text']],
    ['date_format(from_unixtime(clock), "%Y") = {{ a }} and {{ b }} = now() + 0', ['text', 'text']],
  ])('is that of a time made of seconds: %s', (where, types) => {
    const given = typesOf(`select 1 from t where ${where}`, {
      at: 'datetime',
      clock: 'int',
      name: 'varchar(9)',
    });
    expect(given.map(({ type }) => type)).toEqual(types);
  });
  // An input that was empty was the text '', and no row was of that number.
  it.each([
    ['id = coalesce({{ a }}, id) and id <> ({{ b }})', ['integer', 'integer']],
    [
      "at >= ifnull({{ a }}, '1970-01-01') and at < coalesce({{ b }}, now()) + interval 1 day",
      ['timestamp', 'timestamp'],
    ],
    [
      'at between coalesce(ifnull({{ a }}, {{ b }}), at) and nvl({{ c }}, at)',
      ['timestamp', 'timestamp', 'timestamp'],
    ],
    ['coalesce({{ a }}, id) = id or id in (1, ifnull({{ b }}, 0))', ['integer', 'integer']],
    [
      'at > if({{ a }}, {{ b }}, {{ c }}) or if(id, at, {{ d }}) < at',
      ['boolean', 'timestamp', 'timestamp', 'timestamp'],
    ],
    // Of a text, a sum of decimals would be a double's.
    ['least({{ a }}, 9) = id or id - greatest({{ b }}, 0) > 1', ['integer', 'decimal']],
    ['id * ({{ a }}) > 1 and -({{ b }}) < id and (({{ c }}) / 2) = id', ['decimal', 'decimal', 'decimal']],
    ['lower(({{ a }})) = id or concat({{ b }}) * 2 > id or id in ({{ c }})', ['text', 'text', 'integer']],
    ['id + ifnull({{ a }}, 0) > 1 or if({{ b }}, {{ c }}, 1) * id > 1', ['decimal', 'boolean', 'decimal']],
    [
      "coalesce({{ a }}, now()) + interval 1 day > at and coalesce({{ b }}, '{}') -> '$.a' = 1",
      ['text', 'text'],
    ],
    [
      "id = nullif({{ a }}, '') or id = coalesce(length({{ b }}), 1) or id = coalesce({{ c }} = 'x', 1)",
      ['text', 'text', 'text'],
    ],
  ])('is that of what COALESCE makes of it: %s', (where, types) => {
    const given = typesOf(`select 1 from t where ${where}`, { at: 'datetime', id: 'int' });
    expect(given.map(({ type }) => type)).toEqual(types);
  });
  // A bit was stored as the byte that its digit is written with.
  it.each([
    ['insert into t (id, at) select {{ a }}, {{ b }}', ['integer', 'timestamp']],
    ['insert into t (at, id) values (coalesce({{ a }}, now()), {{ b }})', ['timestamp', 'integer']],
    [
      'replace t (`id`, name, at) select distinct {{ a }}, concat(name, {{ b }}), {{ c }} as at from u',
      ['integer', 'text', 'timestamp'],
    ],
    [
      "insert into t (id, at) select {{ a }} like 'x', (select {{ b }}) from u where name in (1, lower({{ c }}))",
      ['text', 'text', 'text'],
    ],
    ['insert into t (id) select id from u order by name, {{ a }} desc', ['text']],
    ['insert into t (at) with q (id) as (select 1) select {{ a }} from q', ['text']],
  ])('is that of its place in an INSERT: %s', (text, types) => {
    const given = typesOf(text, { at: 'datetime', id: 'bit(8)', name: 'varchar(9)' });
    expect(given.map(({ type }) => type)).toEqual(types);
  });
});
