import type { ConnectionSettings, Credential, EgressDecision, PrivilegeReport } from '@sallyport/contract';
import type { OrganizationId, PersonId } from '../../kernel/ids.ts';
import type { InTurnOf } from '../../kernel/limiter.ts';
import type { Secret } from '../../kernel/secret.ts';
import type { Db } from '../../platform/db/db.ts';
import type { Notifications } from '../../platform/db/notifications.ts';
import type { Access } from '../access/index.ts';
import type { Audit } from '../audit/index.ts';
import type { Vault } from '../vault/index.ts';
import type { Mode } from './source.ts';

/** What the engines can do for this context; compose.ts makes it of the connectors and the egress guard. */
export interface Engines {
  /** `scheme://host:port`: what a credential is bound to (S2). */
  origin(settings: ConnectionSettings): string;
  /** Connects once, reads version and privileges, and closes. Throws `ConnectorError`. */
  probe(
    target: {
      readonly settings: ConnectionSettings;
      readonly credential: Secret<Credential>;
      readonly mode: Mode;
    },
    signal?: AbortSignal,
  ): Promise<{ readonly serverVersion: string; readonly privileges: PrivilegeReport | null }>;
  /** What the egress guard decides about the address of these settings. */
  egress(settings: ConnectionSettings): Promise<EgressDecision>;
}

/** The tests of a person come in turn (S8). */
export type TestDeps = SourcesDeps & { readonly inTurn: InTurnOf<PersonId> };

export interface SourcesDeps {
  readonly db: Db;
  readonly notifications: Pick<Notifications, 'listen' | 'connected'>;
  readonly audit: Pick<Audit, 'record'>;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  readonly access: Pick<Access, 'authorise'>;
  readonly engines: Engines;
  /** Display names, for "set by". */
  readonly names: (
    organization: OrganizationId,
    ids: readonly PersonId[],
  ) => Promise<ReadonlyMap<PersonId, string>>;
}
