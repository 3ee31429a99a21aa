import { randomBytes } from 'node:crypto';
import { newId, type PersonId } from '../../kernel/ids.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Tx } from '../../platform/db/db.ts';
import type { Deps } from './deps.ts';
import { insertReset } from './password-resets.store.ts';
import { tokenHash } from './session.ts';

/** A link to a new password: shown once, works once. */
export interface PasswordReset {
  readonly link: Secret;
  readonly expiresAt: Date;
}

/** Makes the link, which voids the one before. Under the person's lock, with the epoch read under it. */
export async function makePasswordReset(
  deps: Pick<Deps, 'clock' | 'baseUrl'>,
  tx: Tx,
  given: {
    readonly person: { readonly id: PersonId; readonly epoch: number };
    readonly issuedBy: PersonId | null;
    readonly hours: number;
  },
): Promise<PasswordReset> {
  const token = randomBytes(32).toString('base64url');
  const now = deps.clock.now();
  const expiresAt = new Date(now + given.hours * 3_600_000);
  await insertReset(tx, {
    id: newId(now),
    person: given.person.id,
    issuedBy: given.issuedBy,
    tokenHash: tokenHash(token),
    epoch: given.person.epoch,
    createdAt: new Date(now),
    expiresAt,
  });
  return { link: new Secret(`${deps.baseUrl}/reset-password?token=${token}`), expiresAt };
}
