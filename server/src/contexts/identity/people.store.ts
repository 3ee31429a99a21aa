import type { PersonId } from '../../kernel/ids.ts';
import type { PageAsked } from '../../kernel/page.ts';
import type { Tx } from '../../platform/db/db.ts';
import { type Sql, sql } from '../../platform/db/sql.ts';
import type { Member } from './people.table.ts';

// Tenant transactions: row-level security shows the members of one organization.

const members = (where: Sql): Sql => sql`
  select p.id, p.name, p.email, p.second_factor, m.role, m.groups, m.attributes,
    m.disabled_at is not null as disabled, m.created_at,
    (select max(s.last_seen_at) from sessions s
      where s.organization_id = m.organization_id and s.person_id = m.person_id) as last_seen_at
  from memberships m join people p on p.id = m.person_id
  where ${where}`;

/** So many after the cursor, the newest first. */
export function listMembers(tx: Tx, { cursor, limit }: PageAsked): Promise<Member[]> {
  return tx.many<Member>(
    sql`${members(sql`(${cursor ?? null}::uuid is null or m.person_id < ${cursor})`)} order by m.person_id desc limit ${limit}`,
  );
}

export function findMember(tx: Tx, id: PersonId): Promise<Member | undefined> {
  return tx.maybe<Member>(members(sql`p.id = ${id}`));
}

export function findMembers(tx: Tx, ids: readonly PersonId[]): Promise<Member[]> {
  return tx.many<Member>(members(sql`p.id = any(${ids}::uuid[])`));
}

/** Holds these memberships and those of all owners: of two who leave at once, one stays (I11). */
export async function lockMemberships(
  tx: Tx,
  ...people: readonly PersonId[]
): Promise<{ activeOwners: number }> {
  const rows = await tx.many<{ active_owner: boolean }>(sql`
    select role = 'owner' and disabled_at is null as active_owner from memberships
    where person_id = any(${people}::uuid[]) or role = 'owner' order by person_id for update`);
  return { activeOwners: rows.filter((row) => row.active_owner).length };
}

export async function updateMembership(tx: Tx, m: Member): Promise<void> {
  await tx.run(sql`
    update memberships set role = ${m.role}, groups = ${m.groups}, attributes = ${JSON.stringify(m.attributes)}::jsonb,
      disabled_at = case when ${m.disabled} then coalesce(disabled_at, now()) end
    where person_id = ${m.id}`);
}
