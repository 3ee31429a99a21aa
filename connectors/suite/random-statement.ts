import fc from 'fast-check';

/** Chooses one of these, by the seed of the property. */
type Pick = <T>(from: readonly T[]) => T;

interface Visible {
  readonly alias: string;
  readonly columns: readonly string[];
}
/** The levels around a place, the nearest first. */
type Levels = readonly (readonly Visible[])[];

const TABLES: Readonly<Record<string, readonly string[]>> = {
  orders: ['id', 'customer', 'status', 'total', 'note', 'ctid', 'placed'],
  customers: ['id', 'name', 'mail', 'region', 'ssn', 'tableoid'],
  lines: ['id', 'oid', 'sku', 'qty'],
  regions: ['region', 'label', 'note'],
  'app.orders': ['id', 'secret', 'status'],
  open_orders: ['id', 'status', 'total'],
  pairs: ['a', 'b', 'c', 'd'],
};
/** Some are columns too, so that an alias and a column compete. */
const ALIASES = ['o', 'c', 'note', 'id', 'x', 'orders', 'lines', 'a'];
const NAMES = ['id', 'note', 'status', 'region', 'x', 'ssn', 'total'];

/**
 * Statements that nest, join, shadow, correlate and rename at random, mostly by names that are in scope, so that the engine
 * accepts most; an unqualified name means whatever the engine takes it for.
 */
export const randomStatement: fc.Arbitrary<string> = fc
  .infiniteStream(fc.nat({ max: 2 ** 30 }))
  .map((stream) => {
    const pick: Pick = (from) => from[(stream.next().value as number) % from.length] as (typeof from)[number];
    const ctes: Visible[] = [];
    const parts: string[] = [];
    for (const name of pick([[], ['q'], ['q', 'orders'], ['lines', 'r']])) {
      const made = select(pick, [], ctes, 2);
      parts.push(`${name} as (${made.text})`);
      ctes.push({ alias: name, columns: made.columns });
    }
    const main = pick([true, true, true, false]) ? select(pick, [], ctes, 3).text : change(pick, ctes);
    return parts.length === 0 ? main : `with ${pick(['', 'recursive '])}${parts.join(', ')} ${main}`;
  });

/** Tables with two columns of text, which can be set to anything that was read. */
const CHANGED = [
  ['orders', 'status', 'note'],
  ['customers', 'name', 'mail'],
  ['regions', 'label', 'note'],
] as const;

function change(pick: Pick, ctes: readonly Visible[]): string {
  const [table, one, other] = pick(CHANGED);
  const target: Visible = { alias: pick(['t', table]), columns: TABLES[table] ?? [] };
  const aliased = target.alias === table ? table : `${table} as ${target.alias}`;
  const here: Visible[] = [target];
  const returning = (levels: Levels): string =>
    pick(['', ` returning ${reference(pick, levels).text}`, ` returning ${target.alias}.*`]);
  switch (pick(['insert', 'update', 'delete', 'merge'])) {
    case 'insert': {
      const { text } = select(pick, [], ctes, 2);
      const from = `select (select s::text from (${text}) s limit 1), null`;
      return `insert into ${aliased} (${one}, ${other}) ${from}${returning([[target]])}`;
    }
    case 'update': {
      const from = pick([true, false]) ? ` from ${item(pick, [], ctes, 2, here)}` : '';
      const levels: Levels = [here];
      const value = `${reference(pick, levels).text}::text`;
      const set = pick([`${one} = ${value}`, `(${one}, ${other}) = (select ${value}, '')`]);
      return `update ${aliased} set ${set}${from} where ${condition(pick, levels, ctes, 1)}${returning(levels)}`;
    }
    case 'delete': {
      const using = pick([true, false]) ? ` using ${item(pick, [], ctes, 2, here)}` : '';
      return `delete from ${aliased}${using} where ${condition(pick, [here], ctes, 1)}${returning([here])}`;
    }
    default: {
      const source = item(pick, [], ctes, 2, here);
      const on = condition(pick, [here], ctes, 0);
      const value = `${reference(pick, [here.slice(1)]).text}::text`;
      const more = pick([` when not matched then insert (${other}) values (${value})`, '']);
      const then = pick([`update set ${one} = ${value}`, 'delete', 'do nothing']);
      return `merge into ${aliased} using ${source} on ${on} when matched then ${then}${more}`;
    }
  }
}

interface Made {
  readonly text: string;
  readonly columns: readonly string[];
}

function select(pick: Pick, outer: Levels, ctes: readonly Visible[], depth: number): Made {
  const here: Visible[] = [];
  const from = Array.from({ length: pick([1, 1, 2]) }, () => item(pick, outer, ctes, depth, here));
  const levels: Levels = [here, ...outer];
  const targets = Array.from({ length: pick([1, 2, 3]) }, () => target(pick, levels, ctes, depth));
  const where = pick([true, false]) ? ` where ${condition(pick, levels, ctes, depth)}` : '';
  const named = targets.flatMap((one) => one.columns);
  const tail = pick(['', '', ' order by 1', ` order by ${pick([...named, 'id'])}`, ' limit 3', ' offset 1']);
  const text = `select ${targets.map((one) => one.text).join(', ')} from ${from.join(', ')}${where}${tail}`;
  return { text, columns: named };
}

