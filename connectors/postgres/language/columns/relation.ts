import type { Touches } from '../../../language/touches.ts';
import type { RelationName } from '../../../port.ts';

/** What can stand for a column that has a place and no name that could be told: no identifier is this. */
export const NAMELESS = '\0';

/** The columns that a sub-select, a CTE or a function answers. */
export interface Output {
  readonly columns: readonly string[];
  /** False when columns may stand in another order, or with others between them. */
  readonly ordered: boolean;
  /** There may be columns besides these. */
  readonly open: boolean;
}

/** Something that a FROM clause brings into scope. Reading it says which columns of real tables that touches. */
export interface Relation extends Output {
  /** Its alias, or its own name; null when nothing can name it. */
  readonly name: string | null;
  /** Set for a table without an alias, which may be named with its schema. */
  readonly table: RelationName | null;
  /** It is reached by its name only (`excluded`, `old`, `new`), and is no part of `*`. */
  readonly named: boolean;
  /** It stands in a join, where the engine finds its hidden columns by its name only. */
  readonly joined: boolean;
  lists(column: string): boolean;
  /** One that can be read by name and that no star holds. */
  hides(column: string): boolean;
  read(column: string): void;
  /** The row as a whole. */
  readAll(): void;
  /** Some column of it, perhaps. */
  untold(): void;
}

const nothing = (): void => undefined;

/** What the engine said of a table, ready to be looked up. */
export interface Known {
  readonly columns: readonly string[];
  readonly listed: ReadonlySet<string>;
  readonly hidden: ReadonlySet<string>;
}

/** A table or view. */
export function tableRelation(
  touches: Touches,
  table: RelationName,
  known: Known | undefined,
  alias: string | null,
): Relation {
  return {
    name: alias ?? table.name,
    table: alias === null ? table : null,
    named: false,
    columns: known?.columns ?? [],
    ordered: known !== undefined,
    open: known === undefined,
    joined: false,
    lists: (column) => known?.listed.has(column) ?? false,
    hides: (column) => known?.hidden.has(column) ?? false,
    read: (column) => touches.column(table, 'read', column),
    readAll: () => touches.whole(table, 'read'),
    untold: () => touches.untold(table, 'read'),
  };
}

/** What a sub-select, a CTE or a function answers: what it reads of tables was counted inside of it. */
export function derivedRelation(name: string | null, output: Output): Relation {
  const all = new Set(output.columns);
  return {
    ...output,
    name,
    table: null,
    named: false,
    joined: false,
    lists: (column) => all.has(column),
    hides: () => false,
    read: nothing,
    readAll: nothing,
    untold: nothing,
  };
}

/** `(a join b …) as j`, which hides the names of its parts. */
export function joinRelation(name: string, parts: readonly Relation[], output: Output): Relation {
  const shown = parts.filter((part) => !part.named);
  const each = (work: (part: Relation) => void) => () => {
    for (const part of shown) work(part);
  };
  return {
    ...derivedRelation(name, output),
    read: (column) => {
      const having = shown.filter((part) => part.lists(column));
      if (having.length === 0) each((part) => part.untold())();
      for (const part of having) part.read(column);
    },
    readAll: each((part) => part.readAll()),
    untold: each((part) => part.untold()),
  };
}

/** `relation as r (a, b)`: its first columns under other names. */
export function renamedRelation(relation: Relation, names: readonly string[]): Relation {
  if (names.length === 0) return relation;
  const output = renamedOutput(relation, names);
  const own = new Set(output.columns);
  return {
    ...relation,
    ...output,
    lists: (column) => own.has(column),
    read: (column) => {
      const place = names.indexOf(column);
      if (place === -1) return relation.read(column);
      const real = relation.ordered ? relation.columns[place] : undefined;
      return real === undefined || real === NAMELESS ? relation.readAll() : relation.read(real);
    },
  };
}

export function renamedOutput(output: Output, names: readonly string[]): Output {
  if (names.length === 0) return output;
  if (!output.ordered) return { columns: names, ordered: false, open: true };
  return { ...output, columns: [...names, ...output.columns.slice(names.length)] };
}

/** What `*` answers of these. */
export function outputOf(relations: readonly Relation[], merged: boolean): Output {
  const shown = relations.filter((relation) => !relation.named);
  const open = shown.some((relation) => relation.open);
  return {
    columns: shown.flatMap((relation) => relation.columns),
    // USING and NATURAL put the columns that they join by first, and once.
    ordered: !merged && !open && shown.every((relation) => relation.ordered),
    open,
  };
}
