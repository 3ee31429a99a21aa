import type { AppPages } from '@sallyport/contract';
import type { AppId, OrganizationId, PersonId, ReleaseHash } from '../../kernel/ids.ts';
import type { PageAsked } from '../../kernel/page.ts';
import type { Tx } from '../../platform/db/db.ts';
import { notify } from '../../platform/db/notifications.ts';
import { sql } from '../../platform/db/sql.ts';
import {
  type App,
  type Audience,
  type DraftState,
  type Release,
  releaseHash,
  type StoredQueries,
  type StoredQuery,
} from './app.ts';

/** The channel on which every node hears that what may run of an app has changed: `<organization> <app>`. */
export const APPS_CHANGED = 'apps_changed';

interface AppRecord {
  id: AppId;
  organization_id: OrganizationId;
  name: string;
  slug: string;
  audience: Audience;
  release_hash: ReleaseHash | null;
  updated_at: Date;
  updated_by: PersonId;
}

const appOf = (row: AppRecord): App => ({
  id: row.id,
  organization: row.organization_id,
  name: row.name,
  slug: row.slug,
  audience: row.audience,
  releaseHash: row.release_hash,
  updatedAt: row.updated_at,
  updatedBy: row.updated_by,
});

const columns = sql`id, organization_id, name, slug, audience, release_hash, updated_at, updated_by`;

/** So many after the cursor, the newest first; or one of them. */
export async function listApps(tx: Tx, { cursor, limit }: PageAsked, one: AppId | null): Promise<App[]> {
  const rows = await tx.many<AppRecord>(sql`
    select ${columns} from apps
    where (${cursor ?? null}::uuid is null or id < ${cursor}) and (${one}::uuid is null or id = ${one})
    order by id desc limit ${limit}`);
  return rows.map(appOf);
}

const sourcesOf = (queries: StoredQueries): string[] => [
  ...new Set(Object.values(queries).map(({ compiled }) => compiled.sourceId)),
];

/** Those with a query of this data source in the draft or in the current release. */
export async function appsThatAsk(tx: Tx, sourceId: string): Promise<ReadonlySet<AppId>> {
  const rows = await tx.many<{ app_id: AppId }>(sql`
    select app_id from app_drafts where ${sourceId}::uuid = any(sources)
    union
    select id from apps where ${sourceId}::uuid = any(release_sources)`);
  return new Set(rows.map((row) => row.app_id));
}

export async function findApp(tx: Tx, id: AppId, lock = false): Promise<App | undefined> {
  const row = await tx.maybe<AppRecord>(
    lock
      ? sql`select ${columns} from apps where id = ${id} for update`
      : sql`select ${columns} from apps where id = ${id}`,
  );
  return row && appOf(row);
}

export async function findAppBySlug(tx: Tx, slug: string): Promise<App | undefined> {
  const row = await tx.maybe<AppRecord>(sql`select ${columns} from apps where slug = ${slug}`);
  return row && appOf(row);
}

export async function slugs(tx: Tx): Promise<ReadonlySet<string>> {
  return new Set((await tx.many<{ slug: string }>(sql`select slug from apps`)).map((row) => row.slug));
}

export async function insertApp(
  tx: Tx,
  app: Pick<App, 'id' | 'organization' | 'name' | 'slug' | 'audience'>,
  by: PersonId,
): Promise<void> {
  await tx.run(sql`
    insert into apps (id, organization_id, name, slug, audience, created_by, updated_by)
    values (${app.id}, ${app.organization}, ${app.name}, ${app.slug}, ${JSON.stringify(app.audience)}, ${by}, ${by})`);
}

export async function updateApp(
  tx: Tx,
  app: Pick<App, 'id' | 'name' | 'slug' | 'audience'>,
  by: PersonId,
): Promise<void> {
  await tx.run(sql`
    update apps set name = ${app.name}, slug = ${app.slug}, audience = ${JSON.stringify(app.audience)}, updated_at = now(), updated_by = ${by}
    where id = ${app.id}`);
}

export async function deleteApp(tx: Tx, id: AppId): Promise<void> {
  await tx.run(sql`delete from apps where id = ${id}`);
}

export async function insertDraft(
  tx: Tx,
  app: Pick<App, 'id' | 'organization'>,
  content: { pages: AppPages; queries: StoredQueries },
): Promise<void> {
  await tx.run(sql`
    insert into app_drafts (app_id, organization_id, version, pages, content_hash, sources)
    values (${app.id}, ${app.organization}, 1, ${JSON.stringify(content.pages)}, ${releaseHash(app.id, content)},
      ${sourcesOf(content.queries)})`);
  for (const [name, query] of Object.entries(content.queries)) await putDraftQuery(tx, app, name, query);
}

