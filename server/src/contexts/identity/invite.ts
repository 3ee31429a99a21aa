import { randomBytes } from 'node:crypto';
import type { InvitationRow } from '@sallyport/contract';
import type { Role } from '../../kernel/actor.ts';
import type { Call } from '../../kernel/call.ts';
import { newId } from '../../kernel/ids.ts';
import { Secret } from '../../kernel/secret.ts';
import { sql } from '../../platform/db/sql.ts';
import { takeTurns } from '../../platform/db/take-turns.ts';
import type { Deps } from './deps.ts';
import { deleteOpenFor, insertInvitation } from './invitations.store.ts';
import { refuse } from './refusals.ts';
import { assertWithinOwnRole } from './roles.ts';
import { tokenHash } from './session.ts';

const SEVEN_DAYS = 7 * 86_400_000;

/** Makes a link for one address; an earlier one for it is void. */
export async function invite(
  deps: Pick<Deps, 'db' | 'audit' | 'clock' | 'baseUrl'>,
  call: Call,
  input: { email: string; role: Role; groups: readonly string[] },
): Promise<{ invitation: InvitationRow; link: Secret }> {
  const { actor } = call;
  assertWithinOwnRole(actor.role, input.role);
  const token = randomBytes(32).toString('base64url');
  const now = deps.clock.now();
  const id = newId(now);
  const groups = [...new Set(input.groups)];
  const [createdAt, expiresAt] = [new Date(now), new Date(now + SEVEN_DAYS)];
  await deps.db.tenant(actor.organizationId, async (tx) => {
    await takeTurns(tx, 'invitations');
    // First, since it waits for who is taking one up.
    const replaced = await deleteOpenFor(tx, input.email);
    const member = await tx.maybe(
      sql`select p.id from people p join memberships m on m.person_id = p.id where p.email = ${input.email}`,
    );
    if (member !== undefined) throw refuse('already_member');
    // I10: replacing an invitation takes what it gave, as withdrawing it does.
    assertWithinOwnRole(actor.role, ...replaced);
    await insertInvitation(tx, {
      id,
      organizationId: actor.organizationId,
      email: input.email,
      role: input.role,
      groups,
      tokenHash: tokenHash(token),
      invitedBy: actor.personId,
      createdAt,
      expiresAt,
    });
    await deps.audit.record(tx, call, {
      event: 'identity.invited',
      target: { kind: 'invitation', id, name: input.email },
      data: { email: input.email, role: input.role, groups },
    });
  });
  return {
    invitation: {
      id,
      email: input.email,
      role: input.role,
      groups,
      invitedBy: actor.name,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    },
    link: new Secret(`${deps.baseUrl}/invite?token=${token}`),
  };
}
