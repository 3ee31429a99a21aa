import type { Call } from '../../kernel/call.ts';
import type { OrganizationId, PersonId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { lockPerson, lockStandings, type ResetPerson, type Standing } from './password-resets.store.ts';
import { refuse } from './refusals.ts';
import { assertWithinOwnRole, mayLookAfter } from './roles.ts';

/** Why a reset looks beyond the caller's organization. */
export const ACROSS = 'an account is one for all organizations of a person, and each of them has a say';

export interface LookedAfter extends ResetPerson {
  readonly epoch: number;
  readonly secondFactor: boolean;
  /** Every organization of the person: each log tells of what is done to the account. */
  readonly organizations: readonly OrganizationId[];
}

/**
 * I12: a person whose credentials the caller may replace, under the person's lock; or the refusal. An account opens every
 * organization of its person, so the caller must look after them, with no lower role than theirs, in each.
 */
export async function lookedAfter(tx: Tx, call: Call, id: string): Promise<LookedAfter> {
  const { actor } = call;
  if (actor.via !== 'session') throw refuse('session_required');
  const personId = id as PersonId;
  const person = await lockPerson(tx, { id: personId });
  const standings = await lockStandings(tx, personId, actor.personId);
  const here = standings.find((one) => one.organizationId === actor.organizationId);
  if (person === undefined || here === undefined) throw refuse('person_not_found');
  if (personId === actor.personId) throw refuse('reset_own');
  assertWithinOwnRole(actor.role, here.role);
  if (here.disabled) throw refuse('person_turned_off');
  if (!everywhere(standings)) throw refuse('reset_elsewhere');
  return { ...person, organizations: standings.map((one) => one.organizationId) };
}

/** Fails closed: who belongs nowhere is looked after by nobody. */
export function everywhere(standings: readonly Standing[]): boolean {
  return (
    standings.length > 0 && standings.every(({ role, other }) => other !== null && mayLookAfter(other, role))
  );
}
