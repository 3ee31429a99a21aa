import { createHmac } from 'node:crypto';
import { IDEMPOTENCY_KEY, type Route } from '@sallyport/contract';
import type { FastifyRequest } from 'fastify';
import type pg from 'pg';
import type { Actor } from '../../kernel/actor.ts';
import type { Call } from '../../kernel/call.ts';
import { decrypt, encrypt } from '../../kernel/cipher.ts';
import type { Secret } from '../../kernel/secret.ts';
import type { Db } from '../db/db.ts';
import { sql } from '../db/sql.ts';
import { refusalOf } from './problem.ts';
import { refuse } from './refusals.ts';

export interface Idempotency {
  /** Serves a creation once per key, person and organization; the same key, place and body answer the same for a day. */
  once(
    request: FastifyRequest,
    route: Route,
    call: Call<Actor>,
    serve: () => Promise<unknown>,
  ): Promise<unknown>;
  /** Deletes what was kept for its day, of everybody; done by itself every hour. */
  sweep(): Promise<void>;
  close(): void;
}

const SWEEP_EVERY_MS = 3_600_000;
/** In the place of a body's digest that nobody can compare with any more. */
const FORGOTTEN = '';

/**
 * Keys live in `idempotency_keys`. The kept answer is sealed, since an answer may hold a link that is shown only once.
 * The key is claimed before the work begins: after a crash in between, a retry is told that the outcome is in doubt,
 * which is the truth, and never does the work twice. Keys of more than a day ago mean nothing, and are swept.
 */
export function createIdempotency(db: Db, key: Secret<Buffer>): Idempotency {
  const sweep = () =>
    db.system('what was kept for a day goes in every organization', async (tx) => {
      await tx.run(sql`delete from idempotency_keys where created_at < now() - interval '1 day'`);
    });
  const sweeping = setInterval(() => void sweep().catch(() => undefined), SWEEP_EVERY_MS);
  sweeping.unref();
  return {
    sweep,
    close: () => clearInterval(sweeping),
    async once(request, route, call, serve) {
      const given = request.headers['idempotency-key'];
      const { actor } = call;
      if (given === undefined || actor.kind !== 'person') return serve();
      if (typeof given !== 'string' || !IDEMPOTENCY_KEY.test(given)) throw refuse('idempotency_key_invalid');
      // Under a key: a body may hold a credential, and a short one could be guessed from its plain digest.
      const bodyHash = createHmac('sha256', key.reveal())
        .update(JSON.stringify([request.params, request.body ?? null]))
        .digest('hex');
      const id = {
        organization: actor.organizationId,
        person: actor.personId,
        key: given,
        operation: route.operationId,
      };
      const place = `${id.organization}/${id.person}/${id.key}`;
      const at = sql`organization_id = ${id.organization} and person_id = ${id.person} and key = ${id.key}`;
      const claim = () =>
        db.tenant(id.organization, async (tx) => {
          await tx.run(sql`
            delete from idempotency_keys where organization_id = ${id.organization} and person_id = ${id.person}
              and created_at < now() - interval '1 day'`);
          const claimed = await tx.run(sql`
            insert into idempotency_keys (organization_id, person_id, key, operation, body_hash)
            values (${id.organization}, ${id.person}, ${id.key}, ${id.operation}, ${bodyHash})
            on conflict do nothing`);
          if (claimed === 1) return 'claimed' as const;
          return tx.maybe<{ operation: string; body_hash: string; answer: Buffer | null }>(
            sql`select operation, body_hash, answer from idempotency_keys where ${at}`,
          );
        });
      let kept = await claim();
      // Whoever had it failed and freed it between the two statements.
      while (kept === undefined) kept = await claim();
      if (kept !== 'claimed') {
        if (kept.operation !== id.operation || ![bodyHash, FORGOTTEN].includes(kept.body_hash))
          throw refuse('idempotency_key_reused');
        if (kept.answer === null) throw refuse('idempotency_in_doubt');
        if (route.audit !== null) call.recorded.set(route.audit, 'with a change');
        return JSON.parse(decrypt(key, kept.answer, place).toString('utf8'));
      }
      let result: unknown;
      try {
        result = await serve();
      } catch (error) {
        // What is on the record was done, whatever failed after it, and of a commit that was lost nobody knows: then the
        // key stays taken, and a retry is told so. Otherwise nothing happened, and the key is free again.
        if (route.audit !== null && call.recorded.has(route.audit)) throw error;
        if (refusalOf(error).code === 'database_outcome_unknown') throw error;
        await db.tenant(id.organization, (tx) => tx.run(sql`delete from idempotency_keys where ${at}`));
        throw error;
      }
      const answer = encrypt(key, Buffer.from(JSON.stringify(result), 'utf8'), place);
      await db.tenant(id.organization, (tx) =>
        tx.run(sql`update idempotency_keys set answer = ${answer} where ${at}`),
      );
      return result;
    },
  };
}

/**
 * For a new root key, as the owner of the database and in its transaction: what was kept under the old one tells a retry
 * neither whether it is the same request nor its answer. The keys stay taken, so that nothing is done twice.
 */
export async function forgetKeptAnswers(owner: Pick<pg.Client, 'query'>): Promise<void> {
  // Forced on the owner too; lifted for this transaction, which keeps everybody else out.
  await owner.query('alter table idempotency_keys no force row level security');
  await owner.query('update idempotency_keys set answer = null, body_hash = $1', [FORGOTTEN]);
  await owner.query('alter table idempotency_keys force row level security');
}
