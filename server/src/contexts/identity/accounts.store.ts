import type { OrganizationId, PersonId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { type Sql, sql } from '../../platform/db/sql.ts';
import type { Account, Membership } from './people.table.ts';

// Global rows: every function here takes a system transaction, but for `lockMembership`.

const account = (where: Sql, address: string): Sql => sql`
  select p.id, p.email, p.name, p.epoch, p.second_factor, c.hash,
    exists (select from familiar_addresses f where f.person_id = p.id and f.address = ${address}) as familiar,
    (select m.organization_id from memberships m where m.person_id = p.id
      order by m.disabled_at is not null, m.organization_id is distinct from p.last_organization_id, m.created_at
      limit 1) as organization_id
  from people p left join credentials c on c.person_id = p.id and c.kind = 'password'
  where ${where}`;

export function findAccount(tx: Tx, email: string, address: string): Promise<Account | undefined> {
  return tx.maybe<Account>(account(sql`p.email = ${email}`, address));
}

export function findAccountById(tx: Tx, id: PersonId, address: string): Promise<Account | undefined> {
  return tx.maybe<Account>(account(sql`p.id = ${id}`, address));
}

export async function insertPerson(
  tx: Tx,
  person: { readonly id: PersonId; readonly email: string; readonly name: string },
): Promise<boolean> {
  const made = await tx.run(sql`
    insert into people (id, email, name) values (${person.id}, ${person.email}, ${person.name})
    on conflict (email) do nothing`);
  return made === 1;
}

export async function insertOrganization(tx: Tx, id: OrganizationId, name: string): Promise<void> {
  await tx.run(sql`insert into organizations (id, name) values (${id}, ${name})`);
}

export async function insertMembership(
  tx: Tx,
  m: {
    readonly organizationId: OrganizationId;
    readonly personId: PersonId;
    readonly role: string;
    readonly groups: readonly string[];
  },
): Promise<boolean> {
  const made = await tx.run(sql`
    insert into memberships (organization_id, person_id, role, groups)
    values (${m.organizationId}, ${m.personId}, ${m.role}, ${m.groups}) on conflict do nothing`);
  return made === 1;
}

/** Holds the person still until the end of the transaction: sign-ins and changes of credentials take turns. */
export async function lockEpoch(tx: Tx, id: PersonId): Promise<number | undefined> {
  const row = await tx.maybe<{ epoch: number }>(
    sql`select epoch from people where id = ${id} for no key update`,
  );
  return row?.epoch;
}

/** I6: raising it voids every session made before, also one whose sign-in is under way. */
export async function raiseEpoch(tx: Tx, id: PersonId): Promise<number> {
  const row = await tx.one<{ epoch: number }>(
    sql`update people set epoch = epoch + 1 where id = ${id} returning epoch`,
  );
  return row.epoch;
}

/** Holds the membership as it is: being turned off waits for this transaction, and then finds its session. */
export function lockMembership(
  tx: Tx,
  organization: OrganizationId,
  person: PersonId,
): Promise<Membership | undefined> {
  return tx.maybe<Membership>(sql`
    select role, groups, attributes, disabled_at is not null as disabled from memberships
    where organization_id = ${organization} and person_id = ${person} for share`);
}

/** Whether the organization is the one that set-up created. */
export async function isOperator(tx: Tx, organization: OrganizationId): Promise<boolean> {
  return (await tx.maybe(sql`select 1 from setup where operator_id = ${organization}`)) !== undefined;
}

export async function setLastOrganization(
  tx: Tx,
  person: PersonId,
  organization: OrganizationId,
): Promise<void> {
  await tx.run(sql`update people set last_organization_id = ${organization} where id = ${person}`);
}
