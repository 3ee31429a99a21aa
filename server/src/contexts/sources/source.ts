import {
  type ConnectionSettings,
  type Credential,
  type EgressDecision,
  type EnvironmentName,
  isKeyAsUser,
  type PrivilegeReport,
} from '@sallyport/contract';
import type { OrganizationId, PersonId, SourceId } from '../../kernel/ids.ts';
import type { SealedValue } from '../vault/index.ts';

export type Engine = ConnectionSettings['engine'];
export type Mode = 'read' | 'read-write';

export interface Source {
  readonly id: SourceId;
  readonly organization: OrganizationId;
  readonly name: string;
  readonly slug: string;
  readonly engine: Engine;
  readonly mode: Mode;
  readonly paused: boolean;
  readonly createdAt: Date;
  readonly createdBy: PersonId;
}

/** What a test found. Durations in milliseconds, times in ISO 8601. */
export interface Status {
  readonly checkedAt: string;
  readonly ok: boolean;
  readonly serverVersion: string | null;
  readonly latencyMs: number | null;
  readonly error: {
    readonly code: string;
    readonly title: string;
    readonly next: string;
    readonly detail?: string;
  } | null;
  readonly privileges: PrivilegeReport | null;
  readonly egress: EgressDecision | null;
}

export interface SealedCredential {
  readonly sealed: SealedValue;
  readonly version: number;
  readonly kind: string;
  readonly user: string | null;
  readonly origin: string;
  readonly setAt: Date;
  readonly setBy: PersonId;
}

export interface SourceEnvironment {
  readonly environment: EnvironmentName;
  readonly settings: ConnectionSettings;
  /** Rises with every change of settings or credential. */
  readonly version: number;
  readonly credential: SealedCredential | null;
  /** Kept when a credential is voided, so that no version is ever used twice. */
  readonly credentialVersion: number;
  readonly status: Status | null;
}

/** How each engine lets us sign in. */
export const CREDENTIAL_KINDS: Readonly<Record<Engine, readonly Credential['kind'][]>> = {
  postgres: ['password'],
  mysql: ['password'],
  rest: ['none', 'basic', 'bearer', 'api-key', 'oauth2-client-credentials'],
};

/** The name that people know the credential by; never the secret part. */
export function credentialUser(credential: Credential): string | null {
  switch (credential.kind) {
    case 'password':
      return credential.user;
    case 'basic':
      return isKeyAsUser(credential) ? null : credential.user;
    case 'oauth2-client-credentials':
      return credential.clientId;
    case 'api-key':
      return credential.name;
    case 'bearer':
    case 'none':
      return null;
  }
}

/** S5: whether a connection is encrypted and the certificate checked. Plain http is TLS switched off. */
export function tlsOf(settings: ConnectionSettings): 'verify' | 'encrypt' | 'off' {
  if (settings.engine === 'rest' && new URL(settings.baseUrl).protocol === 'http:') return 'off';
  return settings.tls;
}
