import { useMemo, useRef } from 'react';
import type { Column } from './column-model.ts';
import { formatCell } from './format-cell.ts';
import { cellOf } from './row-key.ts';

const LOOKED_AT = 50;

/**
 * Letters of the longest text of each column among the first rows. It only grows while the columns stay, so that
 * turning pages does not move them to and fro.
 */
export function useLongest(
  columns: readonly Column[],
  rows: readonly Readonly<Record<string, unknown>>[],
): ReadonlyMap<string, number> {
  const names = columns.map(({ name, kind }) => `${name}/${kind}`).join();
  const known = useRef({ names, longest: new Map<string, number>() });
  return useMemo(() => {
    const before = known.current.names === names ? known.current.longest : new Map<string, number>();
    const longest = new Map(before);
    for (const row of rows.slice(0, LOOKED_AT))
      for (const column of columns) {
        if (column.kind === 'json') continue;
        const { length } = formatCell(cellOf(row, column.name), column).text;
        longest.set(column.name, Math.max(length, longest.get(column.name) ?? 0));
      }
    known.current = { names, longest };
    return longest;
  }, [columns, rows, names]);
}
