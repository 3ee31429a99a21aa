import { type Catalog as CatalogDocument, contract, type EnvironmentName } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { SourceId } from '../../kernel/ids.ts';
import { type Binding, handle } from '../../platform/http/binding.ts';
import type { CatalogDeps } from './deps.ts';
import { readCatalog } from './read-catalog.ts';

export { actions } from './actions.ts';

/** What sources contain, by name. */
export interface Catalog {
  readonly routes: readonly Binding[];
  /** Kept, or read now when nothing fresh is kept; see C2. */
  read(call: Call, id: SourceId, environment: EnvironmentName, refresh?: boolean): Promise<CatalogDocument>;
}

export function createCatalog(deps: CatalogDeps): Catalog {
  const read: Catalog['read'] = (call, id, environment, refresh = false) =>
    readCatalog(deps, call, id, environment, refresh);
  return {
    routes: [
      handle(contract.catalog.getCatalog, (call, { params, query }) =>
        read(call, params.id as SourceId, params.environment, query.refresh === 'true'),
      ),
    ],
    read,
  };
}
