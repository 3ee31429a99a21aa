import { CompletionContext, type CompletionSource } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import type { CatalogTable } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { tablesNamedIn } from './column-completion.ts';
import { insideHole } from './expression-completion.ts';
import { originOf } from './origin-of.ts';
import { sqlLanguage } from './query-language.ts';
import { rewriteOffer } from './rewrite-offer.ts';
import { scopeOf } from './scope.ts';
import { writtenName } from './written-name.ts';

describe('Q1 what would bind a hole is offered', () => {
  const offer = (text: string, engine: 'postgres' | 'mysql' = 'postgres') => {
    const found = rewriteOffer(text, text.indexOf('{{'), engine);
    return found && text.slice(0, found.from) + found.insert + text.slice(found.to);
  };
  it.each([
    ["where a ilike '%{{ x }}%'", "where a ilike '%' || {{ x }} || '%'"],
    ["where a = '{{ x }}' and b", 'where a = {{ x }} and b'],
    ["select 'it''s {{ x }}'", "select 'it''s ' || {{ x }}"],
    ["select '{{ a }}-{{ b }}'", "select {{ a }} || '-' || {{ b }}"],
    ["select '{{ f('q') }}!'", "select {{ f('q') }} || '!'"],
    ["-- it's\nselect '{{ x }}!'", "-- it's\nselect {{ x }} || '!'"],
    ["nullif($${{ x }}$$, '')::uuid", "nullif({{ x }}, '')::uuid"],
    ["select $t$it's $$ {{ x }}$t$", "select 'it''s $$ ' || {{ x }}"],
    ["at >= date '{{ d }}' and b", 'at >= {{ d }}::date and b'],
    ["now() - interval '{{ n }} days'", "now() - ({{ n }} || ' days')::interval"],
    ["at < '{{ d }} 23:59'::timestamp", "at < ({{ d }} || ' 23:59')::timestamp"],
    ["at < '{{ d }}'::date", 'at < {{ d }}::date'],
    ["set a = b || 'x{{ y }}'", "set a = b || ('x' || {{ y }})"],
    ["doc->>'a{{ k }}' = 'b'", "doc->>('a' || {{ k }}) = 'b'"],
    ["'{{ a }} {{ b }}' at time zone 'UTC'", "({{ a }} || ' ' || {{ b }}) at time zone 'UTC'"],
  ])('%s', (before, after) => expect(offer(before)).toBe(after));
  it.each([
    ['where a in {{ x }} and b', 'where a in ({{ x }}) and b'],
    ['where a NOT IN\n{{ f(1) }}', 'where a NOT IN\n({{ f(1) }})'],
    ['where a in ({{ x }})', undefined],
    ['where margin {{ x }}', undefined],
  ])('a list: %s', (before, after) => expect(offer(before)).toBe(after));
  it('uses concat where || means or', () => {
    expect(offer("like '%{{ x }}%'", 'mysql')).toBe("like concat('%', {{ x }}, '%')");
    expect(offer('a = "{{ x }}" and b', 'mysql')).toBe('a = {{ x }} and b');
    expect(offer('like "%""it\'s"" {{ x }}%"', 'mysql')).toBe("like concat('%\"it''s\" ', {{ x }}, '%')");
    expect(offer('select "a {{ x }}"')).toBeUndefined();
    expect(offer("interval '{{ n }}' day", 'mysql')).toBe('interval {{ n }} day');
  });
  it('offers nothing elsewhere', () => {
    expect(offer('where a = {{ x }}')).toBeUndefined();
    expect(offer("where a = 'x' and b = {{ x }}")).toBeUndefined();
  });
});

it('knows where an expression stands', () => {
  expect(insideHole('a {{ b }} c', 5)).toBe(true);
  expect(insideHole('a {{ b }} c', 10)).toBe(false);
  expect(insideHole('a {{ b', 6)).toBe(true);
  expect(insideHole('ab', 1)).toBe(false);
});

it('names the origin as the compiler does', () => {
  expect(['currentUser.email', 'constants.brand', "'x'", '-5', 'search.value'].map(originOf)).toEqual([
    'identity',
    'constant',
    'constant',
    'constant',
    'user',
  ]);
});

it('finds the tables that a statement names, to offer their columns', () => {
  const table = (schema: string, name: string) => ({ schema, name }) as CatalogTable;
  const all = [
    table('public', 'lots'),
    table('public', 'Order'),
    table('My Schema', 'user data'),
    table('s', 't'),
  ];
  const named = (text: string) => tablesNamedIn(text, all).map(({ name }) => name);
  expect(named('select a from lots l where')).toEqual(['lots']);
  expect(named('select * from "Order" o join "My Schema"."user data" d on')).toEqual(['Order', 'user data']);
  expect(named('select x from LOTS l, s.t')).toEqual(['lots', 't']);
  expect(named('update lots set')).toEqual(['lots']);
  expect(named('insert into s.t (')).toEqual(['t']);
  expect(named('select from_lots, other from other')).toEqual([]);
});

