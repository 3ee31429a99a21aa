import { type Component, type Draft, labelOf, type ResultColumn, TableColumn } from '@sallyport/contract';
import { soleExpression } from '../document/holes.ts';
import { freeId } from '../document/identifiers.ts';
import { referencesOf } from '../document/references.ts';

/** The query that brings a table's rows: chosen, or used by its data. */
export function queryOfTable(component: Component, queries: Draft['queries']): string | undefined {
  if (typeof component.props.query === 'string' && component.props.query !== '') return component.props.query;
  const data = component.props.data;
  const expression = typeof data === 'string' ? soleExpression(data) : undefined;
  return referencesOf(expression ?? '').find((one) => queries[one.name])?.name;
}

/** Rows that say which columns there are. */
const LOOKED_AT = 50;

const isRow = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A column that a table can have, and the engine's type of it where it is a query's. */
export type GivenColumn = Pick<ResultColumn, 'name'> & Partial<Pick<ResultColumn, 'engineType'>>;

/**
 * The columns that there are for a table: those of its query, where its rows are that query's as they come; of rows that its
 * data makes, those that these have now, `data` being what it gave.
 */
export function columnsGiven(
  component: Component,
  query: string | undefined,
  result: readonly ResultColumn[],
  data: unknown,
): { readonly columns: readonly GivenColumn[]; readonly from: string } {
  const { query: chosen, data: bound } = component.props;
  const asRead = typeof bound === 'string' && soleExpression(bound) === `${query}.data`;
  if (query !== undefined && ((chosen ?? '') !== '' || asRead)) return { columns: result, from: query };
  const rows = Array.isArray(data) ? data.slice(0, LOOKED_AT).filter(isRow) : [];
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return { columns: [...names].map((name) => ({ name })), from: 'its data' };
}

/** A table's columns as its document has them. */
export function columnsOf(component: Component): TableColumn[] {
  const list = component.props.columns;
  if (!Array.isArray(list)) return [];
  return list.flatMap((item) => {
    const parsed = TableColumn.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}

/** A column as a result's type suggests it: names become labels, money and keys are left to the person. */
export function columnFrom(column: GivenColumn): TableColumn {
  const label = labelOf(column.name);
  return { name: column.name, ...(label !== column.name && { label }), format: 'auto', hidden: false };
}

/** A column by hand, of a name that none of them has. */
export const newColumn = (columns: readonly TableColumn[]): TableColumn => ({
  name: freeId('column', new Set(columns.map((column) => column.name))),
  format: 'auto',
  hidden: false,
});

/** What the document keeps of a column: nothing that is a default. */
export function compact(column: TableColumn): Record<string, string | number | boolean> {
  return {
    name: column.name,
    ...(column.label && { label: column.label }),
    ...(column.format !== 'auto' && { format: column.format }),
    ...(column.currency && { currency: column.currency }),
    ...(column.width !== undefined && { width: column.width }),
    ...(column.hidden && { hidden: true }),
  };
}
