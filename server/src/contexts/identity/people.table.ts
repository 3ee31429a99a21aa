import type { Role } from '../../kernel/actor.ts';
import type { OrganizationId, PersonId } from '../../kernel/ids.ts';

/** A person as sign-in sees them, before any organization. */
export interface Account {
  readonly id: PersonId;
  readonly email: string;
  readonly name: string;
  readonly epoch: number;
  readonly second_factor: boolean;
  /** Null for one who signs in by other means. */
  readonly hash: string | null;
  readonly familiar: boolean;
  /** Where they go: the last one that they acted in, else the first that they joined. Null for one without any. */
  readonly organization_id: OrganizationId | null;
}

/** A person as a colleague sees them. */
export interface Member {
  readonly id: PersonId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly groups: string[];
  readonly attributes: Record<string, string>;
  readonly disabled: boolean;
  readonly second_factor: boolean;
  readonly last_seen_at: Date | null;
  readonly created_at: Date;
}

export interface Membership {
  readonly role: Role;
  readonly groups: string[];
  readonly attributes: Record<string, string>;
  readonly disabled: boolean;
}
