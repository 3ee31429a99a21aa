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
export function columnFrom(column: ResultColumn): TableColumn {
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
