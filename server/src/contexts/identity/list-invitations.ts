import type { InvitationRow } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { type Page, type PageAsked, pageOf } from '../../kernel/page.ts';
import type { Deps } from './deps.ts';
import { listOpen } from './invitations.store.ts';

export async function listInvitations(
  deps: Pick<Deps, 'db' | 'clock'>,
  call: Call,
  { cursor, limit }: PageAsked,
): Promise<Page<InvitationRow>> {
  const rows = await deps.db.tenant(call.actor.organizationId, (tx) =>
    listOpen(tx, deps.clock.now(), { cursor, limit: limit + 1 }),
  );
  const shown = rows.map((row) => ({
    id: row.id,
    email: row.email,
    role: row.role,
    groups: row.groups,
    invitedBy: row.invited_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }));
  return pageOf(shown, limit, ({ id }) => id);
}
