import type { AnyCall } from '../../kernel/call.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Tx } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';
import { lockEpoch, raiseEpoch } from './accounts.store.ts';
import { admitLink, type LinkKind } from './admit-link.ts';
import { setPasswordHash } from './credentials.store.ts';
import type { Deps } from './deps.ts';
import { endSessions } from './end-sessions.ts';
import { everywhere } from './looked-after.ts';
import { findReset, lockStandings, markUsed, type OpenReset } from './password-resets.store.ts';
import { refuse } from './refusals.ts';
import { tokenHash } from './session.ts';
import { clearKey } from './throttle.store.ts';
import { throttleKeys } from './throttle.ts';

type ResetDeps = Pick<Deps, 'db' | 'audit' | 'clock'>;
const WHY = 'whoever holds a link to a new password is not signed in';

/** Whose password the link is for. */
export async function readPasswordReset(
  deps: ResetDeps,
  call: AnyCall,
  token: string,
): Promise<{ email: string; name: string }> {
  const { email, name } = await admitted(deps, call, token);
  return { email, name };
}

/**
 * Sets the password, once, and ends every session and token of the person. It signs nobody in: that goes on as always,
 * with the second factor where there is one.
 */
export async function resetPassword(
  deps: ResetDeps & Pick<Deps, 'hasher' | 'passwords'>,
  call: AnyCall,
  input: { token: string; password: string },
): Promise<void> {
  // First the link, so that a stranger cannot make us hash.
  const { person, email, name, organizations } = await admitted(deps, call, input.token);
  const password = new Secret(input.password);
  await deps.passwords.assertStrong(password, { email, name, organization: organizations }, 'password');
  const hash = await deps.hasher.hash(password);
  await deps.db.system(WHY, async (tx) => {
    // The person's lock first, as everywhere: of two who hold the link, the second finds it used.
    await lockEpoch(tx, person);
    const reset = await valid(deps, tx, input.token);
    if (reset === undefined) throw refuse('reset_link_invalid');
    await setPasswordHash(tx, person, hash);
    await markUsed(tx, reset.id, deps.clock.now());
    await raiseEpoch(tx, person);
    const sessions = await endSessions(tx, sql`person_id = ${person}`);
    // Who forgot the password has failed with it: those failures are forgotten.
    for (const familiar of [true, false])
      await clearKey(tx, throttleKeys(email, call.address, familiar).account);
    for (const { organizationId } of await lockStandings(tx, person, null))
      await deps.audit.record(tx, call, {
        organization: organizationId,
        event: 'identity.password_reset',
        target: { kind: 'person', id: person, name: email },
        data: { sessions },
      });
  });
}

const LINK: LinkKind = {
  why: WHY,
  refused: 'identity.password_reset_refused',
  invalid: () => refuse('reset_link_invalid'),
};

const admitted = (deps: ResetDeps, call: AnyCall, token: string): Promise<OpenReset> =>
  admitLink(deps, call, LINK, (tx) => valid(deps, tx, token));

/** I12 holds at the end too: who made the link must still look after the person, everywhere, and they must be able to come in. */
async function valid(deps: Pick<Deps, 'clock'>, tx: Tx, token: string): Promise<OpenReset | undefined> {
  const reset = await findReset(tx, tokenHash(token), deps.clock.now());
  if (reset === undefined) return undefined;
  const standings = await lockStandings(tx, reset.person, reset.issuedBy);
  if (standings.every((one) => one.disabled)) return undefined;
  return reset.issuedBy === null || everywhere(standings) ? reset : undefined;
}
