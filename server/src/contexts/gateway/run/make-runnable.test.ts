import { COMPILER } from '@sallyport/connectors/language.ts';
import { Window } from '@sallyport/contract';
import { expect, it } from 'vitest';
import type { CompiledQuery } from '../compiled-query.ts';
import { makeRunnable } from './make-runnable.ts';

const compiled = (more: Partial<CompiledQuery> = {}) =>
  ({
    language: 'postgresql',
    effect: 'read',
    statements: [{ choices: {}, text: 'select id from t', binds: [] }],
    request: null,
    arguments: [],
    result: [{ name: 'id', type: 'integer', engineType: 'int8', nullable: false }],
    windowed: true,
    key: ['id'],
    functions: [],
    order: [],
    ordered: false,
    maxRows: 5,
    timeoutMs: 1_000,
    expectRows: null,
    ...more,
  }) as unknown as CompiledQuery;

it('a write’s rows, which are held until it is committed, are bounded closer than a read’s', () => {
  const most = (effect: CompiledQuery['effect']) =>
    makeRunnable(compiled({ effect }), new Map(), undefined).runnable.maxBytes;
  expect([most('read'), most('write'), most('schema')]).toEqual([
    4 * 1024 ** 3,
    16 * 1024 ** 2,
    16 * 1024 ** 2,
  ]);
});

it('Q17 a page that the cap of its query made smaller than it was asked for says so, unless it is the last', () => {
  const outcome = { changed: null, truncated: null, total: null, sourceMs: 1 };
  const cut = (window: object, more: object) =>
    makeRunnable(compiled(), new Map(), Window.parse(window)).capped?.({ ...outcome, rows: 5, ...more })
      .truncated ?? null;
  const said = { by: 'rows', cap: 5 };
  expect(cut({ limit: 6 }, {})).toEqual(said);
  expect(cut({ limit: 6 }, { total: 6 })).toEqual(said);
  expect(cut({ limit: 6 }, { total: 5 })).toBeNull();
  expect(cut({ limit: 6, offset: 5 }, { total: 11 })).toEqual(said);
  expect(cut({ limit: 6, offset: 5 }, { total: 10 })).toBeNull();
  expect(cut({ limit: 6, after: { id: 1 } }, { total: 10, offset: 5 })).toBeNull();
  expect(cut({ limit: 6 }, { rows: 4 })).toBeNull();
  expect(cut({ limit: 5 }, {})).toBeNull();
});

it('Q17 a window takes no more rows than its query', () => {
  const binds = (limit: number) =>
    makeRunnable(compiled(), new Map(), Window.parse({ limit })).runnable.binds;
  expect(binds(100)).toEqual(binds(5));
  expect(binds(4)).not.toEqual(binds(5));
});

it('Q17 a page that is cut by numbers asks the connector for one sequence, and no other does', () => {
  const steady = (more: Partial<CompiledQuery>) =>
    makeRunnable(compiled({ compiler: COMPILER, ...more }), new Map(), Window.parse({})).runnable.steady;
  expect(steady({ key: [] })).toBe(true);
  expect(steady({})).toBeUndefined();
});

it.each([
  ['"a/\\"b"', 'a%2F%22b', '"a/\\"b"'],
  ['7', '7', '7'],
  [['"a"', 'true'], 'a%2Ctrue', '["a",true]'],
])('Q7 a value %j that stands in the path and in the JSON body is each in its place', (value, path, json) => {
  const template = [{ argument: 'v' }];
  const request = { method: 'PUT', segments: [template], query: [], headers: [], body: { json: template } };
  const of = { language: 'rest', request, arguments: [{ name: 'v', type: 'json' }] };
  const { runnable } = makeRunnable(
    compiled(of as unknown as Partial<CompiledQuery>),
    new Map([['v', value]]),
    undefined,
  );
  expect(runnable.statement).toMatchObject({ path: `/${path}`, body: json });
});

it('Q7 a value stands in a JSON body as what it is, with every digit', () => {
  const values = {
    n: 7,
    big: '9007199254740993',
    padded: '-007.50',
    yes: true,
    ids: ['01', null],
    doc: '{"a":1}',
  };
  const types = {
    n: 'integer',
    big: 'integer',
    padded: 'decimal',
    yes: 'boolean',
    ids: 'integer',
    doc: 'json',
  };
  const body = (name: string, value: unknown) => {
    const of = compiled({
      language: 'rest',
      request: {
        method: 'POST',
        segments: [],
        query: [],
        headers: [],
        body: { json: [{ argument: name }] },
        rowsAt: null,
      },
      arguments: [{ name, type: types[name as keyof typeof types] ?? 'text' }],
    } as unknown as Partial<CompiledQuery>);
    return makeRunnable(of, new Map([[name, value as never]]), undefined).runnable.statement;
  };
  const bodies = Object.entries({ ...values, text: '"', none: null }).map(([name, value]) =>
    body(name, value),
  );
  expect(bodies.map((one) => (one as { body: string }).body)).toEqual([
    '7',
    '9007199254740993',
    '-7.50',
    'true',
    '[1,null]',
    '{"a":1}',
    '"\\""',
    'null',
  ]);
});
