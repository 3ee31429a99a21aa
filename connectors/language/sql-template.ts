import { type Hole, Uncompilable } from '../language.ts';
import type { SqlToken } from './sql-token.ts';

/** A statement cut at its holes: verbatim text, and places for values. */
export type Piece =
  | { readonly text: string; readonly at: number }
  | {
      readonly hole: Hole;
      /** `in` and `not in`: the piece replaces `in ({{ list }})` as a whole. */
      readonly form: 'value' | 'in' | 'not in';
      readonly at: number;
      readonly length: number;
    };

/**
 * Cuts a tokenized text into pieces: one trailing semicolon and outer space are dropped, a hole glued to a word is
 * refused, and a hole alone after `in` becomes a list (Q3).
 */
export function sqlTemplate(
  text: string,
  path: string,
  tokens: readonly SqlToken[],
  isChoice: (hole: Hole) => boolean,
): Piece[] {
  const kept = trim(text, path, tokens);
  const meaning = kept.map((token, i) => (token.kind === 'space' || token.kind === 'comment' ? -1 : i));
  const solid = meaning.filter((i) => i !== -1);
  const pieces: Piece[] = [];
  let from = kept[0]?.at ?? 0;
  const upTo = (end: number) => {
    if (end > from) pieces.push({ text: text.slice(from, end), at: from });
  };
  solid.forEach((index, n) => {
    const token = kept[index] as SqlToken;
    if (token.hole === undefined) return;
    const near = (offset: number): SqlToken | undefined => kept[solid[n + offset] ?? -1];
    refuseGlued(path, token, near(-1), near(1));
    const word = (t: SqlToken | undefined, value: string): boolean =>
      t !== undefined && t.kind !== 'hole' && text.slice(t.at, t.end).toLowerCase() === value;
    const alone = word(near(-2), 'in') && word(near(-1), '(') && word(near(1), ')');
    if (alone && !isChoice(token.hole)) {
      const negated = word(near(-3), 'not');
      const start = (near(negated ? -3 : -2) as SqlToken).at;
      const end = (near(1) as SqlToken).end;
      upTo(start);
      pieces.push({ hole: token.hole, form: negated ? 'not in' : 'in', at: start, length: end - start });
      from = end;
    } else {
      upTo(token.at);
      pieces.push({ hole: token.hole, form: 'value', at: token.at, length: token.end - token.at });
      from = token.end;
    }
  });
  upTo(kept.at(-1)?.end ?? 0);
  return pieces;
}

/** Outer white space, closing semicolons and what stands after them are no part of the statement; another one is refused. */
function trim(text: string, path: string, tokens: readonly SqlToken[]): readonly SqlToken[] {
  const ends = (token: SqlToken | undefined) =>
    token?.kind === 'symbol' && text.slice(token.at, token.end) === ';';
  const solid = (token: SqlToken) => token.kind !== 'space' && token.kind !== 'comment';
  let end = tokens.length;
  for (;;) {
    const last = tokens.slice(0, end).findLastIndex(solid);
    if (!ends(tokens[last])) break;
    end = last;
  }
  while (end > 0 && tokens[end - 1]?.kind === 'space') end--;
  const start = tokens.findIndex((token) => token.kind !== 'space');
  const kept = start === -1 ? [] : tokens.slice(start, end);
  if (!kept.some(solid)) {
    throw new Uncompilable({ path, at: 0, length: text.length, message: 'Write a statement.' });
  }
  const another = kept.find(ends);
  if (another !== undefined) {
    throw new Uncompilable({
      path,
      at: another.at,
      length: 1,
      message:
        'A query must be exactly one statement. Give each of them a query of its own, and let an event run one after the other.',
    });
  }
  return kept;
}

function refuseGlued(
  path: string,
  token: SqlToken,
  before: SqlToken | undefined,
  after: SqlToken | undefined,
): void {
  const sticky = (t: SqlToken | undefined) =>
    t !== undefined && ['word', 'number', 'hole', 'quoted', 'string'].includes(t.kind);
  if ((sticky(before) && before?.end === token.at) || (sticky(after) && after?.at === token.end)) {
    throw new Uncompilable({
      path,
      at: token.at,
      length: token.end - token.at,
      message:
        'A value cannot be part of a word or a name. Add a space, or use a choice: a fixed list of names, whose name is the whole expression.',
    });
  }
}
