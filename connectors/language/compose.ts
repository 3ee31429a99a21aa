import type { QueryDocument, ResultColumn } from '@sallyport/contract';
import {
  type BoundArgument,
  COMPILER,
  type CompiledQuery,
  type Ordering,
  type Outline,
  type Schema,
  Uncompilable,
} from '../language.ts';
import { comparisonKind } from './comparison-kind.ts';
import { type JoinedRows, joinedRows } from './joined-rows.ts';
import { typeArguments } from './type-arguments.ts';

/**
 * Document, outline and schema → compiled form. With `outline`, this is the pure function of Q8: the same input gives
 * the same bytes, and nothing here asks a clock, a database or a setting.
 */
export function compose(
  document: QueryDocument,
  sourceId: string,
  outline: Outline,
  schema: Schema,
): CompiledQuery {
  if (outline.idle.length > 0) throw new Uncompilable(...outline.idle);
  const sql = document.kind === 'sql' ? document : null;
  const given = typeArguments(outline, document.arguments, schema);
  const rows = rowsOf(outline, schema, given);
  const described = resultOf(schema);
  const result = described && neverNull(described, rows);
  const reads = outline.effect === 'read';
  const refuse = (path: string, message: string): never => {
    throw new Uncompilable({ path, message });
  };
  if (!reads && document.run === 'auto') {
    refuse('run', 'A query that writes can only run on an event.');
  }
  if (sql?.expectRows !== undefined && reads) {
    refuse('expectRows', 'A query that only reads cannot expect changed rows.');
  }
  if (sql?.expectRows !== undefined && !outline.counted) {
    refuse(
      'expectRows',
      'The rows that this statement changes would not be counted rightly: the engine counts those of one INSERT, UPDATE, DELETE or MERGE, none that a WITH, a function or a procedure changes, and more than once those that ON DUPLICATE KEY UPDATE or REPLACE does. Write it as one, or expect any number.',
    );
  }
  if (sql?.expectRows !== undefined && [...(schema.relations?.values() ?? [])].some((one) => one.rewritten)) {
    refuse(
      'expectRows',
      'A rule of the database (CREATE RULE) puts other statements in the place of this one, and the engine does not count what they change. Expect any number.',
    );
  }
  const windowed = sql?.windowed ?? false;
  if (windowed && !reads) {
    refuse(
      'windowed',
      `Server-side paging is only available for queries that are proven to only read. ${outline.notes.join(' ')}`.trim(),
    );
  }
  if (windowed && (result === null || result.length === 0)) {
    refuse(
      'windowed',
      'Server-side paging needs the columns of the result, which the database did not report.',
    );
  }
  if (windowed && schema.descriptions.some(({ nests }) => nests === false)) {
    refuse(
      'windowed',
      'Server-side paging makes a sub-select of the statement, which the database does not accept: two of its columns have names that differ in case only, or it has a word such as SQL_CALC_FOUND_ROWS, SQL_NO_CACHE or HIGH_PRIORITY.',
    );
  }
  const touched = outline.touched(schema.relations ?? new Map());
  const order = orderOf(outline, result ?? []);
  if (windowed && outline.language === 'mysql' && outline.ordered && order.length === 0) {
    refuse(
      'windowed',
      outline.statements.length > 1
        ? 'For server-side paging, order by the same result columns for every choice, or remove the order. Tables can sort by any column.'
        : 'For server-side paging, order by columns of the result, or remove the order.',
    );
  }
  return {
    compiler: COMPILER,
    language: outline.language,
    sourceId,
    effect: outline.effect,
    statements: outline.statements,
    request: outline.request,
    arguments: given,
    tables: touched.tables,
    functions: outline.functions,
    notes: [...outline.notes, ...touched.notes],
    result,
    windowed,
    key: reads ? keyOf(rows, result ?? []) : [],
    order,
    ordered: outline.ordered,
    maxRows: document.maxRows,
    timeoutMs: document.timeoutMs,
    expectRows: sql?.expectRows ?? null,
    run: document.run,
    confirm: document.confirm ?? null,
    holes: outline.holes.map(({ at, length, path, argument }) => ({ at, length, argument, path })),
  };
}

