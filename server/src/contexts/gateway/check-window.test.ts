import type { Wrapped } from '@sallyport/connectors/language.ts';
import { mysqlLanguage } from '@sallyport/connectors/mysql/language/index.ts';
import { postgresLanguage } from '@sallyport/connectors/postgres/language/index.ts';
import { type ResultColumn, WINDOW_OPERATORS, Window, type WindowInput } from '@sallyport/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../kernel/refusal.ts';
import { checkWindow } from './check-window.ts';
import type { CompiledQuery } from './compiled-query.ts';

const column = (name: string, type: ResultColumn['type']): ResultColumn => ({
  name,
  type,
  engineType: type,
  nullable: null,
});
const result = [
  column('id', 'integer'),
  column('na"me', 'text'),
  column('placed', 'date'),
  column('doc', 'json'),
];
const compiled = (more: Partial<CompiledQuery> = {}) =>
  ({
    compiler: 2,
    language: 'postgresql',
    windowed: true,
    result,
    key: ['id'],
    functions: [],
    order: [],
    ordered: false,
    ...more,
  }) as unknown as CompiledQuery;
const check = (window: WindowInput, more: Partial<CompiledQuery> = {}) =>
  checkWindow(compiled(more), Window.parse(window));
const code = (window: WindowInput, more: Partial<CompiledQuery> = {}): string => {
  try {
    check(window, more);
    return 'accepted';
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
};

describe('Q17 a window names compiled columns, closed operators and typed values', () => {
  it('is refused where the query takes none', () => {
    expect(code({}, { windowed: false })).toBe('window_not_allowed');
    expect(code({}, { result: null })).toBe('window_not_allowed');
  });
  it('is refused a list of more than a thousand', () => {
    const among = (value: number[]) => code({ filters: [{ column: 'id', operator: 'in', value }] });
    expect(among(Array(1_000).fill(1))).toBe('accepted');
    expect(among(Array(1_001).fill(1))).toBe('window_invalid');
  });
  it('is refused an order by a type that the engine puts in none', () => {
    const shape = { ...column('shape', 'text'), engineType: 'point' };
    const sort = [{ column: 'shape', direction: 'asc' as const }];
    expect(code({ sort }, { result: [...result, shape] })).toBe('window_invalid');
  });
  it.each<WindowInput>([
    { sort: [{ column: 'nope', direction: 'asc' }] },
    { sort: [{ column: 'doc', direction: 'asc' }] },
    { sort: [{ column: 'id; drop table t', direction: 'asc' }] },
    { filters: [{ column: 'nope', operator: 'eq', value: 1 }] },
    { filters: [{ column: 'id', operator: 'contains', value: 1 }] },
    { filters: [{ column: 'na"me', operator: 'lt', value: 'x' }] },
    { filters: [{ column: 'doc', operator: 'eq', value: 'x' }] },
    { filters: [{ column: 'id', operator: 'eq', value: '1 or 1=1' }] },
    { filters: [{ column: 'id', operator: 'eq' }] },
    { filters: [{ column: 'id', operator: 'in', value: 1 }] },
    { filters: [{ column: 'id', operator: 'isNull', value: 1 }] },
    { filters: [{ column: 'id', operator: 'isNotNull', value: 1 }] },
    { filters: [{ column: 'placed', operator: 'gt', value: '2026-02-30' }] },
    { filters: [{ column: '__proto__', operator: 'isNull' }] },
    { search: 'a\0b' },
    { search: 'a\ud800' },
  ])('refuses %j', (window) => expect(code(window)).toBe('window_invalid'));
  it('takes no value for nothing, and of an integer what the engine holds', () => {
    const none = (value?: null) => code({ filters: [{ column: 'id', operator: 'isNotNull', value }] });
    expect([none(), none(null)]).toEqual(['accepted', 'accepted']);
    const most = (language: CompiledQuery['language'], value: string) =>
      code({ filters: [{ column: 'id', operator: 'eq', value }] }, { language });
    expect(most('mysql', '18446744073709551615')).toBe('accepted');
    expect(most('mysql', '18446744073709551616')).toBe('window_invalid');
    expect(most('postgresql', '9223372036854775808')).toBe('window_invalid');
    const decimal = { result: [column('id', 'decimal')], language: 'mysql' } as const;
    const large = { filters: [{ column: 'id', operator: 'eq' as const, value: '18446744073709551616' }] };
    expect(code(large, decimal)).toBe('accepted');
    const late = { filters: [{ column: 'at', operator: 'lt' as const, value: '9999-12-31T23:59:59-05:00' }] };
    const times = { result: [column('at', 'timestamp')], key: ['at'] };
    expect(code(late, { ...times, language: 'mysql' })).toBe('window_invalid');
    expect(code(late, { ...times, language: 'postgresql' })).toBe('accepted');
  });
  it('orders by the key last, keeps the statement’s own order, and never sorts twice by one column', () => {
    expect(check({}).order).toEqual([{ column: 'id', direction: 'asc' }]);
    expect(check({ sort: [{ column: 'placed', direction: 'desc' }] }).order).toEqual([
      { column: 'placed', direction: 'desc' },
      { column: 'id', direction: 'desc' },
    ]);
    expect(check({ sort: [{ column: 'id', direction: 'desc' }] }).order).toHaveLength(1);
    const twice = (['desc', 'asc'] as const).map((direction) => ({ column: 'placed', direction }));
    expect(check({ sort: twice }).order.map(({ column: name }) => name)).toEqual(['placed', 'id']);
    expect(
      check({}, { order: [{ column: 'placed', direction: 'asc' }], ordered: true }).order[0]?.column,
    ).toBe('placed');
    expect(check({}, { ordered: true }).order).toEqual([]);
  });
  it('leaves rows without a key in the order of a statement of PostgreSQL, and does not read them all for it', () => {
    const own = { key: [], ordered: true, order: [{ column: 'placed', direction: 'asc' as const }] };
    const columns = (more: Partial<CompiledQuery>, window: WindowInput = {}) =>
      check(window, { compiler: 15, ...own, ...more }).order.map((one) => one.column);
    expect(check({}, { compiler: 15, ...own })).toMatchObject({ order: [], loose: true });
    expect(columns({ key: ['id'] })).toEqual(['placed', 'id']);
    expect(columns({}, { sort: [{ column: 'id', direction: 'asc' }] })).toEqual(['id', 'na"me', 'placed']);
    expect(columns({ language: 'mysql' })).toEqual(['placed', 'id', 'na"me', 'doc']);
    expect(columns({ compiler: 14 }), 'of a release made before').toEqual(['placed', 'id', 'na"me']);
  });
  it('ends an order without a key by the other columns, so that rows alike in it keep their places', () => {
    const desc = { sort: [{ column: 'placed', direction: 'desc' as const }] };
    const columns = (more: Partial<CompiledQuery>, window: WindowInput = desc) =>
      check(window, { key: [], ...more }).order.map(({ column: name, direction }) => `${name} ${direction}`);
    expect(columns({ compiler: 7 })).toEqual(['placed desc', 'id desc', 'na"me desc']);
    expect(columns({ compiler: 7 }, {})).toEqual([]);
    expect(columns({ compiler: 6 }), 'of a release made before').toEqual(['placed desc']);
    const bytes = check(desc, { key: [], compiler: 8, language: 'mysql' }).order.filter((one) => one.bytes);
    expect(bytes).toEqual([{ column: 'na"me', direction: 'desc', bytes: true }]);
    const citext = { ...column('name', 'text'), engineType: 'citext' };
    const ofPostgres = check(desc, { key: [], compiler: 8, result: [...result, citext] }).order;
    expect(ofPostgres.filter((one) => one.bytes)).toEqual([]);
    expect(check(desc, { key: [], compiler: 7, language: 'mysql' }).order.filter((one) => one.bytes)).toEqual(
      [],
    );
    const odd = { compiler: 7, result: [...result, column('picture', 'binary')] };
    expect(columns({ ...odd, language: 'mysql' })).toEqual(
      ['placed', 'id', 'na"me', 'doc', 'picture'].map((name) => `${name} desc`),
    );
    expect(columns(odd), 'PostgreSQL has no order for json').not.toContain('doc desc');
    const wide = Array.from({ length: 100 }, (_, i) => column(`c${i}`, 'text'));
    expect(columns({ compiler: 7, result: [...result, ...wide] })).toHaveLength(13);
  });
  it('puts values in binds only: the text is the same whatever they are', () => {
    const textOf = (name: string, search: string) => {
      const window = check({
        filters: [{ column: 'na"me', operator: 'contains', value: name }],
        search,
        total: true,
      });
      const wrapped = postgresLanguage.wrap('select * from t where a = $1', [1], result, window);
      return { text: `${wrapped.statement} ${wrapped.total?.statement}`, binds: wrapped.binds };
    };
    const plain = textOf('x', 'y');
    expect(plain.text).toContain('t."na""me"');
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (name, search) => {
        if (/\0/.test(name + search) || search.trim() === '' || !(name + search).isWellFormed()) return;
        expect(textOf(name, search).text).toBe(plain.text);
      }),
    );
    expect(textOf('50%_!', 'y').binds[1]).toBe('%50!%!_!!%');
  });
  it('finds nothing where no column is a text, instead of everything', () => {
    const numbers = { key: ['id'], result: [column('id', 'integer')] };
    const page = (language: 'postgresql' | 'mysql', compiler: number) =>
      (language === 'mysql' ? mysqlLanguage : postgresLanguage).wrap(
        'select 1',
        [],
        numbers.result,
        check({ search: '7', total: true }, { ...numbers, language, compiler }),
      );
    for (const language of ['postgresql', 'mysql'] as const) {
      expect(page(language, 8).statement).toContain(' where false order by');
      expect(page(language, 8).total?.statement).toMatch(/ where false$/);
      expect(page(language, 7).statement, 'of a release made before').not.toContain('where');
    }
  });
  it('G11 says of each bind what it holds, where placeholders have numbers and where they have only a place', () => {
    const window = check({
      filters: [{ column: 'na"me', operator: 'in', value: ['a', 'b'] }],
      search: 'y',
      sort: [{ column: 'id', direction: 'asc' }],
      after: { id: '7' },
      total: true,
    });
    const [postgres, mysql] = [postgresLanguage, mysqlLanguage].map((language) =>
      language.wrap('select * from t where a = 1', ['own'], result, window),
    );
    const told = (wrapped: Wrapped | undefined) =>
      wrapped?.holds.map((held, i) => [
        typeof held === 'number' ? 'own' : held.of,
        typeof wrapped.binds[i] === 'object' ? 'list' : wrapped.binds[i],
      ]);
    const own = ['own', 'own'];
    const position = ['position', 7];
    expect(told(postgres)).toEqual([
      own,
      ['filter', 'list'],
      ['search', '%y%'],
      position,
      ['limit', '50'],
      ['offset', '0'],
    ]);
    const listed = [own, ['filter', 'a'], ['filter', 'b'], ['search', '%y%']];
    expect(told(mysql)).toEqual([...listed, position]);
    expect(told(mysql?.total as Wrapped)).toEqual([position, ...listed]);
  });
  it('numbers rows that the window does not order: under a limit, those alike or in no order would change places', () => {
    const named = { key: [], compiler: 7, result: [column('number', 'integer'), column('a', 'text')] };
    const window = { limit: 10, offset: 20, filters: [{ column: 'a', operator: 'isNull' as const }] };
    const page = (more: Partial<CompiledQuery>) =>
      postgresLanguage.wrap('select 1', [], named.result, check(window, { ...named, ...more })).statement;
    expect(page({})).toBe(
      'select t."number", t."a" from (select t.*, row_number() over () as "number_" from (select 1\n) t where t."a" is null) t where t."number_" > $2::bigint and t."number_" <= $2::bigint + $1::bigint order by t."number_"',
    );
    expect(page({ ordered: true, key: ['number'] })).toBe(page({}));
    const sort = [{ column: 'placed', direction: 'desc' as const }];
    const sorted = (more: Partial<CompiledQuery>) =>
      postgresLanguage.wrap('select 1', [], result, check({ sort }, { key: [], compiler: 7, ...more }))
        .statement;
    expect(sorted({}), 'a column has no order').toContain(
      ') t order by t."placed" desc, t."id" desc, t."na""me" desc, t."number" limit $1::bigint offset $2::bigint',
    );
    expect(sorted({ key: ['id'] })).not.toContain('row_number');
    const whole = result.slice(0, 3);
    for (const compiler of [7, 8]) expect(sorted({ compiler, result: whole })).not.toContain('row_number');
    const [id, name, placed] = whole as [ResultColumn, ResultColumn, ResultColumn];
    const alike: ResultColumn[] = [id, { ...name, alike: true }, placed];
    expect(sorted({ result: alike }), 'values that differ are alike to the engine').toContain('row_number');
    const citext = [id, { ...name, engineType: 'citext' }, placed];
    expect(sorted({ compiler: 8, result: citext }), 'as of their type').toContain('row_number');
    expect(sorted({ compiler: 7, result: citext }), 'of a release made before').not.toContain('row_number');
    expect(page({ compiler: 6 }), 'of a release made before').toMatch(
      / limit \$1::bigint offset \$2::bigint$/,
    );
  });
  it('every operator of every type has a text', () => {
    for (const [type, operators] of Object.entries(WINDOW_OPERATORS)) {
      for (const operator of operators) {
        const of = column('c', type as ResultColumn['type']);
        const wrapped = postgresLanguage.wrap('select 1', [], [of], {
          limit: 1,
          offset: 0,
          order: [],
          filters: [{ column: of, operator, value: operator === 'in' ? ['a'] : 'a' }],
          search: null,
          total: false,
          loose: false,
          position: null,
        });
        expect(wrapped.statement).toMatch(/ where t\."c"/);
        expect(wrapped.statement).not.toContain('undefined');
      }
    }
  });
});
