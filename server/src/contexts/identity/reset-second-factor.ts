import type { AnyCall, Call } from '../../kernel/call.ts';
import type { OrganizationId, PersonId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';
import { raiseEpoch } from './accounts.store.ts';
import { removeTotp } from './credentials.store.ts';
import type { Deps } from './deps.ts';
import { endSessions } from './end-sessions.ts';
import { ACROSS, lookedAfter } from './looked-after.ts';
import { carryOver } from './password-resets.store.ts';
import { refuse } from './refusals.ts';

/** For a person who lost the authenticator and the recovery codes. They are told at the next sign-in. */
export async function resetSecondFactor(
  deps: Pick<Deps, 'db' | 'audit' | 'clock'>,
  call: Call,
  id: string,
): Promise<void> {
  await deps.db.system(ACROSS, async (tx) => {
    const person = await lookedAfter(tx, call, id);
    if (!person.secondFactor) throw refuse('second_factor_absent');
    await takeSecondFactorOff(deps, tx, call, person);
  });
}

/** Under the person's lock. Every session ends; a link to a new password that is open stays good. */
export async function takeSecondFactorOff(
  deps: Pick<Deps, 'audit' | 'clock'>,
  tx: Tx,
  call: AnyCall,
  person: {
    readonly id: PersonId;
    readonly email: string;
    /** Whose logs tell of it. */
    readonly organizations: readonly OrganizationId[];
  },
): Promise<number> {
  await removeTotp(tx, person.id);
  await tx.run(
    sql`update people set second_factor_reset_at = ${new Date(deps.clock.now())} where id = ${person.id}`,
  );
  const epoch = await raiseEpoch(tx, person.id);
  await carryOver(tx, person.id, epoch);
  const sessions = await endSessions(tx, sql`person_id = ${person.id}`);
  for (const organization of person.organizations)
    await deps.audit.record(tx, call, {
      organization,
      event: 'identity.second_factor_reset',
      target: { kind: 'person', id: person.id, name: person.email },
      data: { sessions },
    });
  return epoch;
}
