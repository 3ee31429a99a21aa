import type { ResultColumn } from '@sallyport/contract';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { seenText } from '../../lib/seen-text.ts';
import { shownText } from '../../runtime/engine/shown-text.ts';
import { useColumnsInSight } from '../../ui/columns-in-sight.ts';

interface ResultTableProps {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

const RIGHT = new Set(['integer', 'decimal']);

/** Raw values under the engine's own types; only what is in sight is drawn. */
export function ResultTable({ columns, rows }: ResultTableProps) {
  const scroller = useRef<HTMLElement>(null);
  const widths = useMemo(() => columns.map((column) => widthOf(column, rows)), [columns, rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 26,
    overscan: 12,
  });
  const { from, to } = useColumnsInSight(scroller, widths);
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section ref={scroller} className="bd-scroll" tabIndex={0} aria-label="Result">
      <table
        className="bd-rt"
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        style={{ width: widths.reduce((a, b) => a + b, 0) }}
      >
        <colgroup>
          {columns.map((column, i) => (
            <col key={column.name} style={{ width: widths[i] }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th
                key={column.name}
                aria-colindex={i + 1}
                scope="col"
                className={RIGHT.has(column.type) ? 'bd-right' : undefined}
                title={`${column.name} · ${column.engineType}${column.nullable === false ? ' · not null' : ''}`}
              >
                {column.name}
                <small>{column.engineType}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <Spacer height={above} columns={columns.length} />}
          {items.map((item) => (
            <tr key={item.key} aria-rowindex={item.index + 2}>
              {from > 0 && <td colSpan={from} aria-hidden="true" />}
              {columns.slice(from, to).map((column, i) => {
                const value = rows[item.index]?.[column.name];
                return (
                  <td
                    key={column.name}
                    aria-colindex={from + i + 1}
                    className={RIGHT.has(column.type) ? 'bd-right' : undefined}
                    title={raw(value)}
                  >
                    {value === null || value === undefined ? <span className="sp-t3">null</span> : raw(value)}
                  </td>
                );
              })}
              {to < columns.length && <td colSpan={columns.length - to} aria-hidden="true" />}
            </tr>
          ))}
          {below > 0 && <Spacer height={below} columns={columns.length} />}
        </tbody>
      </table>
      {rows.length === 0 && <p className="bd-none">No rows. The query ran but matched nothing.</p>}
    </section>
  );
}

/** Stands for the rows that are out of sight. */
const Spacer = ({ height, columns }: { readonly height: number; readonly columns: number }) => (
  <tr>
    <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
  </tr>
);

/** SQL results show the raw value. */
function raw(value: unknown): string {
  return value === null || value === undefined ? 'null' : seenText(shownText(value));
}

function widthOf(column: ResultColumn, rows: ResultTableProps['rows']): number {
  let longest = Math.max(column.name.length + 1, column.engineType.length * 0.85);
  for (const row of rows.slice(0, 60)) longest = Math.max(longest, raw(row[column.name]).length);
  return Math.round(Math.min(320, Math.max(56, longest * 7.6 + 26)));
}
