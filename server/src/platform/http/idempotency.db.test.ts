import { createHash, randomUUID } from 'node:crypto';
import { contract, type Route } from '@sallyport/contract';
import type { FastifyRequest } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import type { PersonActor } from '../../kernel/actor.ts';
import type { Call } from '../../kernel/call.ts';
import { Secret } from '../../kernel/secret.ts';
import { sql } from '../db/sql.ts';
import { createIdempotency, forgetKeptAnswers } from './idempotency.ts';

const route = contract.apps.createApp;
const actor = {
  kind: 'person',
  organizationId: randomUUID(),
  personId: randomUUID(),
} as unknown as PersonActor;
const body = { name: 'Ledger', password: 'short' };
const request = (key: string) =>
  ({ headers: { 'idempotency-key': key }, params: {}, body }) as unknown as FastifyRequest;
const newCall = () => ({ actor, recorded: new Map() }) as unknown as Call;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

const keep = (key = 7) => createIdempotency(database.db, new Secret(Buffer.alloc(32, key)));
const rows = () =>
  database.db.tenant(actor.organizationId, (tx) =>
    tx.many<{ key: string; body_hash: string }>(
      sql`select key, body_hash from idempotency_keys order by key`,
    ),
  );
const codeOf = (work: Promise<unknown>) => work.then(String, (error: { code: string }) => error.code);

it('a failure before the change frees its key alone; one after it, which may have been committed, does not', async () => {
  const once = keep();
  const fail = async () => {
    throw new Error('lost');
  };
  await once.once(request('key-beside'), route, newCall(), async () => 'made');
  await expect(once.once(request('key-before'), route, newCall(), fail)).rejects.toThrow('lost');
  expect(await once.once(request('key-beside'), route, newCall(), async () => 'twice')).toBe('made');
  expect(await once.once(request('key-before'), route, newCall(), async () => 'made')).toBe('made');

  const call = newCall();
  const late = async () => {
    call.recorded.set('apps.created', 'with a change');
    throw new Error('lost');
  };
  await expect(once.once(request('key-after'), route, call, late)).rejects.toThrow('lost');
  expect(await codeOf(once.once(request('key-after'), route, newCall(), async () => 'twice'))).toBe(
    'idempotency_in_doubt',
  );
});

it('of a commit that was lost nobody knows: the key stays taken, and nothing is done twice', async () => {
  const once = keep();
  const lost = async () => {
    throw Object.assign(new Error('lost'), { code: '08007' });
  };
  await expect(once.once(request('key-lost'), route, newCall(), lost)).rejects.toThrow('lost');
  expect(await codeOf(once.once(request('key-lost'), route, newCall(), async () => 'twice'))).toBe(
    'idempotency_in_doubt',
  );
});

it.each(['short', 'with a space', 'k'.repeat(101), 'schlüssel'])('%j is no key', async (key) => {
  const made = keep().once(request(key), route, newCall(), async () => 'made');
  expect(await codeOf(made)).toBe('idempotency_key_invalid');
});

it('a key is one person’s, of one operation, place and body, and answers the same again', async () => {
  const once = keep();
  const first = { ...actor, organizationId: randomUUID() } as PersonActor;
  let made = 0;
  const make = async () => `made ${++made}`;
  const ask = (given: object = body, by: PersonActor = first, params: object = {}, of: Route = route) =>
    codeOf(
      once.once(
        { ...request('key-of-one'), params, body: given } as FastifyRequest,
        of,
        { actor: by, recorded: new Map() } as unknown as Call,
        make,
      ),
    );
  expect([await ask(), await ask()]).toEqual(['made 1', 'made 1']);
  expect(await ask({ ...body, name: 'Other' })).toBe('idempotency_key_reused');
  expect(await ask(body, first, { id: 'another-app' })).toBe('idempotency_key_reused');
  expect(await ask(body, first, {}, contract.identity.invite)).toBe('idempotency_key_reused');
  expect(await ask(body, { ...first, personId: randomUUID() as PersonActor['personId'] })).toBe('made 2');
  expect(await ask(body, { ...first, organizationId: randomUUID() as PersonActor['organizationId'] })).toBe(
    'made 3',
  );
  expect(await ask()).toBe('made 1');
});

