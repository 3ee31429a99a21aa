import type { ConnectionSettings, EnvironmentName } from '@sallyport/contract';
import type { OrganizationId, PersonId, SourceId } from '../../kernel/ids.ts';
import type { PageAsked } from '../../kernel/page.ts';
import type { Tx } from '../../platform/db/db.ts';
import { notify } from '../../platform/db/notifications.ts';
import { sql } from '../../platform/db/sql.ts';
import type { SealedValue } from '../vault/index.ts';
import type { Engine, Mode, SealedCredential, Source, SourceEnvironment, Status } from './source.ts';

/** Payload: `<organization> <source>`. Sent in the transaction of every change that a pool or a cache must hear of. */
export const SOURCES_CHANGED = 'sources_changed';

interface SourceRecord {
  id: SourceId;
  organization_id: OrganizationId;
  name: string;
  slug: string;
  engine: Engine;
  mode: Mode;
  paused: boolean;
  created_at: Date;
  created_by: PersonId;
}

const sourceOf = (row: SourceRecord): Source => ({
  id: row.id,
  organization: row.organization_id,
  name: row.name,
  slug: row.slug,
  engine: row.engine,
  mode: row.mode,
  paused: row.paused,
  createdAt: row.created_at,
  createdBy: row.created_by,
});

const columns = sql`id, organization_id, name, slug, engine, mode, paused, created_at, created_by`;

export async function listSources(tx: Tx): Promise<Source[]> {
  return (await tx.many<SourceRecord>(sql`select ${columns} from sources order by name, id`)).map(sourceOf);
}

/** So many after the cursor, the newest first. */
export async function newestSources(tx: Tx, { cursor, limit }: PageAsked): Promise<Source[]> {
  const rows = await tx.many<SourceRecord>(sql`
    select ${columns} from sources where ${cursor ?? null}::uuid is null or id < ${cursor} order by id desc limit ${limit}`);
  return rows.map(sourceOf);
}

export async function findSource(tx: Tx, id: SourceId, lock = false): Promise<Source | undefined> {
  const row = await tx.maybe<SourceRecord>(
    lock
      ? sql`select ${columns} from sources where id = ${id} for update`
      : sql`select ${columns} from sources where id = ${id}`,
  );
  return row && sourceOf(row);
}

export async function findSourceBySlug(tx: Tx, slug: string): Promise<Source | undefined> {
  const row = await tx.maybe<SourceRecord>(sql`select ${columns} from sources where slug = ${slug}`);
  return row && sourceOf(row);
}

export async function slugs(tx: Tx): Promise<ReadonlySet<string>> {
  return new Set((await tx.many<{ slug: string }>(sql`select slug from sources`)).map((row) => row.slug));
}

export async function insertSource(tx: Tx, source: Omit<Source, 'createdAt' | 'paused'>): Promise<void> {
  await tx.run(sql`
    insert into sources (id, organization_id, name, slug, engine, mode, created_by)
    values (${source.id}, ${source.organization}, ${source.name}, ${source.slug}, ${source.engine}, ${source.mode}, ${source.createdBy})`);
}

export async function updateSource(
  tx: Tx,
  source: Pick<Source, 'id' | 'name' | 'mode' | 'paused'>,
): Promise<void> {
  await tx.run(
    sql`update sources set name = ${source.name}, mode = ${source.mode}, paused = ${source.paused} where id = ${source.id}`,
  );
}

export async function deleteSource(tx: Tx, id: SourceId): Promise<void> {
  await tx.run(sql`delete from sources where id = ${id}`);
}

interface EnvironmentRecord {
  source_id: SourceId;
  environment: EnvironmentName;
  settings: ConnectionSettings;
  version: number;
  credential: SealedValue | null;
  credential_version: number;
  credential_kind: string;
  credential_user: string | null;
  credential_origin: string;
  credential_set_at: Date;
  credential_set_by: PersonId;
  status: Status | null;
}

const environmentColumns = sql`source_id, environment, settings, version, credential, credential_version, credential_kind,
  credential_user, credential_origin, credential_set_at, credential_set_by, status`;

