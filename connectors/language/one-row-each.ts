import type { Equality, JoinedTables, Operand } from '../language.ts';
import type { Found, Scope } from './joined-scope.ts';

/** A side of an equality: a column of a table, or one value for all rows; `kind` null takes the other side's. */
type Side = { readonly column: Found } | { readonly kind: string | null };

interface Known {
  readonly of: number | null;
  readonly sides: readonly [Side, Side];
}

/**
 * Whether a row of the table `from` stands in one row of the result at most. Every other table must come to be known: its
 * row is when the columns of a unique key of it equal values that are. What a LEFT JOIN equates decides its own table only,
 * and only beside rows of the tables before it that are known; any other equality holds for every row of the result.
 */
export function oneRowEach(
  from: number,
  joined: JoinedTables,
  scope: Scope,
  kindOfBind: (bind: number) => string | undefined,
): boolean {
  const equalities = joined.equalities.flatMap((equality) => read(equality, scope, kindOfBind));
  const known = new Set([from]);
  const decided = (table: number, left: boolean): boolean => {
    if (left && scope.tables.slice(0, table).some((_, i) => !known.has(i))) return false;
    const equated = new Set(
      equalities
        .filter(({ of }) => of === null || (left && of === table))
        .flatMap(({ sides: [one, other] }) => [
          ...equatedIn(table, one, other, known, scope),
          ...equatedIn(table, other, one, known, scope),
        ]),
    );
    return scope.tables[table]?.unique.some((key) => key.every((column) => equated.has(column))) ?? false;
  };
  for (let grown = true; grown; ) {
    grown = false;
    for (const [table, { left }] of joined.tables.entries()) {
      if (known.has(table) || !decided(table, left)) continue;
      known.add(table);
      grown = true;
    }
  }
  return known.size === joined.tables.length;
}

function equatedIn(
  table: number,
  one: Side,
  other: Side,
  known: ReadonlySet<number>,
  scope: Scope,
): string[] {
  if (!('column' in one) || one.column.table !== table) return [];
  const kind = scope.kindOf(one.column);
  if (kind === undefined) return [];
  const sure =
    'column' in other
      ? known.has(other.column.table) && scope.kindOf(other.column) === kind
      : other.kind === null || other.kind === kind || (other.kind === 'text' && kind.startsWith('text '));
  return sure ? [one.column.column] : [];
}

function read(
  { of, sides, before }: Equality,
  scope: Scope,
  kindOfBind: (bind: number) => string | undefined,
): Known[] {
  const side = (operand: Operand): Side | null => {
    if ('kind' in operand) return operand;
    if ('bind' in operand) {
      const kind = kindOfBind(operand.bind);
      return kind === undefined ? null : { kind };
    }
    const column = scope.find(operand, operand.table === null ? before : undefined);
    return column === null ? null : { column };
  };
  const [one, other] = [side(sides[0]), side(sides[1])];
  return one === null || other === null ? [] : [{ of, sides: [one, other] }];
}