export async function findDraft(tx: Tx, id: AppId): Promise<DraftState | undefined> {
  const draft = await tx.maybe<{ version: number; pages: AppPages }>(
    sql`select version, pages from app_drafts where app_id = ${id}`,
  );
  if (draft === undefined) return undefined;
  const queries = await tx.many<StoredQuery & { name: string }>(
    sql`select name, document, compiled from app_draft_queries where app_id = ${id} order by name`,
  );
  return {
    version: draft.version,
    pages: draft.pages,
    queries: Object.fromEntries(
      queries.map(({ name, document, compiled }) => [name, { document, compiled }]),
    ),
  };
}

export async function putPages(tx: Tx, id: AppId, pages: AppPages): Promise<void> {
  await tx.run(sql`update app_drafts set pages = ${JSON.stringify(pages)} where app_id = ${id}`);
}

/** Ends every change of a draft: the next version, its content's hash, and the app's own stamp. */
export async function stampDraft(tx: Tx, id: AppId, by: PersonId): Promise<number> {
  const draft = await findDraft(tx, id);
  if (draft === undefined) throw new Error('the draft is gone while its app is locked');
  const { version } = await tx.one<{ version: number }>(sql`
    update app_drafts set version = version + 1, content_hash = ${releaseHash(id, draft)}, sources = ${sourcesOf(draft.queries)}
    where app_id = ${id} returning version`);
  await tx.run(sql`update apps set updated_at = now(), updated_by = ${by} where id = ${id}`);
  return version;
}

