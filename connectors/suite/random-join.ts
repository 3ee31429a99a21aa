import fc from 'fast-check';

/** What random tables are made of. */
export interface JoinKinds {
  /** Types of columns, with values that are close, alike or odd, as literals. */
  readonly types: readonly (readonly [type: string, values: readonly string[]])[];
  /** What is made over columns of a table, besides its primary key: unique keys, and what looks like one. */
  readonly indexes: readonly ((table: string, columns: readonly string[]) => string)[];
  /** What may happen to a table that has its rows. */
  readonly afterwards: readonly ((table: string) => readonly string[])[];
  /** Inserts a row and leaves it out where a key forbids it. */
  readonly insert: (table: string, values: readonly string[]) => string;
  /** Conditions that are no plain equality, of two values that may be unequal in type. */
  readonly conditions: readonly ((a: string, b: string) => string)[];
  /** What a column is compared with besides columns. */
  readonly values: readonly string[];
  /** Items of a select list besides columns. */
  readonly items: readonly string[];
  readonly joins: readonly string[];
}

/** Tables with their rows, in place of those that were there, and statements that join them. */
export interface RandomJoin {
  readonly before: readonly string[];
  readonly statements: readonly string[];
}

interface Table {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: number }[];
  /** Columns of its keys, and of what looks like one. */
  readonly keys: readonly (readonly string[])[];
}

/** Names stand in several tables, so that USING and bare names mean something. */
const NAMES = ['id', 'part', 'x', 'y'];
const STATEMENTS = 24;

export function randomJoin(kinds: JoinKinds): fc.Arbitrary<RandomJoin> {
  return fc.infiniteStream(fc.nat({ max: 2 ** 30 })).map((stream) => {
    const pick = <T>(from: readonly T[]): T => from[(stream.next().value as number) % from.length] as T;
    const chance = (percent: number): boolean => (stream.next().value as number) % 100 < percent;
    const drop = ['r3', 'r2', 'r1'].map((name) => `drop table if exists ${name} cascade`);
    const before: string[] = [...drop];
    // Few types at a time, so that most comparisons are of alike columns, or of close ones.
    const types = [0, 1].map(() => pick(kinds.types.map((_, i) => i)));
    const tables = ['r1', 'r2', 'r3'].map((name) => makeTable(name, types, kinds, pick, chance, before));
    return {
      before,
      statements: Array.from({ length: STATEMENTS }, () => makeSelect(tables, kinds, pick, chance)),
    };
  });
}

type Pick = <T>(from: readonly T[]) => T;
type Chance = (percent: number) => boolean;

function makeTable(
  name: string,
  types: readonly number[],
  kinds: JoinKinds,
  pick: Pick,
  chance: Chance,
  before: string[],
): Table {
  const columns = NAMES.map((column) => ({ name: column, type: pick(types) }));
  const some = (): string[] => (chance(70) ? [pick(NAMES)] : ['part', pick(['id', 'x', 'y'])]);
  const primary = chance(80) ? (chance(60) ? ['id'] : ['part', 'id']) : [];
  const keys = [primary, ...(chance(60) ? [some()] : [])].filter((key) => key.length > 0);
  const definitions = columns.map(
    (column) =>
      `${column.name} ${kinds.types[column.type]?.[0]}${primary.includes(column.name) ? ' not null' : ''}`,
  );
  if (primary.length > 0) definitions.push(`primary key (${primary.join(', ')})`);
  before.push(`create table ${name} (${definitions.join(', ')})`);
  for (const key of keys) if (key !== primary) before.push(pick(kinds.indexes)(name, key));
  for (let i = 0; i < 9; i++) {
    const values = columns.map((column) =>
      chance(8) && !primary.includes(column.name) ? 'null' : pick(kinds.types[column.type]?.[1] ?? ['null']),
    );
    before.push(kinds.insert(name, values));
  }
  if (chance(10)) before.push(...pick(kinds.afterwards)(name));
  return { name, columns, keys };
}

function makeSelect(tables: readonly Table[], kinds: JoinKinds, pick: Pick, chance: Chance): string {
  const used = Array.from({ length: pick([1, 2, 2, 2, 3, 3]) }, (_, i) => ({
    table: pick(tables),
    alias: `t${i}`,
  }));
  const column = (upTo: number): string => {
    const { alias } = used[pick(Array.from({ length: upTo }, (_, i) => i))] as (typeof used)[number];
    return chance(10) ? pick(NAMES) : `${alias}.${pick(NAMES)}`;
  };
  const other = (upTo: number): string => (chance(8) ? pick(kinds.values) : column(upTo));
  const alike = (alias: string, table: Table, name: string, upTo: number): string => {
    const type = table.columns.find((one) => one.name === name)?.type;
    const fitting = used
      .slice(0, upTo)
      .flatMap((one) =>
        one.alias === alias
          ? []
          : one.table.columns.filter((each) => each.type === type).map((each) => `${one.alias}.${each.name}`),
      );
    return fitting.length > 0 && chance(80) ? pick(fitting) : other(upTo);
  };
  const condition = (i: number): string => {
    const { alias, table } = used[i] as (typeof used)[number];
    const upTo = i + 1;
    const parts: string[] = [];
    // Often the table's key is equated whole; or the key of one before it, which a later table may decide.
    const target = chance(20) && i > 0 ? (used[i - 1] as (typeof used)[number]) : { alias, table };
    if (table.keys.length > 0 && chance(80)) {
      for (const name of target.table.keys.length > 0 ? pick(target.table.keys) : []) {
        if (chance(6)) continue;
        const sides = [`${target.alias}.${name}`, alike(target.alias, target.table, name, upTo)];
        parts.push((chance(50) ? sides : sides.reverse()).join(' = '));
      }
    }
    while (parts.length === 0 || chance(20)) {
      const [a, b] = [column(upTo), other(upTo)];
      parts.push(chance(50) ? `${a} = ${b}` : pick(kinds.conditions)(a, b));
    }
    return parts.join(pick([' and ', ' and ', ' and ', ' and ', ' or ']));
  };
  let from = `${used[0]?.table.name} ${used[0]?.alias}`;
  used.slice(1).forEach(({ table, alias }, k) => {
    const join = pick(kinds.joins);
    const bare = join === ',' || /cross|natural/.test(join);
    const on = bare ? '' : chance(15) ? ` using (${pick(NAMES)})` : ` on ${condition(k + 1)}`;
    from += `${join === ',' ? ',' : ` ${join}`} ${table.name} ${alias}${on}`;
  });
  const where = chance(30) ? ` where ${condition(used.length - 1)}` : '';
  const { alias } = pick([...used, ...used.slice(0, 1), ...used.slice(0, 1)]);
  const names = chance(20)
    ? [chance(50) ? `${alias}.*` : '*']
    : ['id', 'part'].map((name) => (chance(15) ? name : `${alias}.${name}`));
  const more = chance(10) ? [pick(kinds.items)] : [];
  const order = chance(20) ? ` order by ${alias}.id` : '';
  return `select ${chance(4) ? 'distinct ' : ''}${[...names, ...more].join(', ')} from ${from}${where}${order}`;
}
