import { beforeEach, expect, it } from 'vitest';
import type { Db, Tx } from '../../platform/db/db.ts';
import type { Sql } from '../../platform/db/sql.ts';
import { createSessionFinder } from './find-sessions.ts';
import { SESSION_LIMITS, tokenHash } from './session.ts';
import type { LiveSession } from './sessions.table.ts';

interface Question {
  readonly hashes: readonly Buffer[];
  readonly rows: PromiseWithResolvers<Pick<LiveSession, 'token_hash' | 'name'>[]>;
}

/** What the database is asked: each question waits until the test answers it. */
let asked: Question[];
let find: ReturnType<typeof createSessionFinder>;

/** Everybody whose name begins with a “u” is unknown. */
const answer = ({ hashes, rows }: Question, names: readonly string[]) =>
  rows.resolve(
    names
      .map((name) => ({ name, token_hash: tokenHash(name) }))
      .filter(
        ({ name, token_hash }) => !name.startsWith('u') && hashes.some((hash) => hash.equals(token_hash)),
      ),
  );
const name = async (token: string) => (await find(tokenHash(token)))?.name;

beforeEach(() => {
  asked = [];
  const many = ({ values }: Sql) => {
    const rows: Question['rows'] = Promise.withResolvers();
    asked.push({ hashes: values[0] as Buffer[], rows });
    return rows.promise;
  };
  find = createSessionFinder({
    db: {
      lookUp: (_why: string, work: (tx: Tx) => unknown) => work({ many } as unknown as Tx),
    } as unknown as Db,
    clock: { now: () => Date.now() },
    limits: SESSION_LIMITS,
  });
});

it('asks for many who come at once in three questions, and gives each their own', async () => {
  const people = Array.from({ length: 200 }, (_, n) => (n % 7 === 0 ? `unknown ${n}` : `person ${n}`));
  const found = people.map(name);
  // Nobody waits who need not.
  expect(asked.map(({ hashes }) => hashes.length)).toEqual([1, 1]);
  for (const question of asked) answer(question, people);
  await expect.poll(() => asked.map(({ hashes }) => hashes.length)).toEqual([1, 1, 198]);
  answer(asked[2]!, people);
  expect(await Promise.all(found)).toEqual(people.map((one) => (one.startsWith('u') ? undefined : one)));
});

it('a question that fails takes only those with it who were in it', async () => {
  const found = ['ada', 'bo', 'cy', 'dan'].map(name);
  asked[0]!.rows.reject(new Error('the connection was lost'));
  await expect(found[0]).rejects.toThrow('lost');
  await expect.poll(() => asked.length).toBe(3);
  answer(asked[1]!, ['bo']);
  answer(asked[2]!, ['cy', 'dan']);
  expect(await Promise.all(found.slice(1))).toEqual(['bo', 'cy', 'dan']);
});