const environmentOf = (row: EnvironmentRecord): SourceEnvironment => ({
  environment: row.environment,
  settings: row.settings,
  version: row.version,
  credentialVersion: row.credential_version,
  status: row.status,
  credential:
    row.credential === null
      ? null
      : {
          sealed: row.credential,
          version: row.credential_version,
          kind: row.credential_kind,
          user: row.credential_user,
          origin: row.credential_origin,
          setAt: row.credential_set_at,
          setBy: row.credential_set_by,
        },
});

/** The environments of each of these sources that has any. */
export async function environmentsBySource(
  tx: Tx,
  sources: readonly Pick<Source, 'id'>[],
): Promise<ReadonlyMap<SourceId, readonly SourceEnvironment[]>> {
  const rows = await tx.many<EnvironmentRecord>(
    sql`select ${environmentColumns} from source_environments
      where source_id = any(${sources.map(({ id }) => id)}::uuid[]) order by environment`,
  );
  const bySource = new Map<SourceId, SourceEnvironment[]>();
  for (const row of rows)
    bySource.set(row.source_id, [...(bySource.get(row.source_id) ?? []), environmentOf(row)]);
  return bySource;
}

export async function environmentsOf(tx: Tx, id: SourceId): Promise<SourceEnvironment[]> {
  const rows = await tx.many<EnvironmentRecord>(
    sql`select ${environmentColumns} from source_environments where source_id = ${id} order by environment`,
  );
  return rows.map(environmentOf);
}

export async function findEnvironment(
  tx: Tx,
  id: SourceId,
  environment: EnvironmentName,
): Promise<SourceEnvironment | undefined> {
  const row = await tx.maybe<EnvironmentRecord>(
    sql`select ${environmentColumns} from source_environments where source_id = ${id} and environment = ${environment}`,
  );
  return row && environmentOf(row);
}

export async function insertEnvironment(
  tx: Tx,
  source: Pick<Source, 'id' | 'organization'>,
  environment: EnvironmentName,
  settings: ConnectionSettings,
): Promise<void> {
  await tx.run(sql`
    insert into source_environments (source_id, organization_id, environment, settings)
    values (${source.id}, ${source.organization}, ${environment}, ${JSON.stringify(settings)})`);
}

/** Sets the address; `voids` also takes the credential away (S2). What was found of the old address is forgotten. */
export async function updateSettings(
  tx: Tx,
  id: SourceId,
  environment: EnvironmentName,
  settings: ConnectionSettings,
  voids: boolean,
): Promise<void> {
  await tx.run(sql`
    update source_environments
    set settings = ${JSON.stringify(settings)}, version = version + 1, status = null,
      credential = case when ${voids} then null else credential end
    where source_id = ${id} and environment = ${environment}`);
}

export async function putCredential(
  tx: Tx,
  id: SourceId,
  environment: EnvironmentName,
  credential: Omit<SealedCredential, 'setAt'>,
): Promise<void> {
  await tx.run(sql`
    update source_environments
    set credential = ${credential.sealed}, credential_version = ${credential.version}, credential_kind = ${credential.kind},
      credential_user = ${credential.user}, credential_origin = ${credential.origin}, credential_set_at = now(),
      credential_set_by = ${credential.setBy}, version = version + 1, status = null
    where source_id = ${id} and environment = ${environment}`);
}

/** Keeps what a test found, unless the environment changed while it ran. */
export async function putStatus(
  tx: Tx,
  id: SourceId,
  environment: EnvironmentName,
  version: number,
  status: Status,
): Promise<void> {
  await tx.run(sql`
    update source_environments set status = ${JSON.stringify(status)}
    where source_id = ${id} and environment = ${environment} and version = ${version}`);
}

export async function deleteEnvironment(tx: Tx, id: SourceId, environment: EnvironmentName): Promise<void> {
  await tx.run(sql`delete from source_environments where source_id = ${id} and environment = ${environment}`);
}

/** Tells every node, once this transaction commits. */
export async function announce(tx: Tx, source: Pick<Source, 'id' | 'organization'>): Promise<void> {
  await notify(tx, SOURCES_CHANGED, `${source.organization} ${source.id}`);
}
