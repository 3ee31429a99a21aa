import type { Role } from '../../kernel/actor.ts';
import type { OrganizationId, PersonId } from '../../kernel/ids.ts';
import type { PageAsked } from '../../kernel/page.ts';
import type { Tx } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';

export interface OpenInvitation {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly groups: string[];
  readonly invited_by: string;
  readonly created_at: Date;
  readonly expires_at: Date;
}

/** An invitation found by its token, with the present standing of who made it. */
export interface TokenInvitation {
  readonly id: string;
  readonly organization_id: OrganizationId;
  readonly organization: string;
  readonly email: string;
  readonly role: Role;
  readonly groups: string[];
  readonly inviter_role: Role;
  readonly account_exists: boolean;
}

export function listOpen(tx: Tx, now: number, { cursor, limit }: PageAsked): Promise<OpenInvitation[]> {
  return tx.many<OpenInvitation>(sql`
    select i.id, i.email, i.role, i.groups, coalesce(p.name, '') as invited_by, i.created_at, i.expires_at
    from invitations i left join people p on p.id = i.invited_by
    where i.accepted_at is null and i.expires_at > ${new Date(now)}
      and (${cursor ?? null}::uuid is null or i.id < ${cursor})
    order by i.id desc limit ${limit}`);
}

export async function insertInvitation(
  tx: Tx,
  i: {
    readonly id: string;
    readonly organizationId: OrganizationId;
    readonly email: string;
    readonly role: Role;
    readonly groups: readonly string[];
    readonly tokenHash: Buffer;
    readonly invitedBy: PersonId;
    readonly createdAt: Date;
    readonly expiresAt: Date;
  },
): Promise<void> {
  await tx.run(sql`
    insert into invitations (id, organization_id, email, role, groups, token_hash, invited_by, created_at, expires_at)
    values (${i.id}, ${i.organizationId}, ${i.email}, ${i.role}, ${i.groups}, ${i.tokenHash}, ${i.invitedBy},
      ${i.createdAt}, ${i.expiresAt})`);
}

/** The address's invitations before, since the newest link is the one that works; answers the roles that they gave. */
export async function deleteOpenFor(tx: Tx, email: string): Promise<readonly Role[]> {
  const rows = await tx.many<{ role: Role }>(
    sql`delete from invitations where email = ${email} and accepted_at is null returning role`,
  );
  return rows.map((row) => row.role);
}

/** Of who takes an invitation up and who withdraws it at once, one does: undefined when it is not open any more. */
export async function deleteOpen(
  tx: Tx,
  id: string,
): Promise<{ readonly email: string; readonly role: Role } | undefined> {
  return tx.maybe(
    sql`delete from invitations where id = ${id} and accepted_at is null returning email, role`,
  );
}

/** In a system transaction. Void once used, past its end, or when its maker may no longer be there. */
export async function findByToken(
  tx: Tx,
  tokenHash: Buffer,
  now: number,
  lock: boolean,
): Promise<TokenInvitation | undefined> {
  return tx.maybe<TokenInvitation>(sql`
    select i.id, i.organization_id, o.name as organization, i.email, i.role, i.groups, m.role as inviter_role,
      exists (select from people p where p.email = i.email) as account_exists
    from invitations i
    join organizations o on o.id = i.organization_id
    join memberships m on m.organization_id = i.organization_id and m.person_id = i.invited_by and m.disabled_at is null
    where i.token_hash = ${tokenHash} and i.accepted_at is null and i.expires_at > ${new Date(now)}
    ${lock ? sql`for update of i` : sql``}`);
}

export async function markAccepted(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`update invitations set accepted_at = now() where id = ${id}`);
}
