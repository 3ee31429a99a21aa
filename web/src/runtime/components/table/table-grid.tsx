// biome-ignore-all lint/a11y/useSemanticElements: rows that are not in sight do not exist, which a native table cannot say

import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { figure } from '../../../lib/number.ts';
import { useColumnsInSight } from '../../../ui/columns-in-sight.ts';
import { shownText } from '../../engine/shown-text.ts';
import { type Column, leastOf } from './column-model.ts';
import { moveSpot, type Spot } from './grid-keys.ts';
import { cellOf } from './row-key.ts';
import { shownBytes } from './shown-bytes.ts';
import { nextSort, TableHead } from './table-head.tsx';
import { TableRow } from './table-row.tsx';
import { usePrinting } from './use-printing.ts';
import type { Table } from './use-table.ts';

const HEAD = 32;
/** The browser lays out a sheet of paper as one piece of work: ten thousand rows take minutes. */
const MOST_PRINTED = 1_000;
const ROW = 36;

/** The cell below the pointer; beside the cells, where the row is opened, the column that the keyboard is at. */
const spotOf = (target: EventTarget, col: number): Spot | null => {
  const place = target instanceof Element ? target : null;
  const row = place?.closest<HTMLElement>('[data-row]');
  const cell = place?.closest<HTMLElement>('[data-col]');
  return row ? { row: Number(row.dataset.row), col: cell ? Number(cell.dataset.col) : col } : null;
};

/**
 * The rows in columns. One tab stop; arrows, Home, End and Page keys move, Space selects, Enter opens the row or, at a
 * link, what that leads to; the copy key copies the cell; on a head Enter sorts and Shift with an arrow changes the width.
 * Only rows in sight exist, and of many columns only those in sight.
 */
