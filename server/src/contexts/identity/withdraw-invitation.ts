import type { Call } from '../../kernel/call.ts';
import type { Deps } from './deps.ts';
import { deleteOpen } from './invitations.store.ts';
import { refuse } from './refusals.ts';
import { assertWithinOwnRole } from './roles.ts';

export async function withdrawInvitation(
  deps: Pick<Deps, 'db' | 'audit'>,
  call: Call,
  id: string,
): Promise<void> {
  await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const found = await deleteOpen(tx, id);
    if (found === undefined) throw refuse('invitation_not_found');
    assertWithinOwnRole(call.actor.role, found.role);
    await deps.audit.record(tx, call, {
      event: 'identity.invitation_withdrawn',
      target: { kind: 'invitation', id, name: found.email },
      data: { email: found.email, role: found.role },
    });
  });
}