it('a kept answer is sealed, and is nobody’s in another’s place', async () => {
  const once = keep();
  const link = 'https://tools.example.com/invite?token=canary';
  await once.once(request('key-link'), route, newCall(), async () => ({ link }));
  await once.once(request('key-other'), route, newCall(), async () => ({ link: 'another' }));
  const kept = await database.db.tenant(actor.organizationId, (tx) =>
    tx.one<{ answer: Buffer }>(sql`select answer from idempotency_keys where key = 'key-link'`),
  );
  expect(kept.answer.toString('latin1')).not.toContain('canary');
  await database.db.tenant(actor.organizationId, (tx) =>
    tx.run(sql`update idempotency_keys set answer = ${kept.answer} where key = 'key-other'`),
  );
  await expect(once.once(request('key-other'), route, newCall(), async () => 'twice')).rejects.toThrow();
  const personId = randomUUID();
  const by = { actor: { ...actor, personId }, recorded: new Map() } as unknown as Call;
  await once.once(request('key-link'), route, by, async () => ({ link: 'somebody else’s' }));
  await database.db.tenant(actor.organizationId, (tx) =>
    tx.run(sql`update idempotency_keys set answer = ${kept.answer} where key = 'key-link'`),
  );
  await expect(once.once(request('key-link'), route, by, async () => 'twice')).rejects.toThrow();
  expect(await once.once(request('key-link'), route, newCall(), async () => 'twice')).toEqual({ link });
  await database.db.tenant(actor.organizationId, (tx) =>
    tx.run(sql`delete from idempotency_keys where person_id = ${personId}`),
  );
});

it('a key that is freed while another asks for it is had by that one, and is no fault', async () => {
  const once = keep();
  const refusedAtOnce = async () => {
    throw Object.assign(new Error('no'), { code: 'not_now' });
  };
  for (let round = 0; round < 40; round++) {
    const asked = Array.from({ length: 6 }, () =>
      codeOf(once.once(request(`key-race-${round}`), route, newCall(), refusedAtOnce)),
    );
    for (const code of await Promise.all(asked)) expect(['not_now', 'idempotency_in_doubt']).toContain(code);
  }
});

it('what is kept of a body cannot be guessed, and goes with the next key after a day', async () => {
  await keep().once(request('key-kept'), route, newCall(), async () => 'made');
  const plain = createHash('sha256')
    .update(JSON.stringify([{}, body]))
    .digest('hex');
  const [before] = (await rows()).filter((row) => row.key === 'key-kept');
  expect(before?.body_hash).not.toBe(plain);
  // Under another key it would be another: without the key nobody can try bodies.
  const hashes = await Promise.all(
    [7, 8].map(async (key) => {
      await keep(key).once(request(`key-under-${key}`), route, newCall(), async () => 'made');
      return (await rows()).find((row) => row.key === `key-under-${key}`)?.body_hash;
    }),
  );
  expect(hashes[0]).toBe(before?.body_hash);
  expect(hashes[1]).not.toBe(before?.body_hash);
  await database.db.tenant(actor.organizationId, (tx) =>
    tx.run(sql`update idempotency_keys set created_at = now() - interval '25 hours'`),
  );
  await keep().once(request('key-next'), route, newCall(), async () => 'made');
  expect((await rows()).map((row) => row.key)).toEqual(['key-next']);
});

it('what nobody asks for again goes after its day too, and what is younger stays', async () => {
  const once = keep();
  await once.once(request('key-left'), route, newCall(), async () => 'made');
  await database.db.tenant(actor.organizationId, (tx) =>
    tx.run(sql`update idempotency_keys set created_at = now() - interval '25 hours' where key = 'key-left'`),
  );
  await once.sweep();
  expect((await rows()).map((row) => row.key)).toEqual(['key-next']);
  once.close();
});

it('under a new root key, a key of before is in doubt: not done again, and not called another request', async () => {
  await keep().once(request('key-before-it'), route, newCall(), async () => 'made');
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query('begin');
  await forgetKeptAnswers(owner);
  await owner.query('commit');
  await owner.end();
  const again = (of: typeof route | typeof contract.apps.importApp) =>
    codeOf(keep(8).once(request('key-before-it'), of as Route, newCall(), async () => 'twice'));
  expect(await again(route)).toBe('idempotency_in_doubt');
  expect(await again(contract.apps.importApp)).toBe('idempotency_key_reused');
});
