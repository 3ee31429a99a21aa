import type { Call } from '../../kernel/call.ts';
import type { Deps } from './deps.ts';
import { ACROSS, lookedAfter } from './looked-after.ts';
import { makePasswordReset, type PasswordReset } from './make-password-reset.ts';

const HOURS = 24;

/** Makes a link by which a person chooses a new password; the caller passes it on. */
export async function issuePasswordReset(
  deps: Pick<Deps, 'db' | 'audit' | 'clock' | 'baseUrl'>,
  call: Call,
  id: string,
): Promise<PasswordReset> {
  return deps.db.system(ACROSS, async (tx) => {
    const person = await lookedAfter(tx, call, id);
    const made = await makePasswordReset(deps, tx, { person, issuedBy: call.actor.personId, hours: HOURS });
    for (const organization of person.organizations)
      await deps.audit.record(tx, call, {
        organization,
        event: 'identity.password_reset_issued',
        target: { kind: 'person', id: person.id, name: person.email },
        data: { hours: HOURS },
      });
    return made;
  });
}
