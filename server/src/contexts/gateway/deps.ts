import type { Connector, Dial } from '@sallyport/connectors/port.ts';
import type { QueryDocument } from '@sallyport/contract';
import type { PersonActor } from '../../kernel/actor.ts';
import type { AppId, OrganizationId, PersonId, ReleaseHash } from '../../kernel/ids.ts';
import type { Db } from '../../platform/db/db.ts';
import type { Notifications } from '../../platform/db/notifications.ts';
import type { Access } from '../access/index.ts';
import type { Audit } from '../audit/index.ts';
import type { Sources } from '../sources/index.ts';
import type { Vault } from '../vault/index.ts';
import type { CompiledQuery } from './compiled-query.ts';

/** What was written, and what it compiled to. */
export interface RunnableQuery {
  readonly document: QueryDocument;
  readonly compiled: CompiledQuery;
}

/** What may run: the queries of a release or a draft, and the app whose audience decides. */
export interface Runnable {
  readonly appId: AppId;
  readonly appName: string;
  readonly audience: { readonly everyone: boolean; readonly groups: readonly string[] };
  readonly queries: Readonly<Record<string, RunnableQuery>>;
}

/**
 * Where runs find releases and drafts. Apps implements it and compose.ts passes it, since the gateway may not call apps.
 */
export interface ReleaseLookup {
  /** `until` (milliseconds since the epoch): when it stops being allowed to run; null: when told. */
  release(
    organization: OrganizationId,
    hash: ReleaseHash,
  ): Promise<(Runnable & { readonly until: number | null }) | undefined>;
  draft(organization: OrganizationId, app: AppId): Promise<Runnable | undefined>;
  /** The channel on which it is told that what may run of an app has changed; the payload is `<organization> <app>`. */
  readonly changed: string;
}

/** What people may do now. Identity implements it and compose.ts passes it. */
export interface PeopleLookup {
  /** Rejects when there is no such person in the organization. */
  actorOf(
    organization: OrganizationId,
    person: PersonId,
  ): Promise<{ readonly actor: Pick<PersonActor, 'role' | 'groups'>; readonly disabled: boolean }>;
  /** Called when the rights of somebody in an organization changed, or with null may have in any. Returns the way to stop. */
  onRightsChanged(listener: (organization: OrganizationId | null) => void): Promise<() => void>;
}

export interface GatewayDeps {
  readonly db: Db;
  readonly notifications: Pick<Notifications, 'listen' | 'connected'>;
  readonly audit: Pick<Audit, 'record' | 'append'>;
  readonly access: Pick<Access, 'authorise' | 'decide' | 'isOnlyCounted'>;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  readonly sources: Pick<Sources, 'target' | 'bySlug' | 'byId' | 'onChanged'>;
  readonly connectors: Readonly<Record<Connector['engine'], Connector>>;
  /** The egress guard's dial for sources. */
  readonly dial: Dial;
  readonly releases: ReleaseLookup;
  readonly people: PeopleLookup;
  /** How many runs may be under way at once; for tests. */
  readonly limits?: { readonly perPerson: number; readonly perSource: number };
}
