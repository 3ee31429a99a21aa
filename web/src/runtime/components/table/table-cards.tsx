import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import type { Column } from './column-model.ts';
import { cellOf } from './row-key.ts';
import { TableCell } from './table-cell.tsx';
import type { Table } from './use-table.ts';

interface CardColumns {
  readonly main: Column;
  readonly below: readonly Column[];
  readonly right: Column | undefined;
  readonly rightBelow: Column | undefined;
}

/** Two lines of a row: what it is, and the facts that matter most. */
function cardColumns(columns: readonly Column[]): CardColumns | null {
  const isText = ({ kind }: Column) => kind === 'text' || kind === 'link';
  const main =
    columns.find((column) => isText(column) && column.grouped) ?? columns.find(isText) ?? columns[0];
  if (main === undefined) return null;
  const others = columns.filter((column) => column !== main);
  const right = others.find(({ kind }) => kind === 'datetime' || kind === 'date');
  const rightBelow = others.find(
    (column) => column !== right && (column.kind === 'currency' || (column.right && column.grouped)),
  );
  return {
    main,
    right,
    rightBelow,
    below: others.filter((column) => column !== right && column !== rightBelow).slice(0, 2),
  };
}

/** The rows of a table where there is no room for columns. */
export function TableCards({
  table,
  columns,
  open,
}: {
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly open: () => void;
}) {
  const scroll = useRef<HTMLDivElement>(null);
  const card = useMemo(() => cardColumns(columns), [columns]);
  const cards = useVirtualizer({
    count: table.rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => 65,
    overscan: 6,
  });
  if (card === null) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={scroll} className="rt-cards" tabIndex={0} aria-label="Rows">
      <ul style={{ height: cards.getTotalSize(), position: 'relative' }}>
        {cards.getVirtualItems().map(({ index, start, key }) => {
          const row = table.rows[index]!;
          const selected = table.keyOf(row) === table.selectedKey;
          const cell = (column: Column | undefined) =>
            column === undefined ? null : <TableCell value={cellOf(row, column.name)} column={column} />;
          return (
            <li key={key} className="rt-card-place" style={{ transform: `translateY(${start}px)` }}>
              <button
                type="button"
                className={`rt-card${selected ? ' rt-selected' : ''}`}
                aria-pressed={selected}
                onClick={() => void table.select(row).then((chosen) => chosen && open())}
              >
                <span className="sp-m sp-cut rt-card-main">{cell(card.main)}</span>
                <span className="sp-t2 sp-tn">{cell(card.right)}</span>
                <span className="sp-t2 sp-cut rt-card-below">
                  {card.below.map((column) => (
                    <span key={column.name}>{cell(column)}</span>
                  ))}
                </span>
                <span className="sp-tn">{cell(card.rightBelow)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
