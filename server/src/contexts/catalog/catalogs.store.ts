import type { CatalogTable, EnvironmentName } from '@sallyport/contract';
import type { OrganizationId, SourceId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';

export interface KeptCatalog {
  readonly sourceVersion: number;
  readonly readAt: Date;
  readonly tables: readonly CatalogTable[];
}

export async function findCatalog(
  tx: Tx,
  id: SourceId,
  environment: EnvironmentName,
): Promise<KeptCatalog | undefined> {
  const row = await tx.maybe<{ source_version: number; read_at: Date; tables: CatalogTable[] }>(
    sql`select source_version, read_at, tables from catalogs where source_id = ${id} and environment = ${environment}`,
  );
  return row && { sourceVersion: row.source_version, readAt: row.read_at, tables: row.tables };
}

export async function putCatalog(
  tx: Tx,
  organization: OrganizationId,
  id: SourceId,
  environment: EnvironmentName,
  kept: KeptCatalog,
): Promise<void> {
  await tx.run(sql`
    insert into catalogs (source_id, organization_id, environment, source_version, read_at, tables)
    values (${id}, ${organization}, ${environment}, ${kept.sourceVersion}, ${kept.readAt}, ${JSON.stringify(kept.tables)})
    on conflict (source_id, environment) do update
    set source_version = excluded.source_version, read_at = excluded.read_at, tables = excluded.tables`);
}
