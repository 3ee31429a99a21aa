import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { Column } from './column-model.ts';
import { moveSpot } from './grid-keys.ts';
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

/** Of a card and the line below it. */
const HEIGHT = 65;

/** The rows of a table where there is no room for columns. One tab stop; arrows, Home, End and Page keys move. */
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
  const [stop, setStop] = useState(0);
  const at = Math.max(0, Math.min(stop, table.rows.length - 1));
  /** Where the keyboard goes as soon as that card exists. */
  const going = useRef<number>(undefined);
  const cards = useVirtualizer({
    count: table.rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => HEIGHT,
    overscan: 6,
    // Out of sight too: who scrolls away from it can still come to it, and goes on from there.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), at])].sort((one, other) => one - other),
  });
  if (card === null) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    const ends = event.key === 'Home' || event.key === 'End';
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / HEIGHT) - 1);
    const size = { rows: table.rows.length, cols: 1, page };
    const row = moveSpot({ row: at, col: 0 }, event.key, ends || event.ctrlKey || event.metaKey, size)?.row;
    if (row === undefined) return;
    event.preventDefault();
    going.current = Math.max(0, row);
    setStop(going.current);
    cards.scrollToIndex(going.current);
  };
  return (
    <section ref={scroll} className="rt-cards" aria-label="Rows" onKeyDown={onKeyDown}>
      <ul style={{ height: cards.getTotalSize(), position: 'relative' }}>
        {cards.getVirtualItems().map(({ index, start, key }) => {
          const row = table.rows[index]!;
          const selected = table.keyOf(row) === table.selectedKey;
          // Without the head of a column, a dash says nothing.
          const has = (column: Column) => ![null, undefined, ''].includes(cellOf(row, column.name) as string);
          const cell = (column: Column | undefined) =>
            column === undefined ? null : <TableCell value={cellOf(row, column.name)} column={column} />;
          const fact = (column: Column | undefined) => column && has(column) && cell(column);
          return (
            <li key={key} className="rt-card-place" style={{ transform: `translateY(${start}px)` }}>
              <button
                type="button"
                ref={(button) => {
                  if (button === null || going.current !== index) return;
                  going.current = undefined;
                  button.focus({ preventScroll: true });
                  // In the window too, of which the list may be taller.
                  button.scrollIntoView({ block: 'nearest' });
                }}
                tabIndex={index === at ? 0 : -1}
                onFocus={() => setStop(index)}
                className={`rt-card${selected ? ' rt-selected' : ''}`}
                aria-pressed={selected}
                onClick={() => void table.select(row).then((chosen) => chosen && open())}
              >
                <span className="sp-m sp-cut rt-card-main">{cell(card.main)}</span>
                <span className="sp-t2 sp-tn">{fact(card.right)}</span>
                <span className="sp-t2 sp-cut rt-card-below">
                  {card.below.filter(has).map((column) => (
                    <span key={column.name}>{cell(column)}</span>
                  ))}
                </span>
                <span className="sp-tn">{fact(card.rightBelow)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
