import type { Role } from './actor.ts';

/** A permission that a context defines, as data; `access` turns the roles into Cedar policies. */
export interface ActionDefinition {
  /** What it allows, for the roles page: "Connect and change data sources". */
  readonly summary: string;
  readonly roles: readonly Role[];
  /** What it is done to: the installation as a whole, or, when absent, the actor's organization and its things. */
  readonly on?: 'installation';
}
export type ActionTable = Readonly<Record<string, ActionDefinition>>;

/** How a field of an audit event is treated: of `personal` fields the leaf holds a commitment alone (A4 of audit). */
export type DataClass = 'public' | 'personal';

/** An audit event that a context can record, with the class of each data field. */
export interface EventDefinition {
  readonly summary: string;
  readonly fields: Readonly<Record<string, DataClass>>;
}
export type EventTable = Readonly<Record<string, EventDefinition>>;
