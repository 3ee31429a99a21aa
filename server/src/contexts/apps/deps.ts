import type {
  Catalog,
  CompiledView,
  EnvironmentName,
  QueryDocument,
  QuerySignature,
} from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { OrganizationId, PersonId, SourceId } from '../../kernel/ids.ts';
import type { Db } from '../../platform/db/db.ts';
import type { Access } from '../access/index.ts';
import type { Audit } from '../audit/index.ts';
import type { CompiledQuery } from '../gateway/index.ts';

/** What apps asks of the gateway: compile, and show what was compiled. It never runs anything itself. */
export interface QueryCompiler {
  /** Refuses with `query_not_compilable` and its places when the query cannot be bound safely. */
  compile(call: Call, document: QueryDocument): Promise<CompiledQuery>;
  view(compiled: CompiledQuery): CompiledView;
  signature(compiled: CompiledQuery): QuerySignature;
  /** Whether today's rules made it. */
  isCurrent(compiled: CompiledQuery): boolean;
}

/** A data source as apps needs to know it. */
export interface SourceLabel {
  readonly id: SourceId;
  readonly slug: string;
  readonly name: string;
  readonly engine: 'postgres' | 'mysql' | 'rest';
  readonly mode: 'read' | 'read-write';
  readonly environments: readonly EnvironmentName[];
}

export interface AppsDeps {
  readonly db: Db;
  readonly audit: Pick<Audit, 'record'>;
  readonly access: Pick<Access, 'authorise' | 'decide'>;
  readonly compiler: QueryCompiler;
  readonly catalog: {
    read(call: Call, sourceId: SourceId, environment: EnvironmentName, refresh: boolean): Promise<Catalog>;
  };
  readonly sources: (organization: OrganizationId) => Promise<readonly SourceLabel[]>;
  /** Display names of people, for "published by". */
  readonly names: (
    organization: OrganizationId,
    ids: readonly PersonId[],
  ) => Promise<ReadonlyMap<PersonId, string>>;
}
