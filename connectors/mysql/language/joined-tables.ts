import type { Rendered } from '../../language/render-sql.ts';
import { tokenizeSql } from '../../language/sql-token.ts';
import type { Equality, JoinedTable, JoinedTables, Operand } from '../../language.ts';
import { readMysqlToken } from './read-token.ts';

/** What the grammar says of a select that has no more than a FROM clause, and reads no row twice. */
export interface PlainSelect {
  readonly from: readonly {
    readonly db: string | null;
    readonly table: string;
    readonly as: string | null;
  }[];
  readonly outputs: JoinedTables['outputs'];
}

/** Ends a FROM clause. */
const AFTER = new Set(['where', 'having', 'order', 'limit']);
/** No alias: what follows a table, or a condition, in its place. */
const KEYWORDS = new Set([...AFTER, 'as', 'on', 'using', 'join', 'inner', 'cross', 'left', 'outer', 'and']);
/** Values that look like columns. */
const VALUES =
  /^(null|true|false|default|current_(date|time|timestamp|user|role)|localtime(stamp)?|utc_(date|time|timestamp))$/i;
const COMPARES = new Set(['=', '<', '>', '<=', '>=', '<>', '!=']);

/** The reader met something that it does not know. */
class Unread extends Error {}

/**
 * Which tables a select joins and by which equalities, from its words: the grammar binds OR, XOR and || in another way than
 * the servers do. So only conjunctions of plain comparisons are read, and the grammar must see the same tables.
 */
export function joinedTables(rendered: Rendered, plain: PlainSelect): JoinedTables | null {
  try {
    const { tables, equalities } = new FromReader(rendered).read();
    const same =
      tables.length === plain.from.length &&
      plain.from.every(({ db, table, as }, i) => {
        const read = tables[i];
        return read?.relation.name === table && read.relation.schema === db && read.alias === (as ?? table);
      });
    return same ? { tables, equalities, outputs: plain.outputs, references: [] } : null;
  } catch (error) {
    if (error instanceof Unread) return null;
    throw error;
  }
}

interface Solid {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol';
  readonly text: string;
  readonly at: number;
}

class FromReader {
  readonly #tokens: readonly Solid[];
  readonly #binds: ReadonlyMap<number, number>;
  #at = 0;
  readonly #tables: JoinedTable[] = [];
  readonly #equalities: Equality[] = [];

  constructor({ text, placed }: Rendered) {
    this.#tokens = tokenizeSql(text, 'text', readMysqlToken)
      .filter(({ kind }) => kind !== 'space' && kind !== 'comment')
      .map(({ kind, at, end }) => ({ kind: kind as Solid['kind'], text: text.slice(at, end), at }));
    this.#binds = new Map(placed.map(({ at, bind }) => [text.indexOf('?', at), bind]));
  }

  read(): { tables: readonly JoinedTable[]; equalities: readonly Equality[] } {
    this.#skipToFrom();
    this.#table(false);
    for (;;) {
      if (this.#sign(',')) {
        this.#table(false);
        continue;
      }
      const left = this.#word('left');
      if (left) this.#word('outer');
      else if (!this.#word('inner')) this.#word('cross');
      if (this.#word('join')) this.#joined(left);
      else if (left || this.#at < this.#tokens.length) {
        if (left || !AFTER.has(this.#tokens[this.#at]?.text.toLowerCase() ?? '')) throw new Unread();
        break;
      } else break;
    }
    return { tables: this.#tables, equalities: this.#equalities };
  }

  #skipToFrom(): void {
    let depth = 0;
    for (; this.#at < this.#tokens.length; this.#at++) {
      const { kind, text } = this.#tokens[this.#at] as Solid;
      if (kind === 'symbol' && text === '(') depth += 1;
      if (kind === 'symbol' && text === ')') depth -= 1;
      const named = this.#tokens[this.#at - 1]?.text === '.';
      if (depth === 0 && !named && this.#word('from')) return;
    }
    throw new Unread();
  }

  #joined(left: boolean): void {
    const at = this.#table(left);
    const of = left ? at : null;
    if (this.#word('on')) {
      this.#conjunction(of);
      return;
    }
    if (!this.#word('using')) {
      if (left) throw new Unread();
      return;
    }
    const table = this.#tables[at] as JoinedTable;
    const merged: string[] = [];
    if (!this.#sign('(')) throw new Unread();
    do merged.push(this.#name());
    while (this.#sign(','));
    if (!this.#sign(')')) throw new Unread();
    this.#tables[at] = { ...table, merged };
    for (const column of merged)
      this.#equalities.push({
        of,
        sides: [
          { table: null, column },
          { table: table.alias, column },
        ],
        before: at,
      });
  }

  #table(left: boolean): number {
    const first = this.#name();
    const second = this.#sign('.') ? this.#name() : null;
    const name = second ?? first;
    const given = this.#word('as');
    const next = this.#tokens[this.#at];
    const bare = next?.kind === 'quoted' || (next?.kind === 'word' && !KEYWORDS.has(next.text.toLowerCase()));
    const alias = given || bare ? this.#name() : name;
    const relation = { schema: second === null ? null : first, name };
    return this.#tables.push({ relation, alias, left, merged: [] }) - 1;
  }

  /** `a = b and (c > d and e is null) and f in (1, 2)`; anything else is not read. */
  #conjunction(of: number | null): void {
    do {
      if (this.#sign('(')) {
        this.#conjunction(of);
        if (!this.#sign(')')) throw new Unread();
      } else this.#comparison(of);
    } while (this.#word('and'));
  }

  #comparison(of: number | null): void {
    const one = this.#operand();
    if (this.#word('is')) {
      this.#word('not');
      if (!this.#word('null')) throw new Unread();
      return;
    }
    const not = this.#word('not');
    if (this.#word('in')) {
      if (!this.#sign('(')) throw new Unread();
      do this.#operand();
      while (this.#sign(','));
      if (!this.#sign(')')) throw new Unread();
      return;
    }
    let operator = '';
    while (/^[<>=!]$/.test(this.#tokens[this.#at]?.text ?? '')) operator += this.#next().text;
    if (not || !COMPARES.has(operator)) throw new Unread();
    const other = this.#operand();
    if (operator === '=' && one !== null && other !== null)
      this.#equalities.push({ of, sides: [one, other] });
  }

  /** Null for a value of which nothing is known. */
  #operand(): Operand | null {
    const token = this.#tokens[this.#at];
    if (token?.kind === 'number' || token?.kind === 'string') {
      this.#next();
      if (token.kind === 'string') return { kind: 'text' };
      return /^\d{1,18}$/.test(token.text) ? { kind: 'integer' } : null;
    }
    if (token?.text === '?') {
      const bind = this.#binds.get(this.#next().at);
      return bind === undefined ? null : { bind };
    }
    if (token?.kind === 'word' && VALUES.test(token.text)) {
      this.#next();
      return null;
    }
    const first = this.#name();
    if (!this.#sign('.')) return { table: null, column: first };
    return { table: first, column: this.#name() };
  }

  #name(): string {
    const { kind, text } = this.#next();
    if (kind === 'quoted') return text.slice(1, -1).replaceAll('``', '`');
    if (kind !== 'word' || KEYWORDS.has(text.toLowerCase())) throw new Unread();
    return text;
  }

  #next(): Solid {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Unread();
    this.#at += 1;
    return token;
  }

  #word(word: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false;
    this.#at += 1;
    return true;
  }

  #sign(sign: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'symbol' || token.text !== sign) return false;
    this.#at += 1;
    return true;
  }
}
