import fc from 'fast-check';

/** Names that stand in several tables, so that a random reference is caught at one level or at another. */
const COLUMNS = [
  'id',
  'note',
  'status',
  'region',
  'customer',
  'oid',
  'secret',
  'label',
  'ctid',
  'word',
] as const;
const ALIASES = ['a', 'b', 'c', 'note'] as const;
const TABLES = ['orders', 'customers', 'lines', 'regions', 'app.orders', 'open_orders', 'q', 'r'] as const;

const column = fc.constantFrom(...COLUMNS);
const alias = fc.constantFrom(...ALIASES);

/** Selects that nest, join, shadow and correlate at random; the engine accepts some, and those are tested. */
export const randomSelect: fc.Arbitrary<string> = fc.letrec<{
  select: string;
  from: string;
  value: string;
  top: string;
}>((tie) => ({
  top: fc
    .tuple(fc.constantFrom('', 'recursive '), tie('select'), tie('select'), tie('select'))
    .map(([recursive, q, r, main]) => `with ${recursive}q as (${q}), r as (${r}) ${main}`),
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { arbitrary: column, weight: 6 },
    { arbitrary: fc.tuple(alias, column).map((parts) => parts.join('.')), weight: 4 },
    { arbitrary: alias.map((name) => `${name}::text`), weight: 1 },
    { arbitrary: fc.constant('1'), weight: 1 },
    { arbitrary: tie('select').map((select) => `(select count(*) from (${select}) s)`), weight: 1 },
    {
      arbitrary: fc.tuple(tie('value'), tie('select')).map(([v, s]) => `(${v} is null or exists (${s}))`),
      weight: 1,
    },
  ),
  from: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { arbitrary: fc.tuple(fc.constantFrom(...TABLES), alias).map((parts) => parts.join(' ')), weight: 6 },
    { arbitrary: fc.constantFrom(...TABLES), weight: 2 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom('', 'lateral '), tie('select'), alias)
        .map(([l, s, a]) => `${l}(${s}) ${a}`),
      weight: 2,
    },
    {
      arbitrary: fc
        .tuple(tie('from'), tie('from'), fc.constantFrom('using (id)', 'on true', 'on a.id = b.id'))
        .map(([l, r, on]) => `${l} join ${r} ${on}`),
      weight: 2,
    },
    {
      arbitrary: fc.tuple(tie('from'), tie('from'), alias).map(([l, r, a]) => `(${l} cross join ${r}) ${a}`),
      weight: 1,
    },
    { arbitrary: fc.tuple(tie('from'), tie('from')).map(([l, r]) => `${l} natural join ${r}`), weight: 1 },
    {
      arbitrary: fc
        .tuple(tie('value'), alias)
        .map(([v, a]) => `some_rows((${v}) is null ::int) ${a}`.replace(') is null ::int', ' is null)::int')),
      weight: 1,
    },
  ),
  select: fc
    .tuple(
      fc.array(
        fc.tuple(
          fc.oneof(
            { arbitrary: tie('value'), weight: 8 },
            { arbitrary: fc.constantFrom('*', 'a.*'), weight: 1 },
          ),
          fc.constantFrom('', ' as id', ' as note', ' as x'),
        ),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      fc.array(tie('from'), { minLength: 1, maxLength: 2 }),
      fc.option(tie('value')),
      fc.option(fc.constantFrom('order by id', 'order by note', 'order by 1', 'limit 1')),
    )
    .map(([values, from, where, rest]) => {
      const targets = values.map(([value, name]) => (value.endsWith('*') ? value : `${value}${name}`));
      const condition = where === null ? '' : ` where (${where}) is not null`;
      return `select ${targets.join(', ')} from ${from.join(', ')}${condition}${rest === null ? '' : ` ${rest}`}`;
    }),
})).top;
