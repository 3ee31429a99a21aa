import type { PasswordResetRow } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Deps } from './deps.ts';
import { ACROSS, lookedAfter } from './looked-after.ts';
import { deleteReset, findOpenReset } from './password-resets.store.ts';
import { refuse } from './refusals.ts';

/** A person whose credentials are not the caller's to replace: no offence, there is nothing to withdraw. */
const NOT_THEIRS = new Set(['role_above_own', 'reset_own', 'reset_elsewhere', 'person_turned_off']);

/** The open link to a new password of a person that the caller may withdraw; null when there is none. */
export async function readOpenPasswordReset(
  deps: Pick<Deps, 'db' | 'clock'>,
  call: Call,
  id: string,
): Promise<PasswordResetRow | null> {
  const open = await deps.db.system(ACROSS, async (tx) => {
    try {
      const person = await lookedAfter(tx, call, id);
      return await findOpenReset(tx, person.id, deps.clock.now());
    } catch (error) {
      if (error instanceof Refusal && NOT_THEIRS.has(error.code)) return undefined;
      throw error;
    }
  });
  if (open === undefined) return null;
  return {
    issuedBy: open.issuedBy,
    createdAt: open.createdAt.toISOString(),
    expiresAt: open.expiresAt.toISOString(),
  };
}

/** The link opens nothing any more. Whoever could make one may withdraw one, also another's. */
export async function withdrawPasswordReset(
  deps: Pick<Deps, 'db' | 'audit' | 'clock'>,
  call: Call,
  id: string,
): Promise<void> {
  await deps.db.system(ACROSS, async (tx) => {
    const person = await lookedAfter(tx, call, id);
    const open = await findOpenReset(tx, person.id, deps.clock.now());
    if (open === undefined) throw refuse('reset_link_absent');
    await deleteReset(tx, open.id);
    for (const organization of person.organizations)
      await deps.audit.record(tx, call, {
        organization,
        event: 'identity.password_reset_withdrawn',
        target: { kind: 'person', id: person.id, name: person.email },
      });
  });
}
