import { mysqlLanguage } from '@sallyport/connectors/mysql/language/index.ts';
import { postgresLanguage } from '@sallyport/connectors/postgres/language/index.ts';
import { type ResultColumn, Window, type WindowInput } from '@sallyport/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal, type RefusalPlace } from '../../kernel/refusal.ts';
import { positionColumns } from './check-position.ts';
import { checkWindow } from './check-window.ts';
import type { CompiledQuery } from './compiled-query.ts';

const column = (
  name: string,
  type: ResultColumn['type'],
  more: Partial<ResultColumn> = {},
): ResultColumn => ({
  name,
  type,
  engineType: type,
  nullable: null,
  ...more,
});
const result = [
  column('id', 'integer', { engineType: 'bigint', nullable: false }),
  column('na"me', 'text', { nullable: false }),
  column('placed', 'date'),
  column('amount', 'decimal', { engineType: 'decimal(20,2)' }),
  column('paid', 'boolean', { engineType: 'tinyint(1)' }),
  column('doc', 'json'),
  column('raw', 'binary'),
  column('mood', 'text', { engineType: 'enum' }),
  column('pairs', 'text', { engineType: 'hstore' }),
  column('span', 'text', { engineType: 'seg' }),
];
const compiled = (more: Partial<CompiledQuery> = {}) =>
  ({
    compiler: 2,
    language: 'postgresql',
    windowed: true,
    result,
    key: ['id'],
    functions: ['lower'],
    order: [],
    ordered: false,
    ...more,
  }) as unknown as CompiledQuery;
const check = (window: WindowInput, more: Partial<CompiledQuery> = {}) =>
  checkWindow(compiled(more), Window.parse(window));
const placesOf = (window: WindowInput, more: Partial<CompiledQuery> = {}): readonly RefusalPlace[] => {
  try {
    check(window, more);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'window_invalid') throw error;
    return error.places ?? [];
  }
};
const by = (name: string, direction: 'asc' | 'desc' = 'asc') => ({ sort: [{ column: name, direction }] });

describe('Q17 a position is the values of the order’s columns, and nothing else', () => {
  it.each<[string, WindowInput, string]>([
    ['a missing column', { ...by('placed'), after: { id: 1 } }, 'window.after.placed'],
    ['a missing key', { ...by('placed'), before: { placed: null } }, 'window.before.id'],
    ['a surplus column', { after: { id: 1, placed: null } }, 'window.after'],
    ['a column that is none', { after: { id: 1, 'id; drop table t': 1 } }, 'window.after'],
    ['a name of every object', { after: { id: 1, constructor: 'x' } }, 'window.after'],
    ['a mistyped number', { after: { id: '1 or 1=1' } }, 'window.after.id'],
    ['a number past its type', { after: { id: '9223372036854775808' } }, 'window.after.id'],
    ['a rounded number', { after: { id: 2 ** 60 } }, 'window.after.id'],
    ['a key without a value', { after: { id: null } }, 'window.after.id'],
    [
      'a day that is none',
      { ...by('placed'), after: { id: 1, placed: '2026-02-30' } },
      'window.after.placed',
    ],
    ['a text for a truth', { ...by('paid'), after: { id: 1, paid: 'true' } }, 'window.after.paid'],
    ['a number for a text', { ...by('na"me'), after: { id: 1, 'na"me': 7 } }, 'window.after.na"me'],
    ['half a character', { ...by('na"me'), after: { id: 1, 'na"me': '\ud800' } }, 'window.after.na"me'],
    ['a NUL', { ...by('na"me'), after: { id: 1, 'na"me': 'a\0' } }, 'window.after.na"me'],
    ['an empty position', { after: {} }, 'window.after.id'],
    ['an offset beside it', { after: { id: 1 }, offset: 50 }, 'window.after'],
    ['two positions', { after: { id: 1 }, before: { id: 9 } }, 'window.after'],
    ['a json column', { ...by('doc'), after: { id: 1 } }, 'window.sort.0.column'],
    ['a binary column', { ...by('raw'), after: { id: 1 } }, 'window.sort.0.column'],
  ])('refuses %s', (_, window, path) => {
    expect(placesOf(window).map((place) => place.path)).toContain(path);
  });
  it('names no value in a refusal', () => {
    const said = JSON.stringify(placesOf({ ...by('na"me'), after: { id: 'secret one', 'na"me': 4711 } }));
    expect(said).not.toMatch(/secret|4711/);
  });
  it.each<[string, Partial<CompiledQuery>]>([
    ['whose key is unknown', { key: [] }],
    ['in an order that is no column of the result', { ordered: true }],
    ['that a json column orders', { order: [{ column: 'doc', direction: 'asc' }] }],
    ['that an hstore orders', { order: [{ column: 'pairs', direction: 'asc' }] }],
    ['that a seg orders, which writes less than it holds', { order: [{ column: 'span', direction: 'asc' }] }],
    ['of a release made before positions were', { compiler: 1 }],
  ])('G10 refuses a position in rows %s, and they page by offset', (_, more) => {
    expect(placesOf({ after: { id: 1 } }, more)).toMatchObject([{ path: 'window.after' }]);
    expect(positionColumns(compiled(more), check({ offset: 50 }, more).order)).toBeNull();
  });
  it('takes what an engine answers and no argument may be', () => {
    for (const placed of ['infinity', '-infinity', '0044-03-15 BC', '5874897-12-31'])
      expect(placesOf({ ...by('placed'), after: { id: 1, placed } })).toEqual([]);
    expect(placesOf({ ...by('amount'), after: { id: 1, amount: 'NaN' } })).toEqual([]);
    const filtered = (value: string) => ({ filters: [{ column: 'amount', operator: 'eq' as const, value }] });
    expect(placesOf(filtered('NaN'))).toEqual([]);
    const mysql = { language: 'mysql' as const };
    expect(placesOf(filtered('NaN'), mysql)).toHaveLength(1);
    for (const placed of ['0000-00-00', '2026-02-30'])
      expect(placesOf({ ...by('placed'), after: { id: 1, placed } }, mysql)).toEqual([]);
    expect(placesOf({ ...by('placed'), after: { id: 1, placed: '2026-02-32' } }, mysql)).toHaveLength(1);
    expect(placesOf({ ...by('paid'), after: { id: 1, paid: 2 } }, mysql)).toEqual([]);
    expect(placesOf({ ...by('amount'), after: { id: 1, amount: 'NaN' } }, mysql)).toHaveLength(1);
    expect(placesOf({ ...by('placed'), after: { id: 1, placed: 'infinity' } }, mysql)).toHaveLength(1);
    expect(placesOf({ ...by('na"me'), after: { id: 1, 'na"me': 'x'.repeat(129) } }, mysql)).toHaveLength(1);
    expect(positionColumns(compiled(mysql), check(by('mood'), mysql).order)).toBeNull();
  });
});

