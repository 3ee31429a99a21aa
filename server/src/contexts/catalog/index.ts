import { type CatalogTable, contract, type EnvironmentName } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { SourceId } from '../../kernel/ids.ts';
import { type Binding, handle } from '../../platform/http/binding.ts';
import type { CatalogDeps } from './deps.ts';
import { readCatalog, readTables } from './read-catalog.ts';

export { actions } from './actions.ts';

/** What sources contain, by name. */
export interface Catalog {
  readonly routes: readonly Binding[];
  /** The tables of these names, of every schema. Kept, or read now when nothing fresh is kept; see C2. */
  tables(
    call: Call,
    id: SourceId,
    environment: EnvironmentName,
    names: readonly string[],
    refresh?: boolean,
  ): Promise<readonly CatalogTable[]>;
}

export function createCatalog(deps: CatalogDeps): Catalog {
  return {
    routes: [
      handle(contract.catalog.getCatalog, (call, { params, query }) =>
        readCatalog(deps, call, {
          id: params.id as SourceId,
          environment: params.environment,
          refresh: query.refresh === 'true',
        }),
      ),
    ],
    tables: (call, id, environment, names, refresh = false) =>
      readTables(deps, call, { id, environment, refresh }, names),
  };
}