/** Names that are said at once; a join of two tables by `*` has any number of them. */
const MOST_SAID = 8;

function assertNamedApart(names: readonly string[]): void {
  const twice = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
  const [only] = twice;
  if (only === undefined) return;
  const said = twice.slice(0, MOST_SAID).map((name) => `“${name}”`);
  const more = twice.length > said.length ? ` and ${twice.length - said.length} more` : '';
  const message =
    twice.length === 1
      ? `Two columns of the result are called “${only}”. Name one of them with AS.`
      : `Columns of the result have the same names: ${said.join(', ')}${more}. Name them with AS.`;
  throw new Uncompilable({ path: 'text', message });
}

/** All statements of a query answer the same columns; two columns of one name are refused (Q16). */
function resultOf(schema: Schema): readonly ResultColumn[] | null {
  const [first, ...others] = schema.descriptions.map((one) => one.columns);
  if (first === undefined || first === null) return null;
  for (const column of first) {
    if (column.name === '__proto__' || column.name === '') {
      const what = column.name === '' ? 'has no name' : `is called ${column.name}, which no column can be`;
      throw new Uncompilable({
        path: 'text',
        message: `A column of the result ${what}. Name it with AS.`,
      });
    }
  }
  assertNamedApart(first.map(({ name }) => name));
  const shape = (columns: readonly ResultColumn[] | null): string =>
    JSON.stringify(columns?.map(({ name, type, engineType }) => [name, type, engineType]) ?? null);
  if (others.some((other) => shape(other) !== shape(first))) {
    throw new Uncompilable({
      path: 'choices',
      message: 'Every choice must return the same columns with the same types. Use AS and casts.',
    });
  }
  return first.map((column, i) => ({
    ...column,
    nullable: others.every((other) => other?.[i]?.nullable === column.nullable) ? column.nullable : null,
    ...(others.some((other) => other?.[i]?.alike) ? { alike: true as const } : {}),
  }));
}

/** Makes names of columns equal that the engine takes for one. */
const foldOf = ({ language }: Outline): ((name: string) => string) =>
  language === 'mysql' ? (name) => name.toLowerCase() : (name) => name;

function orderOf(outline: Outline, result: readonly ResultColumn[]): readonly Ordering[] {
  const fold = foldOf(outline);
  const order = outline.order.map(({ column, direction }) => ({
    column:
      typeof column === 'number'
        ? result[column - 1]?.name
        : result.find((one) => fold(one.name) === fold(column))?.name,
    direction,
  }));
  return order.every((item): item is Ordering => item.column !== undefined) ? order : [];
}

/** What each statement's joins say of its rows. */
function rowsOf(outline: Outline, schema: Schema, given: readonly BoundArgument[]): readonly JoinedRows[] {
  return outline.joined.map((joined, i) => {
    if (joined === null) return { key: [], required: new Set<string>() };
    return joinedRows(joined, {
      known: schema.relations ?? new Map(),
      fold: foldOf(outline),
      kindOfBind: (bind) => {
        const engineType = schema.descriptions[i]?.parameters[bind];
        if (engineType != null) return comparisonKind(engineType);
        // An engine that infers no type gets the value as what it is: a text is compared as one.
        const argument = given.find((one) => one.name === outline.statements[i]?.binds[bind]);
        return argument?.type === 'text' && !argument.list ? 'text' : undefined;
      },
    });
  });
}

/** Empty unless every statement has the same key, and all of it stands in the result. */
function keyOf(rows: readonly JoinedRows[], result: readonly ResultColumn[]): readonly string[] {
  const [first, ...others] = rows.map((one) => one.key);
  const same = first !== undefined && others.every((key) => JSON.stringify(key) === JSON.stringify(first));
  return same && first.every((name) => result.some((column) => column.name === name)) ? first : [];
}

/** The engine does not say of a column that an outer join beside it may leave it out; the joins do. */
const neverNull = (result: readonly ResultColumn[], rows: readonly JoinedRows[]): readonly ResultColumn[] =>
  result.map((column) =>
    column.nullable === null && rows.length > 0 && rows.every(({ required }) => required.has(column.name))
      ? { ...column, nullable: false }
      : column,
  );
