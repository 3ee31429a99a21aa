import type { Role } from '../../kernel/actor.ts';
import type { OrganizationId, PersonId, SessionId } from '../../kernel/ids.ts';
import type { SessionKind } from './session.ts';

/** A session with the person and the membership that it stands for. */
export interface LiveSession {
  readonly id: SessionId;
  readonly token_hash: Buffer;
  readonly kind: SessionKind;
  readonly organization_id: OrganizationId;
  readonly person_id: PersonId;
  readonly last_seen_at: Date;
  readonly expires_at: Date;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly groups: string[];
  readonly attributes: Record<string, string>;
  readonly operator: boolean;
}

/** A session as its owner or an admin may see it. */
export interface ListedSession {
  readonly person_id: PersonId;
  readonly name: string;
  readonly email: string;
  readonly id: SessionId;
  readonly kind: SessionKind;
  readonly label: string | null;
  readonly device: string;
  readonly address: string;
  readonly created_at: Date;
  readonly last_seen_at: Date;
  readonly expires_at: Date;
}
