import type { TouchedTable } from '@sallyport/contract';
import { relationKey } from '../../language/relation-key.ts';
import type { Outline } from '../../language.ts';
import type { RelationName } from '../../port.ts';
import { asParsed } from './as-parsed.ts';
import { readable } from './foreign-letters.ts';
import type { PlainSelect } from './joined-tables.ts';
import { looksAt, metered } from './metered.ts';

import { type Qualifiers, qualifiersOf } from './qualifiers.ts';
import { namedIn, tablesInParentheses } from './tables-in-parentheses.ts';

/** What node-sql-parser understood of a statement; null when it did not. */
export interface Understood {
  readonly kind: 'select' | 'insert' | 'replace' | 'update' | 'delete';
  readonly tables: readonly TouchedTable[];
  readonly relations: readonly RelationName[];
  readonly qualifiers: Qualifiers;
  /** The names under which a DELETE lists the tables that it deletes from. */
  readonly deletes: readonly string[];
  /** The tables in the list of an UPDATE (`relationKey`): it writes none that its sub-selects alone read. */
  readonly updates: ReadonlySet<string>;
  readonly order: Outline['order'];
  readonly ordered: boolean;
  readonly plain: PlainSelect | null;
}

interface Node {
  readonly [key: string]: unknown;
}
export interface Grammar {
  parse(sql: string, options: { database: string }): { tableList: string[]; ast: unknown };
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * The parser knows most, not all, of the two engines' grammar. A value may stand where it expects a number or a string,
 * so each is tried in the place of `?`, which changes nothing of what is touched. What takes it too long is not understood.
 */
export function understand(grammar: Grammar, text: string, placed: readonly number[]): Understood | null {
  const known = readable(asParsed(text));
  const looks = looksAt(text);
  for (const stand of ['?', '1', "''"]) {
    const sql = placed.reduceRight((all, at) => all.slice(0, at) + stand + all.slice(at + 1), known.text);
    for (const database of ['MySQL', 'MariaDB']) {
      try {
        return read(known.restore(grammar.parse(metered(sql, looks), { database })));
      } catch {
        // Not understood that way: try the next, and in the end say so.
      }
    }
  }
  return null;
}

function read(parsed: { tableList: string[]; ast: unknown }): Understood {
  const statements = Array.isArray(parsed.ast) ? parsed.ast : [parsed.ast];
  const ast = statements.length === 1 && isNode(statements[0]) ? statements[0] : null;
  if (ast === null) throw new Error('not one statement');
  const kind = KINDS.find((one) => one === ast.type);
  if (kind === undefined) throw new Error('not a statement that is known');
  const hidden = cteNames(ast);
  const told = parsed.tableList
    .map((entry) => {
      const [how, database = 'null', name = ''] = entry.split('::');
      const relation = { schema: database === 'null' ? null : database, name };
      return { access: how === 'select' ? ('read' as const) : ('write' as const), relation };
    })
    .filter(({ relation }) => relation.schema !== null || !hidden.has(relation.name));
  const untold = tablesInParentheses(
    ast,
    told.map(({ relation }) => relation),
    hidden,
  );
  const touched = [...told, ...untold.map((relation) => ({ access: 'read' as const, relation }))];
  const tables = touched.map(
    ({ access, relation: { schema, name } }): TouchedTable => ({
      name: schema === null ? name : `${schema}.${name}`,
      access,
    }),
  );
  return {
    kind,
    relations: [...new Map(touched.map(({ relation }) => [relationKey(relation), relation])).values()],
    qualifiers: qualifiersOf(ast, hidden),
    deletes:
      kind === 'delete'
        ? list(ast.table).flatMap((item) =>
            isNode(item) && typeof item.table === 'string' ? [item.table.toLowerCase()] : [],
          )
        : [],
    updates: new Set(kind === 'update' ? namedIn(ast.table, { queries: false }).map(relationKey) : []),
    tables: tables.sort((a, b) => (a.name + a.access < b.name + b.access ? -1 : 1)),
    ...ordering(ast),
    plain: plainSelect(ast),
  };
}

const KINDS = ['select', 'insert', 'replace', 'update', 'delete'] as const;

/**
 * Names of CTEs, but not one that a statement before its own reads, or its own: it is a table's there. Behind `recursive`,
 * its own means the CTE.
 */
function cteNames(ast: Node): Set<string> {
  const items = list(ast.with).filter(isNode);
  const recursive = items.some((item) => item.recursive === true);
  const read = new Set<string>();
  const found = new Set<string>();
  for (const { name, stmt } of items) {
    const own = [
      ...namedIn(stmt).flatMap((one) => (one.schema === null ? [one.name] : [])),
      ...(isNode(stmt) ? list(stmt.tableList) : []).map(
        (entry) => /^select::null::(.*)$/s.exec(String(entry))?.[1],
      ),
    ].filter((one) => one !== undefined);
    const value = isNode(name) && typeof name.value === 'string' ? name.value : null;
    // What the parser lists of a statement begins with what it listed before.
    const mine = recursive ? own.filter((one) => one !== value) : own;
    for (const one of mine) read.add(one);
    if (value !== null && !read.has(value)) found.add(value);
  }
  return found;
}

function ordering(ast: Node): Pick<Outline, 'order' | 'ordered'> {
  const items = list(orderOfAll(ast));
  const order: Outline['order'][number][] = [];
  for (const item of items) {
    const expression = isNode(item) && isNode(item.expr) ? item.expr : {};
    const direction = isNode(item) && item.type === 'DESC' ? 'desc' : 'asc';
    const column = expression.type === 'column_ref' ? sortColumn(expression, ast) : null;
    if (column !== null) {
      order.push({ column, direction });
    } else if (expression.type === 'number' && typeof expression.value === 'number') {
      order.push({ column: expression.value, direction });
    } else return { order: [], ordered: true };
  }
  return { order, ordered: items.length > 0 || isNode(ast._next) };
}

/** Behind parentheses, `(select … order by a) order by b`, or what the last of a union has without any, is of all rows. */
function orderOfAll(ast: Node): unknown {
  if (ast._orderby !== undefined) return ast._orderby;
  let last = ast;
  while (isNode(last._next)) last = last._next;
  return last !== ast && last.parentheses_symbol === true ? null : last.orderby;
}

/**
 * A column of the order by the name under which the select list answers it: `o.placed` itself, or in `o.*`. Where one table
 * or sub-select is all that is read, a column is the same with a name before it and without.
 */
function sortColumn({ db, table, column, collate }: Node, ast: Node): string | null {
  if (typeof column !== 'string' || isNode(collate)) return null;
  const items = list(ast.columns).map((item) => {
    const expression = isNode(item) && isNode(item.expr) ? item.expr : {};
    const plain = expression.type === 'column_ref' && !isNode(expression.collate);
    const of = plain ? textOf(expression.column) : null;
    const { db, table } = expression;
    return { db, table, of, name: (isNode(item) ? textOf(item.as) : null) ?? of };
  });
  const one = readsOne(ast);
  const same = (name: string | null) => name?.toLowerCase() === column.toLowerCase();
  if (table === null) {
    // A name of the result goes first, and what has none may be called so.
    const named = items.some(({ name }) => name === null || name === '*' || same(name));
    return named || !one ? column : (items.find(({ of }) => same(of))?.name ?? column);
  }
  for (const item of items) {
    const its = item.table === null ? one : item.table === table && (item.db ?? db) === (db ?? item.db);
    if (its && item.of === '*') return column;
    if (its && same(item.of)) return item.name;
  }
  return null;
}

function readsOne(ast: Node): boolean {
  const [only, ...others] = list(ast.from);
  if (others.length > 0 || !isNode(only)) return false;
  return typeof only.table === 'string' || (isNode(only.expr) && isNode(only.expr.ast));
}

/** Null for a select that groups, reads sub-selects in FROM, or is made of several. */
function plainSelect(ast: Node): PlainSelect | null {
  const plain =
    ast.type === 'select' &&
    ast.with === null &&
    ast.groupby === null &&
    ast.distinct === null &&
    !isNode(ast._next);
  const from = list(ast.from).flatMap((item) =>
    isNode(item) && typeof item.table === 'string'
      ? [{ db: textOf(item.db), table: item.table, as: textOf(item.as) }]
      : [],
  );
  if (!plain || from.length === 0 || from.length !== list(ast.from).length) return null;
  const outputs = list(ast.columns).flatMap((item) => {
    const expression = isNode(item) && isNode(item.expr) ? item.expr : {};
    const { column, collate, db } = expression;
    const named = expression.type === 'column_ref' && typeof column === 'string' && db === undefined;
    if (!isNode(item) || !named || isNode(collate)) return [];
    return [{ value: { table: textOf(expression.table), column }, name: textOf(item.as) ?? column }];
  });
  return { from, outputs };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