describe('Q17 the predicate', () => {
  const wrapped = (window: WindowInput, language = postgresLanguage) =>
    language.wrap('select * from t where a = $1', [1], result, check(window, { language: language.name }));
  it('compares rows where every column has a value and goes one way, so that an index answers', () => {
    const { statement, binds } = wrapped({ ...by('na"me'), after: { id: 7, 'na"me': 'x' } });
    expect(statement).toContain('where (t."na""me", t."id") > ($2, $3) order by');
    expect(binds).toEqual([1, 'x', 7, '50', '0']);
    expect(wrapped({ ...by('na"me', 'desc'), before: { id: 7, 'na"me': 'x' } }).statement).toContain(
      '(t."na""me", t."id") > ($2, $3) order by t."na""me" asc, t."id" asc limit $4::bigint',
    );
    const mixed = [
      { column: 'na"me', direction: 'desc' as const },
      { column: 'id', direction: 'asc' as const },
    ];
    expect(wrapped({ sort: mixed, after: { id: 7, 'na"me': 'x' } }).statement).toContain(
      `where (t."na""me" <= $2 and (t."na""me" < $2 or (t."na""me" = $2 and t."id" > $3)))`,
    );
  });
  it('thinks of missing values as the engine orders them', () => {
    expect(wrapped({ ...by('placed'), after: { id: 7, placed: null } }).statement).toContain(
      'where (t."placed" is null and t."id" > $2)',
    );
    expect(wrapped({ ...by('placed'), after: { id: 7, placed: '2026-01-01' } }).statement).toContain(
      'where (((t."placed" > $2 or t."placed" is null) or (t."placed" = $2 and t."id" > $3)))',
    );
    expect(wrapped({ ...by('placed'), after: { id: 7, placed: null } }, mysqlLanguage).statement).toContain(
      'where ((t.`placed` is not null or (t.`placed` <=> null and t.`id` > cast(? as decimal(65,0)))))',
    );
  });
  it('puts values in binds only, in MySQL as many as there are placeholders', () => {
    const texts = new Set<string>();
    fc.assert(
      fc.property(fc.string({ maxLength: 128 }), fc.maxSafeInteger(), (name, id) => {
        if (name.includes('\0') || !name.isWellFormed()) return;
        for (const language of [postgresLanguage, mysqlLanguage]) {
          for (const side of ['after', 'before'] as const) {
            const position = { [side]: { id, 'na"me': name } };
            const { statement, binds, total } = wrapped(
              { ...by('na"me'), total: true, ...position },
              language,
            );
            texts.add(statement).add(total?.statement ?? '');
            if (language !== mysqlLanguage) continue;
            // One `$1` is the compiled statement's own here.
            expect(binds).toHaveLength(statement.split('?').length);
            expect(total?.binds).toHaveLength((total?.statement ?? '').split('?').length);
          }
        }
      }),
    );
    expect(texts.size).toBe(8);
  });
});
