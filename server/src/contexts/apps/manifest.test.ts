import type { CompiledView, Manifest } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { differenceOf } from './manifest.ts';

type Hole = readonly [expression: string, origin: 'user' | 'identity' | 'constant'];

const nameOf = (expression: string) => expression.replace(/\W+/g, '_');
const manifest = (
  statement: string,
  holes: readonly Hole[],
  expectRows: string | null = null,
  limits: Partial<CompiledView['arguments'][number]> = { type: 'decimal', max: '500' },
): Manifest => ({
  queries: [
    {
      name: 'q',
      sourceName: 'Shop',
      compiled: {
        statements: [statement],
        effect: 'write',
        tables: [],
        expectRows,
        arguments: [...new Map(holes).entries()].map(([expression, origin]) => ({
          name: nameOf(expression),
          expression,
          origin,
          ...limits,
        })),
        holes: holes.map(([expression, origin]) => ({ argument: nameOf(expression), origin })),
      } as unknown as CompiledView,
    },
  ],
  pages: [],
});
const text = 'update t set a = $1 where owner = $2';
const me: Hole = ['currentUser.email', 'identity'];
const typed: Hole = ['input1.value', 'user'];
const before = manifest(text, [typed, me]);
const against = (next: Manifest) => {
  const { newStatements, becameUser } = differenceOf(before, next);
  return {
    replaces: newStatements.map(({ replaces }) => replaces),
    user: becameUser.map((one) => one.argument),
  };
};

describe('Q10 a statement of the same text', () => {
  it('is another when a value of the server is one that is sent, or another one of the server', () => {
    expect(against(manifest(text, [typed, ['table1.selectedRow.owner', 'user']]))).toEqual({
      replaces: [text],
      user: ['table1_selectedRow_owner'],
    });
    expect(against(manifest(text, [typed, ['currentUser.id', 'identity']]))).toEqual({
      replaces: [text],
      user: [],
    });
  });
  it('is another when its values change places, or it may change more rows', () => {
    expect(against(manifest(text, [me, typed])).replaces).toEqual([text]);
    expect(differenceOf(manifest(text, [], 'at most 1'), manifest(text, [])).newStatements).toHaveLength(1);
  });
  it('is another when a value that is sent has other limits', () => {
    expect(against(manifest(text, [typed, me], null, { type: 'decimal' })).replaces).toEqual([text]);
  });
  it.each([{ sourceId: 'another' }, { windowed: true }, { maxRows: 10_000_000 }])(
    'is another with %j, whatever else of the release touches the same tables',
    (changed) => {
      const [query] = before.queries;
      const compiled = { ...query?.compiled, ...changed } as CompiledView;
      const next = { ...before, queries: [{ name: 'q', sourceName: 'Shop', compiled }] };
      expect(against(next).replaces).toEqual([text]);
    },
  );
  it('is the same when only what sends a value has another name', () => {
    expect(against(manifest(text, [['nameInput.value', 'user'], me]))).toEqual({ replaces: [], user: [] });
    expect(against(before)).toEqual({ replaces: [], user: [] });
  });
});

describe('Q10 the difference names', () => {
  it('a query that newly changes something, the schema too', () => {
    const of = (effect: CompiledView['effect']): Manifest => {
      const [query] = before.queries;
      return {
        ...before,
        queries: [{ ...query!, compiled: { ...query!.compiled, effect } }],
      };
    };
    const newWrites = (was: Manifest | null, effect: CompiledView['effect']) =>
      differenceOf(was, of(effect)).newWrites;
    for (const effect of ['write', 'schema'] as const) {
      expect(newWrites(null, effect)).toEqual(['q']);
      expect(newWrites(of('read'), effect)).toEqual(['q']);
      expect(newWrites(of(effect), effect)).toEqual([]);
    }
    expect(newWrites(null, 'read')).toEqual([]);
  });
  it('every page that is another, new or gone', () => {
    const pages = (hashes: Record<string, string>): Manifest => ({
      queries: [],
      pages: Object.entries(hashes).map(([slug, hash]) => ({ slug, title: slug, hash })),
    });
    const was = pages({ same: 'a', other: 'b', gone: 'c' });
    expect(differenceOf(was, pages({ same: 'a', other: 'd', fresh: 'e' })).pagesChanged).toEqual([
      'other',
      'fresh',
      'gone',
    ]);
  });
});