it('of several tables with one name, means the one that its schema says, or the first', () => {
  const all = ['shop', 'archive', 'mail'].map((schema) => ({ schema, name: 'users' }) as CatalogTable);
  const named = (text: string) => tablesNamedIn(text, all).map(({ schema }) => schema);
  expect(named('select a from users')).toEqual(['shop']);
  expect(named('select a from mail.users u join Archive.users')).toEqual(['archive', 'mail']);
});

it('offers constants to a query, which the server resolves, and to nothing on a page', () => {
  const document = { home: 'h', pages: {}, variables: {} };
  const names = (constants?: string[]) => scopeOf(document, {}, constants).map(({ name }) => name);
  expect(names(['brand'])).toContain('constants');
  expect(names()).not.toContain('constants');
});

it('writes a name as the engine takes it: what is a word of its language is quoted', () => {
  const named = (engine: 'postgres' | 'mysql') =>
    ['total', 'user', 'order', 'Order', 'two words', 'rank', 'a"b`c'].map((name) =>
      writtenName(name, engine),
    );
  // In PostgreSQL a bare user is no column: it is who is connected.
  expect(named('postgres')).toEqual([
    'total',
    '"user"',
    '"order"',
    '"Order"',
    '"two words"',
    'rank',
    '"a""b`c"',
  ]);
  expect(named('mysql')).toEqual([
    'total',
    'user',
    '`order`',
    '`Order`',
    '`two words`',
    '`rank`',
    '`a"b``c`',
  ]);
});

it.each([
  ['mysql', 'select * from orde', ['`order`']],
  ['mysql', 'select x. from `order` x', ['`group`', '`two words`']],
  ['postgres', 'select * from orde', ['"order"']],
] as const)('%s: %s offers names that compile', async (engine, text, wanted) => {
  const columns = ['group', 'two words'].map((name) => ({ name, engineType: 'text', nullable: true }));
  const tables = [{ schema: 'shop', name: 'order', columns }] as unknown as CatalogTable[];
  const doc = text.replace('x. ', 'x.  ');
  const state = EditorState.create({ doc, extensions: [sqlLanguage(engine, tables, () => [])] });
  const at = doc.includes('x.  ') ? doc.indexOf('x.') + 2 : doc.length;
  const sources = state.languageDataAt<CompletionSource>('autocomplete', at);
  const found = await Promise.all(sources.map((source) => source(new CompletionContext(state, at, true))));
  const applied = found.flatMap((one) => one?.options.map(({ label, apply }) => apply ?? label) ?? []);
  expect(applied).toEqual(expect.arrayContaining([...wanted]));
});

it('inside a hole offers names of the app, and nothing of SQL', async () => {
  const columns = [{ name: 'amount', engineType: 'int', nullable: true }];
  const tables = [{ schema: 'public', name: 'lots', columns }] as unknown as CatalogTable[];
  const scope = [
    { name: 'amount_input', detail: 'Number input', members: [{ name: 'value', detail: 'Number input' }] },
  ];
  const offered = async (doc: string) => {
    const state = EditorState.create({ doc, extensions: [sqlLanguage('postgres', tables, () => scope)] });
    const sources = state.languageDataAt<CompletionSource>('autocomplete', doc.length);
    const found = await Promise.all(
      sources.map((source) => source(new CompletionContext(state, doc.length, false))),
    );
    return found.flatMap((one) => one?.options.map(({ label }) => label) ?? []);
  };
  expect(await offered('select * from lots where a = {{ a')).toEqual(['amount_input']);
  expect(await offered('select * from lots where a = {{ amount_input.v')).toEqual(['value']);
  expect(await offered('select * from lots where a = {{ lots.a')).toEqual([]);
  expect(await offered('{{ amount_input?.v')).toEqual(['value']);
  expect(await offered('{{ `${amount_input.')).toEqual(['value']);
  expect(await offered('{{ `a` + a')).toEqual(['amount_input']);
  expect(await offered('{{ [...a')).toEqual(['amount_input']);
  expect(await offered('{{ [...amount_input.')).toEqual(['value']);
  // What a row has by the name of a component is none, and words of a string are no names.
  expect(await offered('{{ lots.selectedRow.amount_input.')).toEqual([]);
  expect(await offered('{{ lots?.amount_input?.')).toEqual([]);
  expect(await offered("{{ amount_input.value === 'a")).toEqual([]);
  expect(await offered("{{ 'it\\'s a")).toEqual([]);
  expect(await offered('{{ `a')).toEqual([]);
  expect(await offered('select * from lots where a')).toEqual(expect.arrayContaining(['amount', 'and']));
});
