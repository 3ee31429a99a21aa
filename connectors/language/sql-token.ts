import { type Hole, Uncompilable } from '../language.ts';
import { readHole } from './read-hole.ts';

/** One token of an SQL dialect, as far as compiling needs to know. */
export interface SqlToken {
  readonly kind: 'space' | 'comment' | 'string' | 'quoted' | 'word' | 'number' | 'symbol' | 'hole';
  readonly at: number;
  readonly end: number;
  readonly hole?: Hole;
}

/** How a dialect's tokenizer reads one token that starts at `at`, other than white space and a hole. */
export type ReadToken = (text: string, at: number) => { kind: SqlToken['kind']; end: number };

/** How a dialect joins texts, for the offer to rewrite `'%{{ x }}%'`, with the text before that literal and behind it. */
export type Joined = (parts: readonly string[], before: string, behind: string) => string;
const bars: Joined = (parts) => parts.join(' || ');

const space = /\s+/y;

/**
 * Splits a text into tokens of a dialect and finds its holes (Q1). A hole inside a comment is refused; one inside a
 * string or a quoted identifier is refused with an offer.
 */
export function tokenizeSql(text: string, path: string, read: ReadToken, joined: Joined = bars): SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < text.length) {
    if (text.startsWith('{{', at)) {
      const hole = readHole(text, at, path);
      tokens.push({ kind: 'hole', at, end: at + hole.length, hole });
      at += hole.length;
      continue;
    }
    space.lastIndex = at;
    if (space.test(text)) {
      tokens.push({ kind: 'space', at, end: space.lastIndex });
      at = space.lastIndex;
      continue;
    }
    const { kind, end } = read(text, at);
    if (end <= at) throw new Error('a tokenizer must advance');
    const inside = text.slice(at, end).indexOf('{{');
    if (inside !== -1 && (kind === 'comment' || kind === 'string' || kind === 'quoted')) {
      refuseInside(text, path, { kind, at, end }, at + inside, joined);
    }
    tokens.push({ kind, at, end });
    at = end;
  }
  return tokens;
}

/** Thrown by a dialect for what does not end, such as a string without its closing quote. */
export function unterminated(path: string, at: number, length: number, what: string): never {
  throw new Uncompilable({ path, at, length, message: `This ${what} is not closed.` });
}

function refuseInside(text: string, path: string, token: SqlToken, at: number, joined: Joined): never {
  const end = text.indexOf('}}', at);
  const place = { path, at, length: end === -1 ? 2 : end + 2 - at };
  if (token.kind === 'comment') {
    throw new Uncompilable({
      ...place,
      message: 'An expression inside a comment has no effect. Remove it or the comment.',
    });
  }
  if (token.kind === 'quoted') {
    throw new Uncompilable({
      ...place,
      message:
        'A value cannot be part of a name. Use a choice instead: a fixed list of names, defined in the query settings, whose name is the whole expression.',
    });
  }
  const offer = rewrite(text, path, token, joined);
  throw new Uncompilable({
    ...place,
    message: `An expression inside a string would be text, not a value. ${
      offer === null
        ? 'Close the string before the expression and join the parts in SQL. Write a literal {{ as two joined strings.'
        : `Write this instead: ${offer}`
    }`,
  });
}

/** How a plain string begins, and ends: in quotes, or between dollar signs. */
const PLAIN = /^(?:['"]|\$\w*\$)/;

/** `'%{{ x }}%'` → `'%' || {{ x }} || '%'`, for a plain string; null when it cannot be offered. */
function rewrite(text: string, path: string, token: SqlToken, joined: Joined): string | null {
  const [sign] = PLAIN.exec(text.slice(token.at, token.at + 100)) ?? [];
  if (sign === undefined) return null;
  const doubled = sign.length === 1 ? sign + sign : null;
  const parts: string[] = [];
  let literal = '';
  let holes = 0;
  const flush = () => {
    if (literal !== '') parts.push(`'${literal.replaceAll("'", "''")}'`);
    literal = '';
  };
  for (let at = token.at + sign.length; at < text.length; ) {
    if (text.startsWith('{{', at)) {
      let hole: Hole;
      try {
        hole = readHole(text, at, path);
      } catch {
        return null;
      }
      flush();
      parts.push(text.slice(at, at + hole.length));
      holes++;
      at += hole.length;
    } else if (doubled !== null && text.startsWith(doubled, at)) {
      literal += sign;
      at += 2;
    } else if (text.startsWith(sign, at)) {
      flush();
      return holes === 0 ? null : joined(parts, text.slice(0, token.at), text.slice(at + sign.length));
    } else {
      literal += text[at];
      at += 1;
    }
  }
  return null;
}
