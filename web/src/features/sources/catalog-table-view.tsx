import type { CatalogColumn, CatalogTable } from '@sallyport/contract';
import { IconKey, IconLink } from '@tabler/icons-react';
import { count } from '../../lib/number.ts';
import { Badge } from '../../ui/badge.tsx';
import { type Column, DataTable, Nothing } from '../../ui/data-table.tsx';

const typeOf = ({ engineType, domain }: CatalogColumn): string =>
  domain === undefined ? engineType : `${domain}, ${engineType}`;

/** One table: its columns, types and keys. */
export function CatalogTableView({ table }: { readonly table: CatalogTable }) {
  const references = new Map(
    table.foreignKeys.flatMap((key) =>
      key.columns.map((column, at) => [column, `${key.schema}.${key.table}.${key.references[at]}`] as const),
    ),
  );
  const columns: readonly Column<CatalogColumn>[] = [
    {
      key: 'name',
      head: 'Column',
      cell: (column) => (
        <span className="sp-row sp-g6">
          <span className="sp-m">{column.name}</span>
          {[...table.primaryKey, ...(table.uniqueKey ?? [])].includes(column.name) && (
            <IconKey
              size={14}
              stroke={2}
              className="sp-t3"
              aria-label={table.primaryKey.length > 0 ? 'Primary key' : 'Unique key'}
            />
          )}
        </span>
      ),
      text: (column) => column.name,
    },
    {
      key: 'type',
      head: 'Type',
      width: 200,
      cell: (column) => <span className="sp-mono">{typeOf(column)}</span>,
      text: typeOf,
    },
    {
      key: 'notes',
      head: 'Rules',
      width: 190,
      wide: true,
      cell: (column) => (
        <span className="sp-row sp-g4">
          {!column.nullable && <Badge>required</Badge>}
          {column.hasDefault && <Badge>default</Badge>}
          {column.generated && <Badge>generated</Badge>}
          {column.nullable && !column.hasDefault && !column.generated && <Nothing />}
        </span>
      ),
    },
    {
      key: 'reference',
      head: 'References',
      wide: true,
      cell: (column) => {
        const to = references.get(column.name);
        return to ? (
          <span className="sp-row sp-g4 sp-t2">
            <IconLink size={14} stroke={2} aria-hidden="true" />
            {to}
          </span>
        ) : (
          <Nothing />
        );
      },
    },
  ];
  return (
    <div className="sp-scroll">
      <div className="sp-catalog-head">
        <h2>{table.name}</h2>
        <span className="sp-t3 sp-sm sp-tn">
          {count(table.columns.length, 'column')}
          {table.estimatedRows !== null && `, about ${count(table.estimatedRows, 'row')}`}
          {table.comment && `. ${table.comment}`}
        </span>
      </div>
      <DataTable
        label={`Columns of ${table.name}`}
        columns={columns}
        rows={table.columns}
        rowKey={(column) => column.name}
      />
    </div>
  );
}
