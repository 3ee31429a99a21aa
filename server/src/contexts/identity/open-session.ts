import type { PersonActor } from '../../kernel/actor.ts';
import type { AnyCall, Call } from '../../kernel/call.ts';
import { newId, type OrganizationId, type PersonId, type SessionId } from '../../kernel/ids.ts';
import type { Secret } from '../../kernel/secret.ts';
import type { Tx } from '../../platform/db/db.ts';
import { isOperator, lockEpoch, lockMembership, setLastOrganization } from './accounts.store.ts';
import type { Deps } from './deps.ts';
import { ProofFailed } from './proof-failed.ts';
import { refuse } from './refusals.ts';
import { csrfTokenOf, newSessionToken, tokenHash } from './session.ts';
import { insertSession } from './sessions.store.ts';

/** A session just made. The token goes into the cookie and nowhere else. */
export interface OpenedSession {
  readonly token: Secret;
  /** The longest life of the cookie. */
  readonly seconds: number;
  readonly csrfToken: string;
  readonly actor: PersonActor;
  /** The same call, now with its person: for the record. */
  readonly call: Call;
}

/**
 * Makes a browser session for a person who proved who they are, in a system transaction. Refuses when the credentials
 * changed since they were checked, or when the membership is off; both are held until the commit.
 */
export async function openSession(
  deps: Pick<Deps, 'clock' | 'limits'>,
  tx: Tx,
  call: AnyCall,
  who: {
    readonly person: {
      readonly id: PersonId;
      readonly email: string;
      readonly name: string;
      readonly epoch: number;
    };
    readonly organizationId: OrganizationId;
    /** When an older session goes on in this one: its end. */
    readonly expiresAt?: number;
  },
): Promise<OpenedSession> {
  const { person, organizationId } = who;
  if ((await lockEpoch(tx, person.id)) !== person.epoch) throw refuse('sign_in_failed');
  const membership = await lockMembership(tx, organizationId, person.id);
  if (membership === undefined || membership.disabled)
    throw new ProofFailed('turned_off', person, organizationId);
  const token = newSessionToken('session');
  const hash = tokenHash(token.reveal());
  const now = deps.clock.now();
  const expiresAt = who.expiresAt ?? now + deps.limits.absoluteMs;
  const id = newId<SessionId>(now);
  await insertSession(tx, {
    id,
    organizationId,
    personId: person.id,
    kind: 'session',
    tokenHash: hash,
    epoch: person.epoch,
    label: null,
    device: call.device,
    address: call.address,
    createdAt: new Date(now),
    expiresAt: new Date(expiresAt),
    madeBy: null,
  });
  await setLastOrganization(tx, person.id, organizationId);
  const actor: PersonActor = {
    kind: 'person',
    personId: person.id,
    organizationId,
    email: person.email,
    name: person.name,
    role: membership.role,
    groups: membership.groups,
    attributes: membership.attributes,
    sessionId: id,
    via: 'session',
    operator: await isOperator(tx, organizationId),
  };
  return {
    token,
    seconds: Math.floor((expiresAt - now) / 1000),
    csrfToken: csrfTokenOf(hash),
    actor,
    call: { ...call, actor },
  };
}
