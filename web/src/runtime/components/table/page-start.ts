import type { Position } from '@sallyport/contract';
import type { QueryState } from '../../engine/session-types.ts';

/** Where a page begins. */
export interface Start {
  /** The row that it stands beside; null when it is counted. */
  readonly beside: { readonly after: Position } | { readonly before: Position } | null;
  /** Rows before it: exact when it is counted, else as many as there were when it was asked for. */
  readonly offset: number;
}

export const FIRST: Start = { beside: null, offset: 0 };

/** A longer text is no position to every engine; the page beside it is counted. */
const LONGEST = 128;

/** Where a row stands among the others; null when that cannot be told. */
export function positionOf(
  row: Readonly<Record<string, unknown>> | undefined,
  columns: readonly string[] | null,
): Position | null {
  if (row === undefined || columns === null) return null;
  const position: Position = {};
  for (const name of columns) {
    const value = row[name];
    if (value === undefined || (typeof value === 'object' && value !== null)) return null;
    if (typeof value === 'string' && value.length > LONGEST) return null;
    position[name] = value as Position[string];
  }
  return position;
}

/** The answer to the window that is asked for is here. */
const isHere = ({ shown, window, isFetching }: QueryState): boolean => shown === window && !isFetching;

/** Rows before the page that is shown, or that is on its way. */
export const offsetOf = (state: QueryState, asked: Start): number =>
  isHere(state) ? state.offset : asked.offset;

/**
 * The page beside the one that is shown: it begins beside its last or first row, so that none is missed or shown twice
 * when others come and go. It is counted where rows have no position, and when another page is still on its way.
 */
export function pageBeside(way: 'next' | 'before', state: QueryState, asked: Start, pageSize: number): Start {
  const rows = (isHere(state) ? state.data : null) ?? [];
  const from = offsetOf(state, asked);
  if (way === 'next') {
    const after = positionOf(rows.at(-1), state.position);
    return { beside: after === null ? null : { after }, offset: from + (rows.length || pageSize) };
  }
  // The first page is always whole, whatever came to stand before it.
  if (from <= pageSize) return FIRST;
  const before = positionOf(rows[0], state.position);
  return { beside: before === null ? null : { before }, offset: from - pageSize };
}

/** Where to go from a page whose rows have all gone: null when it is not that, or when there are none at all. */
export function pageInstead(state: QueryState, asked: Start, pageSize: number): Start | null {
  const gone = isHere(state) && state.error === null && state.data?.length === 0;
  if (!gone || (asked.beside === null && asked.offset === 0)) return null;
  const last = Math.floor((Math.max(1, state.total ?? 0) - 1) / pageSize) * pageSize;
  const from = asked.beside !== null && 'before' in asked.beside ? 0 : last;
  return asked.beside === null && asked.offset <= from ? FIRST : { beside: null, offset: from };
}
