import type { EnvironmentName } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { folded } from '../../lib/folded.ts';
import { count } from '../../lib/number.ts';
import { readingCatalog } from '../../lib/reading-catalog.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterSearch } from '../../ui/filter-bar.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useGrowing } from '../../ui/use-growing.tsx';

interface Table {
  readonly schema: string;
  readonly name: string;
}

/** `order_lines` → `Order lines`. */
export function nameOfTable(table: Table | undefined): string {
  const words = (table?.name ?? '').replaceAll(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

interface TablePicksProps {
  readonly sourceId: string;
  readonly environment: EnvironmentName;
  readonly chosen: Table | undefined;
  readonly onChoose: (table: Table) => void;
}

/** The tables of one environment, to pick one from. */
export function TablePicks({ sourceId, environment, chosen, onChoose }: TablePicksProps) {
  const [text, setText] = useState('');
  const catalog = useQuery(readingCatalog({ id: sourceId, environment }));
  const wanted = folded(text.trim());
  const tables = (catalog.data?.tables ?? []).filter((table) =>
    folded(`${table.schema}.${table.name}`).includes(wanted),
  );
  const { shown, more } = useGrowing(tables);
  if (catalog.error) {
    return (
      <ErrorState
        error={catalog.error}
        title="Tables could not be loaded."
        retry={() => void catalog.refetch()}
      />
    );
  }
  if (!catalog.data) return <SkeletonLines lines={5} />;
  if (catalog.data.tables.length === 0) {
    return (
      <EmptyState
        title="No tables are visible to this role"
        text="Give the role permission to read a table, then try again."
      />
    );
  }
  return (
    <div className="sp-col sp-g4">
      <FilterSearch label="Find a table" value={text} onChange={setText} />
      <fieldset className="sp-picks" aria-label="Tables">
        {shown.map((table) => (
          <label key={`${table.schema}.${table.name}`}>
            <input
              type="radio"
              name="table"
              checked={chosen?.schema === table.schema && chosen.name === table.name}
              onChange={() => onChoose({ schema: table.schema, name: table.name })}
            />
            <span className="sp-grow sp-cut">
              <span className="sp-t3">{table.schema}.</span>
              <span className="sp-m">{table.name}</span>
              {table.kind === 'view' && <span className="sp-t3"> view</span>}
            </span>
            <span className="sp-t3 sp-sm sp-tn">
              {count(table.columns.length, 'column')}
              {table.estimatedRows !== null && `, about ${count(table.estimatedRows, 'row')}`}
            </span>
          </label>
        ))}
        {more}
        {tables.length === 0 && (
          <p className="sp-t3" style={{ padding: 12 }}>
            No tables match “{text}”
            {catalog.data.more && ` among the first ${count(catalog.data.tables.length, 'table')}`}.
          </p>
        )}
      </fieldset>
    </div>
  );
}
