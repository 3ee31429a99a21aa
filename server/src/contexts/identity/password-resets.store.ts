import type { Role } from '../../kernel/actor.ts';
import type { OrganizationId, PersonId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';

// Global rows: every function here takes a system transaction.

/** What a person is in one of their organizations, and what another person is there. */
export interface Standing {
  readonly organizationId: OrganizationId;
  readonly role: Role;
  readonly disabled: boolean;
  /** Null when the other one is not there, or turned off. */
  readonly other: Role | null;
}

/** Of every organization, those too in which the person is turned off; held as they are until the end. */
export function lockStandings(tx: Tx, person: PersonId, other: PersonId | null): Promise<Standing[]> {
  return tx.many<Standing>(sql`
    select m.organization_id as "organizationId", m.role, m.disabled_at is not null as disabled, o.role as other
    from memberships m
    left join memberships o on o.organization_id = m.organization_id and o.person_id = ${other}
      and o.disabled_at is null
    where m.person_id = ${person} order by m.organization_id for share of m`);
}

export interface ResetPerson {
  readonly id: PersonId;
  readonly email: string;
  readonly name: string;
}

/** Under the person's lock. */
export function lockPerson(
  tx: Tx,
  who: { readonly id: PersonId } | { readonly email: string },
): Promise<(ResetPerson & { readonly epoch: number; readonly secondFactor: boolean }) | undefined> {
  const where = 'id' in who ? sql`id = ${who.id}` : sql`email = ${who.email}`;
  return tx.maybe(sql`
    select id, email, name, epoch, second_factor as "secondFactor" from people where ${where} for no key update`);
}

export async function insertReset(
  tx: Tx,
  r: {
    readonly id: string;
    readonly person: PersonId;
    readonly issuedBy: PersonId | null;
    readonly tokenHash: Buffer;
    readonly epoch: number;
    readonly createdAt: Date;
    readonly expiresAt: Date;
  },
): Promise<void> {
  // The newest link is the one that works.
  await tx.run(sql`delete from password_resets where person_id = ${r.person} and used_at is null`);
  await tx.run(sql`
    insert into password_resets (id, person_id, issued_by, token_hash, epoch, created_at, expires_at)
    values (${r.id}, ${r.person}, ${r.issuedBy}, ${r.tokenHash}, ${r.epoch}, ${r.createdAt}, ${r.expiresAt})`);
}

/** What is told of a person's open link to whoever looks after them; the newest is the only one. */
export function findOpenReset(
  tx: Tx,
  person: PersonId,
  now: number,
): Promise<
  | {
      readonly id: string;
      readonly issuedBy: string | null;
      readonly createdAt: Date;
      readonly expiresAt: Date;
    }
  | undefined
> {
  return tx.maybe(sql`
    select r.id, i.name as "issuedBy", r.created_at as "createdAt", r.expires_at as "expiresAt"
    from password_resets r join people p on p.id = r.person_id and p.epoch = r.epoch
    left join people i on i.id = r.issued_by
    where r.person_id = ${person} and r.used_at is null and r.expires_at > ${new Date(now)}`);
}

export async function deleteReset(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`delete from password_resets where id = ${id}`);
}

/** A link that was not used, is within its time, and since when the person's credentials did not change. */
export interface OpenReset {
  readonly id: string;
  readonly issuedBy: PersonId | null;
  readonly person: PersonId;
  readonly email: string;
  readonly name: string;
  /** The names of the person's organizations, which a password must not hold. */
  readonly organizations: string;
}

export function findReset(tx: Tx, tokenHash: Buffer, now: number): Promise<OpenReset | undefined> {
  return tx.maybe<OpenReset>(sql`
    select r.id, r.issued_by as "issuedBy", p.id as person, p.email, p.name,
      coalesce((select string_agg(o.name, ' ') from memberships m join organizations o on o.id = m.organization_id
        where m.person_id = p.id), '') as organizations
    from password_resets r join people p on p.id = r.person_id and p.epoch = r.epoch
    where r.token_hash = ${tokenHash} and r.used_at is null and r.expires_at > ${new Date(now)}`);
}

export async function markUsed(tx: Tx, id: string, now: number): Promise<void> {
  await tx.run(sql`update password_resets set used_at = ${new Date(now)} where id = ${id}`);
}

/** The person's epoch was raised by who may make such a link: an open one stays good. */
export async function carryOver(tx: Tx, person: PersonId, epoch: number): Promise<void> {
  await tx.run(
    sql`update password_resets set epoch = ${epoch} where person_id = ${person} and used_at is null and epoch = ${epoch - 1}`,
  );
}
