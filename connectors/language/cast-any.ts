import type { Outline } from '../language.ts';
import type { Description } from '../port.ts';
import type { Casts } from './render-sql.ts';

/** Leaves out every value that stands where any type may: the engine then says of what type it is elsewhere. */
export const leftOut = (outline: Outline): Casts => new Map([...outline.takesAny()].map((at) => [at, null]));

/**
 * What to cast the values to that stand where any type may: each to the type that it has elsewhere, and to a text what
 * stands nowhere else. `elsewhere`: the outline with those left out, and what the engine said of its statements. Null
 * when a type has no name.
 */
export function castsOf(
  outline: Outline,
  elsewhere: Outline,
  descriptions: readonly Description[],
): Casts | null {
  const types = new Map(
    elsewhere.statements.flatMap(({ binds }, i) =>
      binds.map((name, at) => [name, descriptions[i]?.parameters[at] ?? null] as const),
    ),
  );
  const free = outline.takesAny();
  const casts = new Map<number, string>();
  for (const { at, argument } of outline.holes) {
    if (!free.has(at)) continue;
    const type = types.get(argument);
    if (type === null) return null;
    casts.set(at, type ?? 'text');
  }
  return casts;
}
