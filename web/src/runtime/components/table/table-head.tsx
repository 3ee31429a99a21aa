// biome-ignore-all lint/a11y/useSemanticElements: rows that are not in sight do not exist, which a native table cannot say
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { PointerEvent } from 'react';
import type { Column } from './column-model.ts';
import type { Look } from './use-table.ts';

const SMALLEST = 48;

/** The next order of a column: ascending, descending, none. */
export function nextSort(sort: Look['sort'], column: string): Look['sort'] {
  const current = sort.find((one) => one.column === column)?.direction;
  if (current === undefined) return [{ column, direction: 'asc' }];
  return current === 'asc' ? [{ column, direction: 'desc' }] : [];
}

/** The heads of the columns: a press sorts, the edge is dragged to a width. */
export function TableHead({
  id,
  columns,
  sort,
  setSort,
  setWidth,
  active,
}: {
  readonly id: string;
  readonly columns: readonly Column[];
  readonly sort: Look['sort'];
  readonly setSort: (sort: Look['sort']) => void;
  readonly setWidth: (name: string, width: number) => void;
  readonly active: number;
}) {
  const drag = (event: PointerEvent<HTMLElement>, name: string) => {
    event.preventDefault();
    event.stopPropagation();
    const edge = event.currentTarget;
    const from = event.clientX;
    const width = edge.parentElement?.offsetWidth ?? 120;
    edge.setPointerCapture(event.pointerId);
    const move = (to: globalThis.PointerEvent) =>
      setWidth(name, Math.max(SMALLEST, Math.round(width + to.clientX - from)));
    edge.addEventListener('pointermove', move);
    edge.addEventListener('pointerup', () => edge.removeEventListener('pointermove', move), { once: true });
  };
  // A row without cells is not one.
  if (columns.length === 0) return null;
  return (
    <div role="rowgroup" className="rt-thead">
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names the active cell */}
      <div role="row" className="rt-row" aria-rowindex={1}>
        {columns.map((column, at) => {
          const direction = sort.find((one) => one.column === column.name)?.direction;
          const sortable = column.ordered;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: see the row
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid's keys sort at the active head
            <div
              key={column.name}
              role="columnheader"
              id={active === at ? `rt-${id}-active` : undefined}
              aria-colindex={at + 1}
              aria-sort={direction === undefined ? 'none' : direction === 'asc' ? 'ascending' : 'descending'}
              title={hoverOf(column)}
              className={`rt-th${column.right ? ' rt-right' : ''}${active === at ? ' rt-active' : ''}${sortable ? ' rt-sortable' : ''}`}
              onClick={() => sortable && setSort(nextSort(sort, column.name))}
            >
              {direction !== undefined && column.right && <SortArrow direction={direction} />}
              <span className="sp-cut">{column.label}</span>
              {direction !== undefined && !column.right && <SortArrow direction={direction} />}
              <i
                className="rt-edge"
                aria-hidden="true"
                onPointerDown={(event) => drag(event, column.name)}
                onClick={(event) => event.stopPropagation()}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The name behind a label, and why nothing happens when somebody would sort by it. */
const hoverOf = ({ name, label, ordered }: Column): string | undefined =>
  [label === name ? '' : name, ordered ? '' : 'You cannot sort by this column.'].filter(Boolean).join('\n') ||
  undefined;

function SortArrow({ direction }: { readonly direction: 'asc' | 'desc' }) {
  const Arrow = direction === 'asc' ? IconArrowUp : IconArrowDown;
  return <Arrow size={13} stroke={2} aria-hidden="true" />;
}
