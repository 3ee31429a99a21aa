import type { WindowBind } from '../language.ts';
import type { BindValue } from '../port.ts';

/** A value on its way into a statement, with what it is. */
export interface Held {
  readonly value: BindValue;
  readonly holds: WindowBind | number;
}

/** The binds that a statement had before its window. */
export const heldBefore = (binds: readonly BindValue[]): Held[] =>
  binds.map((value, holds) => ({ value, holds }));

/** Values and what they are, apart: the engine gets the first only. */
export const apart = (held: readonly Held[]) => ({
  binds: held.map(({ value }) => value),
  holds: held.map(({ holds }) => holds),
});
