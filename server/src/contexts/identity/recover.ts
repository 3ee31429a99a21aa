import { type AnyCall, unattended } from '../../kernel/call.ts';
import { INSTALLATION, newId } from '../../kernel/ids.ts';
import type { Deps } from './deps.ts';
import { makePasswordReset, type PasswordReset } from './make-password-reset.ts';
import { lockPerson, lockStandings } from './password-resets.store.ts';
import { refuse } from './refusals.ts';
import { takeSecondFactorOff } from './reset-second-factor.ts';

const HOURS = 1;

/**
 * A link to a new password for any person, made on the server's own machine: the way back for a last owner. Who has the
 * root key and the database needs nobody's leave, but the installation's log and those of the person's organizations tell.
 */
export async function recover(
  deps: Pick<Deps, 'db' | 'audit' | 'clock' | 'baseUrl'>,
  email: string,
  options: { readonly removeSecondFactor: boolean },
): Promise<PasswordReset> {
  const call = onTheMachine();
  return deps.db.system('the server’s own machine stands above every organization', async (tx) => {
    const found = await lockPerson(tx, { email: email.trim().toLowerCase() });
    if (found === undefined) throw refuse('person_not_found');
    const standings = await lockStandings(tx, found.id, null);
    const organizations = [INSTALLATION, ...standings.map((one) => one.organizationId)];
    const epoch =
      options.removeSecondFactor && found.secondFactor
        ? await takeSecondFactorOff(deps, tx, call, { ...found, organizations })
        : found.epoch;
    const person = { id: found.id, epoch };
    const made = await makePasswordReset(deps, tx, { person, issuedBy: null, hours: HOURS });
    for (const organization of organizations)
      await deps.audit.record(tx, call, {
        organization,
        event: 'identity.password_reset_issued',
        target: { kind: 'person', id: found.id, name: found.email },
        data: { hours: HOURS },
      });
    return made;
  });
}

/** Nobody signed in: the record says from where. */
function onTheMachine(): AnyCall {
  return { ...unattended(newId()), device: 'sallyport recover, on the server’s own machine' };
}
