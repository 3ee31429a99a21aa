import { useRouter } from '@tanstack/react-router';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { SkeletonBar } from './skeleton.tsx';
import { leavesKeys } from './use-focus-return.ts';
import { useGrowing } from './use-growing.tsx';
import { useSlow } from './use-slow.ts';

export interface Column<Row> {
  readonly key: string;
  readonly head: ReactNode;
  readonly width?: number | string;
  /** Numbers, money and dates stand right, and their heads with them. */
  readonly right?: boolean;
  /** Left out of a narrow list: on a narrow screen, or beside a panel; `phone`: on phones alone. */
  readonly wide?: boolean | 'phone';
  readonly cell: (row: Row) => ReactNode;
  /** The plain text, to be read in full on hover. */
  readonly text?: (row: Row) => string | undefined;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined while it loads. */
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  readonly selected?: string | undefined;
  /** The address that a row leads to. */
  readonly opens?: ((row: Row) => string) | undefined;
  readonly twoLine?: boolean;
  /** Shown below the head when there are no rows, or when they could not be read. */
  readonly instead?: ReactNode;
}

/** Moves between the links of rows with the arrow keys. */
function step(event: KeyboardEvent<HTMLTableRowElement>): void {
  const row = event.currentTarget;
  const next =
    event.key === 'ArrowDown'
      ? row.nextElementSibling
      : event.key === 'ArrowUp'
        ? row.previousElementSibling
        : null;
  const link = next?.querySelector<HTMLElement>('.sp-row-link');
  if (!link) return;
  event.preventDefault();
  link.focus();
}

/** Whether a click asks for another tab or window, which is the browser's own to open. */
const elsewhere = (event: MouseEvent): boolean =>
  event.button === 1 || event.metaKey || event.ctrlKey || event.shiftKey;

/**
 * A console table: plain rows, 36 high or 48 with two lines; a row opens with a click, and as any link in another tab. The
 * keyboard is at the link in it, since a row in itself has no name that would be read out.
 */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  selected,
  opens,
  twoLine,
  instead,
}: DataTableProps<Row>) {
  const { shown, more } = useGrowing(rows ?? []);
  const router = useRouter();
  const slow = useSlow(rows === undefined && !instead);
  const wideClass = ({ wide }: Column<Row>) => (wide === 'phone' ? 'sp-no-phone' : wide ? 'sp-wide' : '');
  const cellClass = (column: Column<Row>) => `${column.right ? 'sp-num ' : ''}${wideClass(column)}`;
  return (
    <>
      <table className={`sp-tb${twoLine ? ' sp-two' : ''}`} aria-label={label} aria-busy={rows === undefined}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.key} className={wideClass(column)} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={cellClass(column)}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {instead
            ? null
            : rows === undefined
              ? [70, 52, 84, 61].map((width) => (
                  <tr key={width}>
                    {columns.map((column) => (
                      <td key={column.key} className={cellClass(column)}>
                        {slow && <SkeletonBar width={`${width}%`} right={column.right ?? false} />}
                      </td>
                    ))}
                  </tr>
                ))
              : shown.map((row) => {
                  const key = rowKey(row);
                  const href = opens?.(row);
                  const open = (event: MouseEvent) => {
                    // The link in the row does what links do with what is not a plain click.
                    const link = event.target instanceof Element && event.target.closest('a') !== null;
                    if (!elsewhere(event)) {
                      event.preventDefault();
                      router.history.push(href!);
                    } else if (!link) window.open(href, '_blank', 'noopener');
                  };
                  return (
                    <tr
                      key={key}
                      ref={leavesKeys}
                      className={`${href ? 'sp-open' : ''}${key === selected ? ' sp-sel' : ''}`}
                      onClick={href ? open : undefined}
                      onAuxClick={href ? (event) => event.button === 1 && open(event) : undefined}
                      onKeyDown={href ? step : undefined}
                    >
                      {columns.map((column, place) => (
                        <td key={column.key} className={cellClass(column)} title={column.text?.(row)}>
                          {href && place === 0 ? (
                            <a
                              href={href}
                              aria-current={key === selected ? 'true' : undefined}
                              draggable={false}
                              className="sp-row-link"
                            >
                              {column.cell(row)}
                            </a>
                          ) : (
                            column.cell(row)
                          )}
                        </td>
                      ))}
                    </tr>
                  );
                })}
        </tbody>
      </table>
      {instead ?? more}
    </>
  );
}

/** What stands in a cell without a value. */
export const Nothing = () => <span className="sp-t3">—</span>;