function target(pick: Pick, levels: Levels, ctes: readonly Visible[], depth: number): Made {
  const [here = []] = levels;
  const one = pick(here);
  switch (pick(['name', 'name', 'name', 'as', 'as', 'star', 'row', 'cast', 'sub'])) {
    case 'star':
      return {
        text: `${one.alias}.*`,
        columns: one.columns.filter((name) => !/^(ctid|tableoid)$/.test(name)),
      };
    case 'row':
      return { text: `${one.alias}::text`, columns: [one.alias] };
    case 'as': {
      const name = pick(NAMES);
      return { text: `${reference(pick, levels).text} as ${name}`, columns: [name] };
    }
    case 'cast': {
      const read = reference(pick, levels);
      return { text: `coalesce(${read.text}::text, '')`, columns: ['coalesce'] };
    }
    case 'sub': {
      if (depth === 0) return reference(pick, levels);
      const inner = select(pick, levels, ctes, depth - 1);
      return { text: `(select count(*) from (${inner.text}) s)`, columns: ['count'] };
    }
    default:
      return reference(pick, levels);
  }
}

/** A column that is in scope, with or without its qualifier. */
function reference(pick: Pick, levels: Levels): Made {
  const level = pick([levels[0] ?? [], levels[0] ?? [], levels[1] ?? levels[0] ?? []]);
  const relation = pick(level.length === 0 ? (levels[0] ?? []) : level);
  const column = pick(relation.columns.length === 0 ? ['id'] : relation.columns);
  return {
    text: pick([column, `${relation.alias}.${column}`, `${relation.alias}.${column}`]),
    columns: [column],
  };
}

function condition(pick: Pick, levels: Levels, ctes: readonly Visible[], depth: number): string {
  const read = reference(pick, levels).text;
  if (depth === 0 || pick([true, false])) return `${read} is not null`;
  const inner = select(pick, levels, ctes, depth - 1);
  return pick([`exists (${inner.text})`, `${read} is null and not exists (${inner.text})`]);
}

/** One FROM item; what it brings into scope is added to `here`. */
function item(pick: Pick, outer: Levels, ctes: readonly Visible[], depth: number, here: Visible[]): string {
  const used = new Set(here.map((one) => one.alias));
  const alias = pick(ALIASES.filter((name) => !used.has(name)));
  const kind = pick(
    depth === 0
      ? ['table']
      : ['table', 'table', 'table', 'cte', 'sub', 'lateral', 'join', 'named', 'function'],
  );
  switch (kind) {
    case 'cte': {
      if (ctes.length === 0) return item(pick, outer, ctes, 0, here);
      const cte = pick(ctes);
      here.push({ alias, columns: cte.columns });
      return `${cte.alias} ${alias}`;
    }
    case 'sub':
    case 'lateral': {
      const made = select(
        pick,
        kind === 'lateral' ? [[...here], ...outer].filter((level) => level.length > 0) : outer,
        ctes,
        depth - 1,
      );
      const renamed = pick([true, false, false]) ? ['x', ...made.columns.slice(1)] : made.columns;
      here.push({ alias, columns: renamed });
      return `${kind === 'lateral' ? 'lateral ' : ''}(${made.text}) ${alias}${renamed === made.columns ? '' : ' (x)'}`;
    }
    case 'join':
    case 'named': {
      const inside = kind === 'named' ? [] : here;
      const left = item(pick, outer, ctes, depth - 1, inside);
      const before = inside.length;
      const right = item(pick, outer, ctes, depth - 1, inside);
      const [a, b] = [inside[before - 1], inside[before]];
      const common = a?.columns.find((name) => b?.columns.includes(name) && !/^(ctid|tableoid)$/.test(name));
      const on = pick([
        'on true',
        common === undefined ? 'on true' : `using (${common})`,
        `on ${reference(pick, [inside]).text} is not null`,
      ]);
      if (kind === 'join') return `${left} ${pick(['join', 'left join'])} ${right} ${on}`;
      here.push({ alias: `j${alias}`, columns: inside.flatMap((one) => one.columns) });
      return `(${left} join ${right} ${on}) as j${alias}`;
    }
    case 'function': {
      here.push({ alias, columns: ['id', 'word'] });
      const around = [[...here.slice(0, -1)], ...outer].filter((level) => level.length > 0);
      return `some_rows((${around.length === 0 ? '1' : reference(pick, around).text} is null)::int) ${alias}`;
    }
    default: {
      const table = pick(Object.keys(TABLES));
      const columns = TABLES[table] ?? [];
      const bare = table.replace('app.', '');
      if (pick([true, false, false]) && !used.has(bare)) {
        here.push({ alias: bare, columns });
        return table;
      }
      here.push({ alias, columns });
      return `${table} ${alias}`;
    }
  }
}
