import type { CatalogTable, EnvironmentName } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { SourceId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { WrittenAnswer } from '../../platform/http/binding.ts';
import { findAnswer, findTables, type Place, putCatalog } from './catalogs.store.ts';
import type { CatalogDeps } from './deps.ts';
import { writeCatalog } from './write-catalog.ts';

interface Asked {
  readonly id: SourceId;
  readonly environment: EnvironmentName;
  /** Reads the source again, whatever is kept. */
  readonly refresh: boolean;
}

/** The whole schema of one environment of a source, as it goes out. */
export async function readCatalog(deps: CatalogDeps, call: Call, asked: Asked): Promise<WrittenAnswer> {
  return new WrittenAnswer(await findIn(deps, call, asked, findAnswer));
}

/** Its tables of these names, of every schema: what one needs to know of a few of thousands. */
export function readTables(
  deps: CatalogDeps,
  call: Call,
  asked: Asked,
  names: readonly string[],
): Promise<readonly CatalogTable[]> {
  return findIn(deps, call, asked, (tx, place) => findTables(tx, place, names));
}

/**
 * Looks into the schema of a source. It is kept by us as names only (C1), read again on demand, and whenever the source's
 * address or credential is another than it was read with (C2).
 */
async function findIn<T extends object>(
  deps: CatalogDeps,
  call: Call,
  { id, environment, refresh }: Asked,
  find: (tx: Tx, place: Place) => Promise<T | undefined>,
): Promise<T> {
  deps.access.authorise(call, 'catalog:read');
  const { organizationId } = call.actor;
  const { version } = await deps.sources.target(call, id, environment);
  const place: Place = { id, environment, version };
  const kept = refresh ? undefined : await deps.db.tenant(organizationId, (tx) => find(tx, place));
  if (kept !== undefined) return kept;
  const written = await writeCatalog({ sourceId: id, environment }, await deps.read(call, id, environment));
  return deps.db
    .tenant(organizationId, async (tx) => {
      await putCatalog(tx, organizationId, place, written);
      const found = await find(tx, place);
      if (found === undefined) throw new Error('the catalog that was just kept is not there');
      return found;
    })
    .catch(async (error: unknown) => {
      // Removed while it was read, and told so.
      if ((error as { constraint?: string }).constraint === 'catalogs_environment')
        await deps.sources.target(call, id, environment);
      throw error;
    });
}
