import { hash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { CompiledQuery } from '../compiled-query.ts';
import { begunEntry, type RunFacts, ranEntry } from './run-record.ts';

const argument = (name: string, origin: 'user' | 'identity' | 'constant') => ({ name, origin });
const facts = (): RunFacts => ({
  run: 'r' as RunFacts['run'],
  runnable: { appId: 'a' as RunFacts['runnable']['appId'], appName: 'Desk' },
  release: null,
  query: 'q',
  compiled: {
    arguments: [argument('typed', 'user'), argument('me', 'identity'), argument('pin', 'constant')],
  } as unknown as CompiledQuery,
  environment: 'production',
  policies: [],
  values: new Map([
    ['typed', 'x'],
    ['me', 'a@b.example'],
    ['pin', '4711'],
  ]),
  window: undefined,
  statement: 0,
});
const digestsOf = (of: RunFacts) => begunEntry(of).data?.arguments as Record<string, string>;

it('U1 a run’s arguments are told by digests, and of a constant, which could be guessed, by none', () => {
  const digests = digestsOf(facts());
  expect(Object.keys(digests)).toEqual(['salt', 'typed', 'me']);
  expect(digests.salt).toMatch(/^[0-9a-f]{32}$/);
  expect(digests.typed).toMatch(/^[0-9a-f]{64}$/);
});

it('U1 an argument that is called salt leaves the salt, by which all are proved, in its place', () => {
  const of = facts();
  const compiled = { arguments: [argument('salt', 'user'), argument('typed', 'user')] };
  const values = new Map([...of.values, ['salt', 'sea'] as const]);
  const list = digestsOf({ ...of, compiled: compiled as unknown as CompiledQuery, values });
  const digestOf = (name: string, value: string) => hash('sha256', `${list.salt}\0${name}\0"${value}"`);
  expect(list).toEqual({
    salt: expect.stringMatching(/^[0-9a-f]{32}$/),
    '{{ salt }}': digestOf('salt', 'sea'),
    typed: digestOf('typed', 'x'),
  });
});

it('U1 the same value is another digest in another run, and the same in both records of one', () => {
  const one = facts();
  const ending = { outcome: null, code: null, refused: false, bytes: 0, totalMs: 0 };
  expect(ranEntry(one, ending).data?.arguments).toEqual(digestsOf(one));
  expect(digestsOf(facts()).typed).not.toBe(digestsOf(one).typed);
});

it('U1 says what ran and how it ended', () => {
  const one = { ...facts(), statement: 3 };
  const outcome = {
    rows: 5,
    changed: null,
    truncated: { by: 'rows', cap: 5 },
    total: null,
    sourceMs: 1.234,
  } as const;
  const ending = { code: null, refused: false, bytes: 70, totalMs: 2.345 };
  expect(ranEntry(one, { ...ending, outcome }).data).toMatchObject({
    statement: 3,
    rows: 5,
    bytes: 70,
    truncated: 'rows',
    sourceMs: 1.23,
    totalMs: 2.35,
  });
  expect(ranEntry(one, { ...ending, outcome: null, code: 'run_cancelled' })).toMatchObject({
    outcome: 'failed',
    data: { code: 'run_cancelled', rows: null, bytes: 70, truncated: null },
  });
});
