// biome-ignore-all lint/a11y/useSemanticElements: rows that are not in sight do not exist, which a native table cannot say

import { IconChevronRight } from '@tabler/icons-react';
import { memo } from 'react';
import type { Column } from './column-model.ts';
import { cellOf } from './row-key.ts';
import { TableCell } from './table-cell.tsx';
import type { Row } from './use-table.ts';

interface TableRowProps {
  readonly id: string;
  readonly row: Row;
  readonly index: number;
  readonly position: number;
  readonly top: number;
  readonly columns: readonly Column[];
  /** The columns that are drawn: from this one on, up to that one. */
  readonly from: number;
  readonly to: number;
  readonly selected: boolean;
  /** The column that the keyboard is at, or -1. */
  readonly active: number;
  /** Something happens when it is opened, and the row shows a way that a mouse can find. */
  readonly opens: boolean;
}

/** One row; drawn again only when it, its place or its selection changes. */
export const TableRow = memo(function TableRow({
  id,
  row,
  index,
  position,
  top,
  columns,
  from,
  to,
  selected,
  active,
  opens,
}: TableRowProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names the active cell
    <div
      role="row"
      className={`rt-row${selected ? ' rt-selected' : ''}`}
      aria-rowindex={position + 2}
      aria-selected={selected}
      data-row={index}
      style={{ transform: `translateY(${top}px)` }}
    >
      {from > 0 && <span role="none" style={{ gridColumnEnd: `span ${from}` }} />}
      {columns.slice(from, to).map((column, i) => {
        const at = from + i;
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: see the row
          <div
            key={column.name}
            role="gridcell"
            id={active === at ? `rt-${id}-active` : undefined}
            aria-colindex={at + 1}
            // Readers say what changes where the keyboard is, which is this cell.
            aria-selected={(active === at && selected) || undefined}
            data-col={at}
            className={`rt-td${column.right ? ' rt-right' : ''}${active === at ? ' rt-active' : ''}`}
          >
            <TableCell value={cellOf(row, column.name)} column={column} link />
          </div>
        );
      })}
      {to < columns.length && <span role="none" />}
      {opens && (
        // By keyboard, Enter opens.
        <span className="rt-row-end" aria-hidden="true">
          <span className="rt-open" data-open="" title="Open (Enter or double click)">
            <IconChevronRight size={16} stroke={1.75} />
          </span>
        </span>
      )}
    </div>
  );
});
