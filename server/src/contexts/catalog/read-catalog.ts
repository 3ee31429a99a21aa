import { type Catalog, type EnvironmentName, MOST_CATALOG_TABLES } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { SourceId } from '../../kernel/ids.ts';
import { findCatalog, type KeptCatalog, putCatalog } from './catalogs.store.ts';
import type { CatalogDeps } from './deps.ts';

/**
 * The schema of one environment of a source. Kept by us as names only (C1), read again on demand, and whenever the
 * source's address or credential is another than it was read with (C2).
 */
export async function readCatalog(
  deps: CatalogDeps,
  call: Call,
  id: SourceId,
  environment: EnvironmentName,
  refresh: boolean,
): Promise<Catalog> {
  deps.access.authorise(call, 'catalog:read');
  const { organizationId } = call.actor;
  const { version } = await deps.sources.target(call, id, environment);
  const kept = refresh
    ? undefined
    : await deps.db.tenant(organizationId, (tx) => findCatalog(tx, id, environment));
  if (kept !== undefined && kept.sourceVersion === version) {
    return catalogOf(id, environment, kept);
  }
  const read = { sourceVersion: version, readAt: new Date(), tables: await deps.read(call, id, environment) };
  await deps.db
    .tenant(organizationId, (tx) => putCatalog(tx, organizationId, id, environment, read))
    .catch(async (error: unknown) => {
      // Removed while it was read, and told so.
      if ((error as { constraint?: string }).constraint === 'catalogs_environment')
        await deps.sources.target(call, id, environment);
      throw error;
    });
  return catalogOf(id, environment, read);
}

/** C3: what is left out is said. */
function catalogOf(
  sourceId: SourceId,
  environment: EnvironmentName,
  { readAt, tables }: KeptCatalog,
): Catalog {
  return {
    sourceId,
    environment,
    readAt: readAt.toISOString(),
    tables: tables.slice(0, MOST_CATALOG_TABLES),
    more: tables.length > MOST_CATALOG_TABLES,
  };
}
