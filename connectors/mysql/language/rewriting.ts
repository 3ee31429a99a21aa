import { type SqlToken, tokenizeSql } from '../../language/sql-token.ts';
import { readMysqlToken } from './read-token.ts';

/** May begin a query, or hold a value: what the parser must see. */
const SEEN = /^(?:select|table|values|with|\?)$/i;

/** A statement of which some words are written over, so that it stays as long. Tokens are named by their place among all. */
export class Rewriting {
  readonly #text: string;
  readonly #tokens: readonly SqlToken[];
  /** For each parenthesis that opens, where it closes. */
  readonly #closing: ReadonlyMap<number, number>;
  readonly #seen: readonly number[];
  #written: string;

  constructor(text: string) {
    this.#text = text;
    this.#written = text;
    this.#tokens = tokenizeSql(text, 'text', readMysqlToken).filter(
      ({ kind }) => kind !== 'space' && kind !== 'comment',
    );
    this.#closing = closingOf(this.#tokens.map((_, i) => this.#word(i)));
    this.#seen = this.#tokens.flatMap((_, i) => (this.is(i, SEEN) ? [i] : []));
  }

  get written(): string {
    return this.#written;
  }

  get length(): number {
    return this.#tokens.length;
  }

  get hasQuery(): boolean {
    return this.#seen.some((i) => this.is(i, /^select$/i));
  }

  /** Whether the token is such a word, and no name in quotes; none is where there is no token. */
  is(i: number, pattern: RegExp): boolean {
    return this.#tokens[i]?.kind !== 'quoted' && pattern.test(this.#word(i));
  }

  isString(i: number): boolean {
    return this.#tokens[i]?.kind === 'string';
  }

  /** Whether the text goes on like this where the token begins, whatever tokens it makes of it. */
  goesOn(i: number, symbols: string): boolean {
    const token = this.#tokens[i];
    return token?.kind === 'symbol' && this.#text.startsWith(symbols, token.at);
  }

  /** The words of some tokens, with one space between any two. */
  words(from: number, to: number): string {
    return Array.from({ length: Math.max(to - from, 0) }, (_, i) => this.#word(from + i)).join(' ');
  }

  /** Where the parenthesis that opens there closes. */
  closing(i: number): number | undefined {
    return this.#closing.get(i);
  }

  /** Where in the parentheses that open at `open`, and in none inside of them, such a word stands; -1: nowhere. */
  within(open: number, pattern: RegExp): number {
    for (let i = open + 1; i < (this.#closing.get(open) ?? 0); i++) {
      if (this.is(i, pattern)) return i;
      i = this.#closing.get(i) ?? i;
    }
    return -1;
  }

  /** Writes over the tokens from one to another, that one included. */
  put(from: number, to: number, words = ''): void {
    const { at } = this.#tokens[from]!;
    const { end } = this.#tokens[to]!;
    this.#written = this.#written.slice(0, at) + words.padEnd(end - at) + this.#written.slice(end);
  }

  /** Leaves out the tokens from one on to before another, unless there is something among them that must be seen. */
  leaveOut(from: number, to: number): void {
    const first = this.#seen.find((i) => i >= from) ?? to;
    if (from < to && first >= to) this.put(from, to - 1);
  }

  #word(i: number): string {
    const token = this.#tokens[i];
    return token === undefined ? '' : this.#text.slice(token.at, token.end);
  }
}

function closingOf(words: readonly string[]): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  words.forEach((word, i) => {
    if (word === '(') open.push(i);
    const from = word === ')' ? open.pop() : undefined;
    if (from !== undefined) closing.set(from, i);
  });
  return closing;
}