/** What the release of each of these apps would be if its draft were published now. */
export async function contentHashes(tx: Tx, apps: readonly AppId[]): Promise<ReadonlyMap<AppId, string>> {
  const rows = await tx.many<{ app_id: AppId; content_hash: string }>(
    sql`select app_id, content_hash from app_drafts where app_id = any(${apps}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.app_id, row.content_hash]));
}

export async function putDraftQuery(
  tx: Tx,
  app: Pick<App, 'id' | 'organization'>,
  name: string,
  query: StoredQuery,
): Promise<void> {
  await tx.run(sql`
    insert into app_draft_queries (app_id, organization_id, name, document, compiled)
    values (${app.id}, ${app.organization}, ${name}, ${JSON.stringify(query.document)}, ${JSON.stringify(query.compiled)})
    on conflict (app_id, name) do update set document = excluded.document, compiled = excluded.compiled`);
}

export async function deleteDraftQuery(tx: Tx, id: AppId, name: string): Promise<boolean> {
  return (await tx.run(sql`delete from app_draft_queries where app_id = ${id} and name = ${name}`)) === 1;
}

export async function deleteDraftQueries(tx: Tx, id: AppId): Promise<void> {
  await tx.run(sql`delete from app_draft_queries where app_id = ${id}`);
}

/** Remembers which version of the draft a person has as a bundle. */
export async function putDraftCopy(
  tx: Tx,
  app: Pick<App, 'id' | 'organization'>,
  person: PersonId,
  version: number,
): Promise<void> {
  await tx.run(sql`
    insert into app_draft_copies (app_id, organization_id, person_id, version)
    values (${app.id}, ${app.organization}, ${person}, ${version})
    on conflict (app_id, person_id) do update set version = excluded.version`);
}

/** Whether the draft is still what the person last exported or imported. */
export async function isDraftCopyCurrent(tx: Tx, id: AppId, person: PersonId): Promise<boolean> {
  const row = await tx.maybe(sql`
    select 1 as one from app_draft_copies as copy join app_drafts as draft using (app_id, version)
    where copy.app_id = ${id} and copy.person_id = ${person}`);
  return row !== undefined;
}

interface ReleaseRecord {
  hash: ReleaseHash;
  number: number;
  note: string;
  pages: AppPages;
  queries: StoredQueries;
  published_at: Date;
  published_by: PersonId;
  superseded_at: Date | null;
  withdrawn: boolean;
}

const releaseOf = (row: ReleaseRecord): Release => ({
  hash: row.hash,
  number: row.number,
  note: row.note,
  pages: row.pages,
  queries: row.queries,
  publishedAt: row.published_at,
  publishedBy: row.published_by,
  supersededAt: row.superseded_at,
  withdrawn: row.withdrawn,
});

const releaseColumns = sql`hash, number, note, pages, queries, published_at, published_by, superseded_at, withdrawn`;

export async function findRelease(tx: Tx, id: AppId, hash: string): Promise<Release | undefined> {
  const row = await tx.maybe<ReleaseRecord>(
    sql`select ${releaseColumns} from app_releases where app_id = ${id} and hash = ${hash}`,
  );
  return row && releaseOf(row);
}

/** The release of that hash and the app that it is of, wherever in the organization. */
export async function findReleaseAnywhere(
  tx: Tx,
  hash: string,
): Promise<{ appId: AppId; release: Release } | undefined> {
  const row = await tx.maybe<ReleaseRecord & { app_id: AppId }>(
    sql`select app_id, ${releaseColumns} from app_releases where organization_id = current_organization() and hash = ${hash}`,
  );
  return row && { appId: row.app_id, release: releaseOf(row) };
}

/** What the list of releases says of one, without its content. */
export interface ReleaseSummary {
  readonly hash: ReleaseHash;
  readonly number: number;
  readonly note: string;
  readonly publishedAt: Date;
  readonly publishedBy: PersonId;
  readonly statements: number;
  readonly writes: number;
}

/** Counted where they are: the content of all releases of an app is far more than the list says of them. */
const summaryColumns = sql`hash, number, note, published_at as "publishedAt", published_by as "publishedBy",
  (select coalesce(sum(jsonb_array_length(q.value -> 'compiled' -> 'statements')), 0)::int from jsonb_each(queries) q) as statements,
  (select count(*)::int from jsonb_each(queries) q where q.value -> 'compiled' ->> 'effect' <> 'read') as writes`;

/** So many after the one of this number, the newest first. */
export function listReleases(tx: Tx, id: AppId, { cursor, limit }: PageAsked): Promise<ReleaseSummary[]> {
  return tx.many<ReleaseSummary>(sql`
    select ${summaryColumns} from app_releases
    where app_id = ${id} and (${cursor ?? null}::int is null or number < ${cursor}) order by number desc limit ${limit}`);
}

export function summariseRelease(tx: Tx, id: AppId, hash: string): Promise<ReleaseSummary | undefined> {
  return tx.maybe<ReleaseSummary>(
    sql`select ${summaryColumns} from app_releases where app_id = ${id} and hash = ${hash}`,
  );
}

/** Of its newest release; 0 while there is none. */
export async function lastNumber(tx: Tx, id: AppId): Promise<number> {
  const { number } = await tx.one<{ number: number }>(
    sql`select coalesce(max(number), 0) as number from app_releases where app_id = ${id}`,
  );
  return number;
}

export interface ReleaseLabel {
  readonly appId: AppId;
  readonly hash: ReleaseHash;
  readonly number: number;
  readonly publishedAt: Date;
  readonly publishedBy: PersonId;
}

/** The current release of each of these apps that has one, without its content. */
export async function currentReleases(
  tx: Tx,
  apps: readonly AppId[],
): Promise<ReadonlyMap<AppId, ReleaseLabel>> {
  const rows = await tx.many<{
    app_id: AppId;
    hash: ReleaseHash;
    number: number;
    published_at: Date;
    published_by: PersonId;
  }>(sql`
    select r.app_id, r.hash, r.number, r.published_at, r.published_by
    from apps a join app_releases r on r.app_id = a.id and r.hash = a.release_hash
    where a.id = any(${apps}::uuid[])`);
  return new Map(
    rows.map((row) => [
      row.app_id,
      {
        appId: row.app_id,
        hash: row.hash,
        number: row.number,
        publishedAt: row.published_at,
        publishedBy: row.published_by,
      },
    ]),
  );
}

export async function insertRelease(
  tx: Tx,
  app: Pick<App, 'id' | 'organization'>,
  release: Omit<Release, 'publishedAt' | 'supersededAt' | 'withdrawn'>,
): Promise<void> {
  await tx.run(sql`
    insert into app_releases (app_id, organization_id, hash, number, note, pages, queries, published_by)
    values (${app.id}, ${app.organization}, ${release.hash}, ${release.number}, ${release.note},
      ${JSON.stringify(release.pages)}, ${JSON.stringify(release.queries)}, ${release.publishedBy})`);
}

/** Makes `hash` the current release. The one before is superseded, or withdrawn when this is a step back. */
export async function setCurrent(
  tx: Tx,
  id: AppId,
  hash: ReleaseHash,
  how: 'forward' | 'back',
): Promise<void> {
  await tx.run(sql`
    update app_releases set superseded_at = now(), withdrawn = ${how === 'back'}
    where app_id = ${id} and hash = (select release_hash from apps where id = ${id}) and hash <> ${hash}`);
  await tx.run(
    sql`update app_releases set superseded_at = null, withdrawn = false where app_id = ${id} and hash = ${hash}`,
  );
  await tx.run(sql`
    update apps set release_hash = ${hash}, release_sources = array(
      select distinct (q.value -> 'compiled' ->> 'sourceId')::uuid from app_releases r, jsonb_each(r.queries) q
      where r.app_id = ${id} and r.hash = ${hash})
    where id = ${id}`);
}

/** Tells every node that what may run of this app has changed, once this transaction commits. */
export async function announce(tx: Tx, app: Pick<App, 'id' | 'organization'>): Promise<void> {
  await notify(tx, APPS_CHANGED, `${app.organization} ${app.id}`);
}
