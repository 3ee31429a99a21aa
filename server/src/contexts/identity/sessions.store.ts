import type { PersonActor } from '../../kernel/actor.ts';
import type { OrganizationId, PersonId, SessionId } from '../../kernel/ids.ts';
import type { PageAsked } from '../../kernel/page.ts';
import type { Tx } from '../../platform/db/db.ts';
import { type Sql, sql } from '../../platform/db/sql.ts';
import type { SessionKind, SessionLimits } from './session.ts';
import type { ListedSession, LiveSession } from './sessions.table.ts';

/**
 * I6: in force only within its own term, in the person's present epoch and while the membership is on. A last use far ahead
 * was written by a clock that was set back since, and would keep the session alive until that time and longer.
 */
const inForce = (now: number, limits: SessionLimits): Sql => sql`
  m.disabled_at is null and s.expires_at > ${new Date(now)}
  and (s.kind = 'token'
    or s.last_seen_at > ${new Date(now - limits.idleMs)} and s.last_seen_at < ${new Date(now + limits.idleMs)})`;

export async function findLiveSessions(
  tx: Tx,
  tokenHashes: readonly Buffer[],
  now: number,
  limits: SessionLimits,
): Promise<readonly LiveSession[]> {
  return tx.many<LiveSession>(
    sql`
    select s.id, s.token_hash, s.kind, s.organization_id, s.person_id, s.last_seen_at, s.expires_at,
      p.name, p.email, m.role, m.groups, m.attributes,
      exists (select from setup u where u.operator_id = s.organization_id) as operator
    from sessions s
    join people p on p.id = s.person_id and p.epoch = s.epoch
    join memberships m on m.organization_id = s.organization_id and m.person_id = s.person_id
    where s.token_hash = any(${tokenHashes}::bytea[]) and ${inForce(now, limits)}`.named(
      'identity_find_sessions',
    ),
  );
}

/** Which of these sessions are still in force: asked after notifications may have been missed. */
export async function stillInForce(
  tx: Tx,
  ids: readonly SessionId[],
  now: number,
  limits: SessionLimits,
): Promise<ReadonlySet<SessionId>> {
  const rows = await tx.many<{ id: SessionId }>(sql`
    select s.id from sessions s
    join people p on p.id = s.person_id and p.epoch = s.epoch
    join memberships m on m.organization_id = s.organization_id and m.person_id = s.person_id
    where s.id = any(${ids}::uuid[]) and ${inForce(now, limits)}`);
  return new Set(rows.map((row) => row.id));
}

export interface NewSession {
  readonly id: SessionId;
  readonly organizationId: OrganizationId;
  readonly personId: PersonId;
  readonly kind: SessionKind;
  readonly tokenHash: Buffer;
  readonly epoch: number;
  readonly label: string | null;
  readonly device: string;
  readonly address: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** The token that made this token, and with which it ends. */
  readonly madeBy: SessionId | null;
}

export async function insertSession(tx: Tx, s: NewSession): Promise<void> {
  await tx.run(sql`
    insert into sessions (id, organization_id, person_id, kind, token_hash, epoch, label, device, address,
      created_at, last_seen_at, expires_at, made_by)
    values (${s.id}, ${s.organizationId}, ${s.personId}, ${s.kind}, ${s.tokenHash}, ${s.epoch}, ${s.label},
      ${s.device}, ${s.address}, ${s.createdAt}, ${s.createdAt}, ${s.expiresAt}, ${s.madeBy})`);
}

/** Deletes what the condition names, and the tokens made by those; tells which: the revocation names them to every node. */
export async function deleteSessions(tx: Tx, where: Sql): Promise<readonly SessionId[]> {
  const rows = await tx.many<{ id: SessionId }>(sql`
    with recursive ended as (
      select id from sessions where ${where}
      union select s.id from sessions s join ended e on s.made_by = e.id
    ) delete from sessions where id in (select id from ended) returning id`);
  return rows.map((row) => row.id);
}

/** In a tenant transaction: those of this organization. */
export async function countTokens(tx: Tx, person: PersonId, now: number): Promise<number> {
  const { count } = await tx.one<{ count: number }>(sql`
    select count(*)::int as count from sessions
    where person_id = ${person} and kind = 'token' and expires_at > ${new Date(now)}`);
  return count;
}

/** With this session, the person's others in its organization beyond so many in all: the longest unused. */
export const unusedSessions = (
  { organizationId, personId, sessionId }: PersonActor,
  beyond: number,
): Sql => sql`
  id in (select id from sessions
    where organization_id = ${organizationId} and person_id = ${personId} and kind = 'session'
      and id <> ${sessionId}
    order by last_seen_at desc, id desc offset ${beyond - 1})`;

/** Those in force. In a tenant transaction: those of this organization. */
const listed = (which: Sql, now: number, limits: SessionLimits): Sql => sql`
  select s.id, s.kind, s.label, s.device, s.address, s.created_at, s.last_seen_at, s.expires_at,
    p.id as person_id, p.name, p.email
  from sessions s
  join people p on p.id = s.person_id and p.epoch = s.epoch
  join memberships m on m.organization_id = s.organization_id and m.person_id = s.person_id
  where ${which} and ${inForce(now, limits)}`;

/** A person's, newest use first. */
export const listSessions = (
  tx: Tx,
  person: PersonId,
  now: number,
  limits: SessionLimits,
): Promise<ListedSession[]> =>
  tx.many(sql`${listed(sql`s.person_id = ${person}`, now, limits)} order by s.last_seen_at desc, s.id`);

/** So many after the cursor, the newest first: the time of last use changes between two pages. */
export const listEverybodysSessions = (
  tx: Tx,
  { cursor, limit }: PageAsked,
  now: number,
  limits: SessionLimits,
): Promise<ListedSession[]> =>
  tx.many(
    sql`${listed(sql`(${cursor ?? null}::uuid is null or s.id < ${cursor})`, now, limits)} order by s.id desc limit ${limit}`,
  );

/** One that somebody holds is passed over: it is being ended or touched, and who waits for one while holding others can deadlock. */
export async function touchSessions(
  tx: Tx,
  uses: ReadonlyMap<SessionId, { readonly at: number; readonly address: string }>,
): Promise<void> {
  const ids = [...uses.keys()];
  const values = [...uses.values()];
  await tx.run(sql`
    with free as (
      select id from sessions where id = any(${ids}::uuid[]) for no key update skip locked
    ) update sessions s set last_seen_at = greatest(s.last_seen_at, v.at), address = v.address
    from free join unnest(${ids}::uuid[], ${values.map((v) => new Date(v.at))}::timestamptz[],
      ${values.map((v) => v.address)}::text[]) as v(id, at, address) using (id)
    where s.id = v.id`);
}
