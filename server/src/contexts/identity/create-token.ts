import type { Call } from '../../kernel/call.ts';
import { newId, type SessionId } from '../../kernel/ids.ts';
import type { Secret } from '../../kernel/secret.ts';
import { sql } from '../../platform/db/sql.ts';
import { takeTurns } from '../../platform/db/take-turns.ts';
import { lockMembership } from './accounts.store.ts';
import type { Deps } from './deps.ts';
import { refuse } from './refusals.ts';
import { AT_MOST, newSessionToken, tokenHash } from './session.ts';
import { countTokens, insertSession } from './sessions.store.ts';

const DAY = 86_400_000;

/** A token that acts as the person in this organization. One made by a token ends with its maker, at the latest. */
export async function createToken(
  deps: Pick<Deps, 'db' | 'audit' | 'clock'>,
  call: Call,
  input: { label: string; days: number },
): Promise<{ id: SessionId; token: Secret; expiresAt: Date }> {
  const { actor } = call;
  const token = newSessionToken('token');
  const now = deps.clock.now();
  const id = newId<SessionId>(now);
  return deps.db.tenant(actor.organizationId, async (tx) => {
    const membership = await lockMembership(tx, actor.organizationId, actor.personId);
    // The maker's own row and epoch: a session that was ended a moment ago makes no token that outlives it.
    const maker = await tx.maybe<{ expires_at: Date; epoch: number }>(sql`
      select s.expires_at, s.epoch from sessions s join people p on p.id = s.person_id and p.epoch = s.epoch
      where s.id = ${actor.sessionId}`);
    if (membership === undefined || membership.disabled || maker === undefined)
      throw refuse('session_not_found');
    await takeTurns(tx, `tokens/${actor.personId}`);
    if ((await countTokens(tx, actor.personId, now)) >= AT_MOST)
      throw refuse('token_limit', { values: { limit: AT_MOST } });
    const asked = now + input.days * DAY;
    const expiresAt = new Date(actor.via === 'token' ? Math.min(asked, maker.expires_at.getTime()) : asked);
    await insertSession(tx, {
      id,
      organizationId: actor.organizationId,
      personId: actor.personId,
      kind: 'token',
      tokenHash: tokenHash(token.reveal()),
      epoch: maker.epoch,
      label: input.label,
      device: call.device,
      address: call.address,
      createdAt: new Date(now),
      expiresAt,
      madeBy: actor.via === 'token' ? actor.sessionId : null,
    }).catch((error: unknown) => {
      // The maker ended between the look and the insert.
      if ((error as { constraint?: string }).constraint === 'sessions_made_by')
        throw refuse('session_not_found');
      throw error;
    });
    await deps.audit.record(tx, call, {
      event: 'identity.token_created',
      target: { kind: 'session', id, name: input.label },
      data: { label: input.label, days: input.days },
    });
    return { id, token, expiresAt };
  });
}
