import type { Place } from '../language.ts';
import type { Piece } from './sql-template.ts';

/** How a dialect writes a value's place. */
export interface Placeholders {
  /** The text for a value, given its bind's index among the distinct arguments. */
  value(index: number): string;
  list(index: number, negated: boolean): string;
  /** True when one argument keeps one placeholder (`$1`); false when each place has its own (`?`). */
  readonly shared: boolean;
}

export interface Rendered {
  readonly text: string;
  readonly binds: readonly string[];
  /** Where each placeholder's text starts in the statement, in order of appearance. */
  readonly placed: readonly { readonly at: number; readonly bind: number; readonly list: boolean }[];
  /** The place in the document that an offset of the statement comes from. */
  locate(offset: number): Omit<Place, 'message'> & { readonly hole: boolean };
}

/**
 * What values are cast to where the engine cannot tell a type by itself, by where their holes begin. Null: no value stands
 * there, so that the engine says of what type it is in other places.
 */
export type Casts = ReadonlyMap<number, string | null>;

/** Writes one statement: verbatim text, placeholders, and the chosen text of each choice. */
export function renderSql(
  pieces: readonly Piece[],
  argumentOf: (piece: Extract<Piece, { hole: object }>) => string,
  chosen: Readonly<Record<string, string>>,
  placeholders: Placeholders,
  casts: Casts = new Map(),
): Rendered {
  let text = '';
  const binds: string[] = [];
  const placed: { at: number; bind: number; list: boolean }[] = [];
  const map: { from: number; piece: Piece }[] = [];
  for (const piece of pieces) {
    map.push({ from: text.length, piece });
    if ('text' in piece) {
      text += piece.text;
      continue;
    }
    const name = argumentOf(piece);
    if (Object.hasOwn(chosen, name)) {
      text += chosen[name];
      continue;
    }
    const cast = casts.get(piece.hole.at);
    if (cast === null) {
      text += 'null::text';
      continue;
    }
    let bind = placeholders.shared ? binds.indexOf(name) : -1;
    if (bind === -1) bind = binds.push(name) - 1;
    const list = piece.form !== 'value';
    placed.push({ at: text.length, bind, list });
    text += list ? placeholders.list(bind, piece.form === 'not in') : placeholders.value(bind);
    if (cast !== undefined) text += `::${cast}`;
  }
  return {
    text,
    binds,
    placed,
    locate: (offset) => {
      const entry = map.findLast((candidate) => candidate.from <= offset) ?? map[0];
      if (entry === undefined) return { path: 'text', hole: false };
      const { piece } = entry;
      if ('text' in piece) {
        // Beyond the last character there is no place.
        const at = Math.max(0, Math.min(offset - entry.from, piece.text.length - 1));
        return { path: 'text', at: piece.at + at, length: 1, hole: false };
      }
      // What a choice put there is the engine's own text; at the end, something is missing, and no hole is refused.
      const hole = !Object.hasOwn(chosen, argumentOf(piece)) && offset < text.length;
      return { path: 'text', at: piece.at, length: piece.length, hole };
    },
  };
}
