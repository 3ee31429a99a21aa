import type { ResultColumn } from '@sallyport/contract';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';

interface ResultTableProps {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

const RIGHT = new Set(['integer', 'decimal']);

/** Raw values under the engine's own types; only what is in sight is drawn. */
export function ResultTable({ columns, rows }: ResultTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const widths = useMemo(() => columns.map((column) => widthOf(column, rows)), [columns, rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 26,
    overscan: 12,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <div ref={scroller} className="bd-scroll" tabIndex={0} role="region" aria-label="Result">
      <div className="bd-rt" role="table" aria-rowcount={rows.length + 1} aria-label="Rows">
        {/* biome-ignore lint/a11y/useFocusableInteractive: rows are read, not operated */}
        <div className="bd-rt-head" role="row">
          {columns.map((column, i) => (
            // biome-ignore lint/a11y/useFocusableInteractive: headings are read, not operated
            <div
              key={column.name}
              role="columnheader"
              style={{ width: widths[i] }}
              className={RIGHT.has(column.type) ? 'bd-right' : undefined}
              title={`${column.name} · ${column.engineType}${column.nullable === false ? ' · not null' : ''}`}
            >
              {column.name}
              <small>{column.engineType}</small>
            </div>
          ))}
        </div>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => (
            // biome-ignore lint/a11y/useFocusableInteractive: rows are read, not operated
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 2}
              className="bd-rt-row"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {columns.map((column, i) => {
                const value = rows[item.index]?.[column.name];
                return (
                  <div
                    key={column.name}
                    // biome-ignore lint/a11y/useSemanticElements: virtual rows cannot stand in a table element
                    role="cell"
                    style={{ width: widths[i] }}
                    className={RIGHT.has(column.type) ? 'bd-right' : undefined}
                    title={raw(value)}
                  >
                    {value === null || value === undefined ? <span className="sp-t3">null</span> : raw(value)}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

/** SQL results show the raw value. */
function raw(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function widthOf(column: ResultColumn, rows: ResultTableProps['rows']): number {
  let longest = Math.max(column.name.length + 1, column.engineType.length * 0.85);
  for (const row of rows.slice(0, 60)) longest = Math.max(longest, raw(row[column.name]).length);
  return Math.round(Math.min(320, Math.max(56, longest * 6.9 + 24)));
}
