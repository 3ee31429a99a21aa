import type { CatalogTable, EnvironmentName } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { SourceId } from '../../kernel/ids.ts';
import type { Db } from '../../platform/db/db.ts';
import type { Access } from '../access/index.ts';
import type { Sources } from '../sources/index.ts';

export interface CatalogDeps {
  readonly db: Db;
  readonly access: Pick<Access, 'authorise'>;
  readonly sources: Pick<Sources, 'target'>;
  /** Asks the source itself, through the gateway's connection; names only. */
  readonly read: (call: Call, id: SourceId, environment: EnvironmentName) => Promise<readonly CatalogTable[]>;
}
