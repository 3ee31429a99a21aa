import type { QueryDocument, ResultColumn } from '@sallyport/contract';
import {
  COMPILER,
  type CompiledQuery,
  type Ordering,
  type Outline,
  type Schema,
  Uncompilable,
} from '../language.ts';
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
  const sql = document.kind === 'sql' ? document : null;
  const result = resultOf(schema);
  const reads = outline.effect === 'read';
  const refuse = (path: string, message: string): never => {
    throw new Uncompilable({ path, message });
  };
  if (!reads && document.run === 'auto') {
    refuse('run', 'A query that writes runs on an event only, never by itself.');
  }
  if (sql?.expectRows !== undefined && reads) {
    refuse('expectRows', 'A query that only reads changes no rows.');
  }
  const windowed = sql?.windowed ?? false;
  if (windowed && !reads) {
    refuse(
      'windowed',
      `Only a query that is proven to read can page on the server. ${outline.notes.join(' ')}`.trim(),
    );
  }
  if (windowed && (result === null || result.length === 0)) {
    refuse(
      'windowed',
      'Paging on the server needs to know the columns of the result, and the engine did not say.',
    );
  }
  const touched = outline.touched(schema.relations ?? new Map());
  const order = orderOf(outline, result ?? []);
  if (windowed && outline.language === 'mysql' && outline.ordered && order.length === 0) {
    refuse(
      'windowed',
      'To page on the server, order by columns of the result, or leave the order to the window.',
    );
  }
  return {
    compiler: COMPILER,
    language: outline.language,
    sourceId,
    effect: outline.effect,
    statements: outline.statements,
    request: outline.request,
    arguments: typeArguments(outline, document.arguments, schema),
    tables: touched.tables,
    functions: outline.functions,
    notes: [...outline.notes, ...touched.notes],
    result,
    windowed,
    key: reads ? keyOf(outline, schema, result ?? []) : [],
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

/** All statements of a query answer the same columns; two columns of one name are refused (Q16). */
function resultOf(schema: Schema): readonly ResultColumn[] | null {
  const [first, ...others] = schema.descriptions.map((one) => one.columns);
  if (first === undefined || first === null) return null;
  const seen = new Set<string>();
  for (const column of first) {
    if (seen.has(column.name)) {
      throw new Uncompilable({
        path: 'text',
        message: `Two columns of the result are called “${column.name}”. Name one of them with AS.`,
      });
    }
    if (column.name === '__proto__' || column.name === '') {
      throw new Uncompilable({
        path: 'text',
        message: 'A column of the result has no name. Name it with AS.',
      });
    }
    seen.add(column.name);
  }
  const shape = (columns: readonly ResultColumn[] | null): string =>
    JSON.stringify(columns?.map(({ name, type, engineType }) => [name, type, engineType]) ?? null);
  if (others.some((other) => shape(other) !== shape(first))) {
    throw new Uncompilable({
      path: 'choices',
      message: 'Each choice must answer the same columns with the same types: use AS and casts.',
    });
  }
  return first.map((column, i) => ({
    ...column,
    nullable: others.every((other) => other?.[i]?.nullable === column.nullable) ? column.nullable : null,
  }));
}

function orderOf(outline: Outline, result: readonly ResultColumn[]): readonly Ordering[] {
  const order = outline.order.map(({ column, direction }) => ({
    column:
      typeof column === 'number' ? result[column - 1]?.name : result.find((one) => one.name === column)?.name,
    direction,
  }));
  return order.every((item): item is Ordering => item.column !== undefined) ? order : [];
}

/** The primary key's columns as the result names them; empty unless every one of them is there. */
function keyOf(outline: Outline, schema: Schema, result: readonly ResultColumn[]): readonly string[] {
  const { base } = outline;
  if (base === null || schema.primaryKey.length === 0) return [];
  const names = schema.primaryKey.map((column) =>
    base.columns === '*' ? column : Object.hasOwn(base.columns, column) ? base.columns[column] : undefined,
  );
  const present = names.filter(
    (name): name is string => name !== undefined && result.some((column) => column.name === name),
  );
  return present.length === schema.primaryKey.length ? present : [];
}