export function TableGrid({
  id,
  label,
  table,
  columns,
  tracks,
  setWidth,
  open,
  opens,
}: {
  readonly id: string;
  readonly label: string;
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly tracks: readonly string[];
  readonly setWidth: (name: string, width: number) => void;
  readonly open: () => void;
  readonly opens: boolean;
}) {
  const { rows, look, setLook } = table;
  const scroll = useRef<HTMLDivElement>(null);
  const [spot, setSpot] = useState<Spot>({ row: 0, col: 0 });
  const [focused, setFocused] = useState(false);
  const at: Spot = {
    row: Math.min(spot.row, rows.length - 1),
    col: Math.max(0, Math.min(spot.col, columns.length - 1)),
  };
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 10,
    scrollPaddingStart: HEAD,
  });
  const printing = usePrinting();
  const widths = useMemo(() => tracks.map(leastOf), [tracks]);
  const least = widths.reduce((sum, width) => sum + width, 0);
  const inSight = useColumnsInSight(scroll, widths);
  const { from, to } = printing ? { from: 0, to: columns.length } : inSight;
  const drawn = printing
    ? rows.slice(0, MOST_PRINTED).map((_, index) => ({ index, start: index * ROW, key: index }))
    : virtual.getVirtualItems();

  const go = (next: Spot) => {
    setSpot(next);
    if (next.row >= 0) virtual.scrollToIndex(next.row);
    const cell = scroll.current?.querySelector(`[role="columnheader"][aria-colindex="${next.col + 1}"]`);
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const selectAt = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    void table.select(table.keyOf(row) === table.selectedKey ? null : row);
  };
  const openAt = async (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    if (table.keyOf(row) === table.selectedKey || (await table.select(row))) open();
  };
  const onHead = (event: KeyboardEvent, column: Column): boolean => {
    if (event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      const head = scroll.current?.querySelector<HTMLElement>(
        `[role="columnheader"][aria-colindex="${at.col + 1}"]`,
      );
      setWidth(
        column.name,
        Math.max(48, (head?.offsetWidth ?? 120) + (event.key === 'ArrowRight' ? 16 : -16)),
      );
      return true;
    }
    if (event.key !== 'Enter' && event.key !== ' ') return false;
    if (column.ordered) setLook({ sort: nextSort(look.sort, column.name) });
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const column = columns[at.col];
    if (event.target !== event.currentTarget || column === undefined) return;
    const page = Math.max(1, Math.floor(((scroll.current?.clientHeight ?? 400) - HEAD) / ROW) - 1);
    const next = moveSpot(at, event.key, event.ctrlKey || event.metaKey, {
      rows: rows.length,
      cols: columns.length,
      page,
    });
    if (at.row < 0 && onHead(event, column)) event.preventDefault();
    else if (next !== null) {
      event.preventDefault();
      go(next);
    } else if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      const link = document.getElementById(`rt-${id}-active`)?.querySelector('a');
      if (event.key === ' ') selectAt(at.row);
      else if (link) link.click();
      else void openAt(at.row);
    } else if (event.key === 'Escape' && table.selectedKey !== null) {
      event.preventDefault();
      void table.select(null);
    }
  };
  const onClick = (event: MouseEvent) => {
    const where = spotOf(event.target, at.col);
    if (where === null) return;
    setSpot(where);
    if (event.target instanceof Element && event.target.closest('[data-open]') !== null) {
      void openAt(where.row);
      return;
    }
    const row = rows[where.row];
    if (row === undefined) return;
    const same = table.keyOf(row) === table.selectedKey;
    if (event.ctrlKey || event.metaKey) selectAt(where.row);
    else if (!same) void table.select(row);
  };
  useEffect(() => {
    const onCopy = (event: ClipboardEvent) => {
      if (document.activeElement !== scroll.current || window.getSelection()?.isCollapsed === false) return;
      const column = columns[at.col];
      const row = rows[at.row];
      const value = row && cellOf(row, column?.name ?? '');
      event.clipboardData?.setData(
        'text/plain',
        at.row < 0 ? (column?.label ?? '') : (shownBytes(value) ?? shownText(value)),
      );
      event.preventDefault();
    };
    // Not of the grid: Firefox, and Chrome of 2023, tell the place of the caret, wherever the last click has left it.
    document.addEventListener('copy', onCopy);
    return () => document.removeEventListener('copy', onCopy);
  });
  return (
    <div
      ref={scroll}
      role="grid"
      tabIndex={0}
      className={`rt-scroll${rows.length === 0 ? ' rt-no-rows' : ''}${opens ? ' rt-opens' : ''}`}
      aria-label={label}
      aria-rowcount={(table.windowed ? (table.total ?? rows.length) : rows.length) + 1}
      aria-colcount={columns.length}
      aria-activedescendant={focused && columns.length > 0 ? `rt-${id}-active` : undefined}
      style={{ '--rt-tracks': tracks.join(' '), '--rt-least': `${least}px` } as CSSProperties}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onMouseDown={(event) => {
        // A double press opens the row; it should not select a word of it as well.
        if (event.detail > 1) event.preventDefault();
      }}
      onDoubleClick={(event) => {
        const where = spotOf(event.target, at.col);
        if (where !== null) void openAt(where.row);
      }}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <TableHead
        id={id}
        columns={columns}
        sort={look.sort}
        setSort={(sort) => setLook({ sort })}
        setWidth={setWidth}
        active={focused && at.row < 0 ? at.col : -1}
      />
      {rows.length > 0 && (
        <div role="rowgroup" className="rt-tbody" style={{ height: virtual.getTotalSize() }}>
          {drawn.map(({ index, start, key }) => {
            const row = rows[index]!;
            return (
              <TableRow
                key={key}
                id={id}
                row={row}
                index={index}
                position={table.state.offset + index}
                top={start}
                columns={columns}
                from={from}
                to={to}
                selected={table.keyOf(row) === table.selectedKey}
                active={focused && at.row === index ? at.col : -1}
                opens={opens}
              />
            );
          })}
        </div>
      )}
      {printing && rows.length > MOST_PRINTED && (
        <p className="rt-table-note">
          Only the first {figure(MOST_PRINTED)} rows are printed. Filter to print others.
        </p>
      )}
    </div>
  );
}
