import type { CatalogTable, EnvironmentName } from '@sallyport/contract';
import type { OrganizationId, SourceId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';
import type { WrittenCatalog } from './write-catalog.ts';

/** What is kept is of one environment of a source, as it was when its address and credential had this version. */
export interface Place {
  readonly id: SourceId;
  readonly environment: EnvironmentName;
  readonly version: number;
}

/** The whole answer, compressed with gzip. */
export async function findAnswer(tx: Tx, place: Place): Promise<Buffer | undefined> {
  const row = await tx.maybe<{ answer: Buffer }>(sql`
    select answer from catalogs
    where source_id = ${place.id} and environment = ${place.environment} and source_version = ${place.version}`);
  return row?.answer;
}

/** The tables of these names, of every schema. */
export async function findTables(
  tx: Tx,
  place: Place,
  names: readonly string[],
): Promise<readonly CatalogTable[] | undefined> {
  const row = await tx.maybe<{ tables: CatalogTable[] }>(sql`
    select coalesce((
      select json_agg(t.document order by t.table_name, t.schema_name) from catalog_tables t
      where t.source_id = c.source_id and t.environment = c.environment and t.table_name = any(${names})
    ), '[]') as tables
    from catalogs c
    where c.source_id = ${place.id} and c.environment = ${place.environment} and c.source_version = ${place.version}`);
  return row?.tables;
}

export async function putCatalog(
  tx: Tx,
  organization: OrganizationId,
  { id, environment, version }: Place,
  { answer, tables }: WrittenCatalog,
): Promise<void> {
  await tx.run(sql`
    insert into catalogs (source_id, organization_id, environment, source_version, answer)
    values (${id}, ${organization}, ${environment}, ${version}, ${answer})
    on conflict (source_id, environment) do update
    set source_version = excluded.source_version, answer = excluded.answer`);
  await tx.run(sql`delete from catalog_tables where source_id = ${id} and environment = ${environment}`);
  for (const part of tables)
    await tx.run(sql`
      insert into catalog_tables (source_id, organization_id, environment, schema_name, table_name, document)
      select ${id}, ${organization}, ${environment}, one ->> 'schema', one ->> 'name', one
      from json_array_elements(${part}) one`);
}
