import { CompiledView } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { type CompiledQuery, isIntact, signature, view, withHash } from './compiled-query.ts';

/** As the first version of the compiler stored it: tables without columns. */
const OLD = {
  compiler: 1,
  language: 'postgresql',
  sourceId: '00000000-0000-4000-8000-000000000000',
  effect: 'write',
  statements: [{ choices: {}, text: 'update orders set status = $1 where id = 1', binds: ['s'] }],
  request: null,
  arguments: [
    {
      name: 's',
      expression: 's',
      origin: 'user',
      source: { from: 'user' },
      engineType: 'text',
      type: 'text',
      list: false,
      nullable: true,
      maxLength: 100000,
    },
  ],
  tables: [{ name: 'orders', access: 'write' }],
  functions: [],
  notes: [],
  result: [],
  windowed: false,
  key: [],
  order: [],
  ordered: false,
  maxRows: 10000,
  timeoutMs: 10000,
  expectRows: null,
  run: 'manual',
  confirm: null,
  holes: [{ at: 27, length: 7, argument: 's', path: 'text' }],
  hash: 'f2568d236f52ef321e7d47823f4ef967ebb49b19b0ee09948b6a7045a71c7e21',
} as const satisfies CompiledQuery;

it('D1 a member’s browser is told what it may send and what comes back, and nothing of what is sent on', () => {
  const [own] = OLD.arguments;
  const others = (['identity', 'constant'] as const).map((origin) => ({ ...own, name: origin, origin }));
  const told = signature({ ...OLD, arguments: [...others, own] });
  expect(Object.keys(told)).toEqual(['effect', 'arguments', 'result', 'windowed', 'key', 'run', 'confirm']);
  expect(told.arguments.map(({ name }) => name)).toEqual(['s']);
  expect(JSON.stringify(told)).not.toMatch(/update|orders|engineType|source/);
});

describe('Q8 a form that an earlier version of the compiler made', () => {
  it('keeps its hash, and is shown', () => {
    expect(isIntact(OLD)).toBe(true);
    expect(CompiledView.parse(view(OLD))).toMatchObject({ tables: [{ name: 'orders', access: 'write' }] });
  });
  it('is not what its hash says once something of it is another, columns among it', () => {
    const { hash, ...form } = OLD;
    const told = { ...form, tables: [{ name: 'orders', access: 'write' as const, columns: ['status'] }] };
    expect(isIntact({ ...told, hash })).toBe(false);
    expect(withHash(told).hash).not.toBe(hash);
  });
});
