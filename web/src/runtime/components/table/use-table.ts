import type { TableColumn, Window } from '@sallyport/contract';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { firstWindow } from '../../engine/first-window.ts';
import { NO_QUERY, type QueryState } from '../../engine/session-types.ts';
import { useQueryState, useReading, useRuntime, useSlice } from '../../runtime-context.tsx';
import type { ViewProps } from '../view-props.ts';
import { clientWindow } from './client-window.ts';
import { type Column, columnModel } from './column-model.ts';
import { type Before, isGone } from './is-gone.ts';
import { FIRST, offsetOf, pageBeside, pageInstead, type Start } from './page-start.ts';
import { keyColumns, rowKey, sameRow } from './row-key.ts';

export type Row = Readonly<Record<string, unknown>>;
export type Filter = Window['filters'][number];

/** How the person looks at the rows. */
export interface Look extends Start {
  readonly sort: Window['sort'];
  readonly filters: Window['filters'];
  readonly search: string;
}

export interface Table {
  /** The rows that are shown, in their order. */
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  readonly look: Look;
  /** Asks another question, which starts at its first page. */
  readonly setLook: (part: Partial<Omit<Look, keyof Start>>) => void;
  readonly turn: (way: 'next' | 'before') => void;
  /** Rows before the page that is shown, or on its way. */
  readonly offset: number;
  readonly windowed: boolean;
  readonly pageSize: number;
  /** Rows that match; null while unknown. */
  readonly total: number | null;
  readonly query: string;
  readonly state: QueryState;
  /** The key of a row as text, for comparing. */
  readonly keyOf: (row: Row) => string;
  readonly selectedKey: string | null;
  /** False when the person rather keeps what they typed about the row that is chosen. */
  readonly select: (row: Row | null) => Promise<boolean>;
  readonly narrowed: boolean;
  /** Whether there is something that a search looks into. */
  readonly searched: boolean;
  /** Data was given, and it is no list. */
  readonly unlisted: boolean;
}

/** Choices of rows without a key, each of which is another one, wherever its row stands. */
let choices = 0;

const NONE: Look = { ...FIRST, sort: [], filters: [], search: '' };

/** What a table shows and what it asks: a windowed query is paged by the server, any other here. */
export function useTable({ id, props, state: component }: ViewProps): Table {
  const { session, mode } = useRuntime();
  const query = typeof props.query === 'string' ? props.query : '';
  const own = useQueryState(query);
  const { error, isFetching, truncated } = useReading(id);
  const state = useMemo(
    () => (query === '' ? { ...NO_QUERY, error, isFetching, truncated } : own),
    [query, own, error, isFetching, truncated],
  );
  const signature = query === '' ? undefined : session.signature(query);
  const windowed = signature?.windowed === true;
  const pageSize = firstWindow(props.pageSize).limit;
  const [look, replaceLook] = useState<Look>(NONE);

  const setLook = useCallback((part: Partial<Omit<Look, keyof Start>>) => {
    replaceLook((before) => ({ ...before, ...FIRST, ...part }));
  }, []);
  const turn = useCallback(
    (way: 'next' | 'before') =>
      replaceLook((asked) => ({ ...asked, ...pageBeside(way, state, asked, pageSize) })),
    [state, pageSize],
  );
  useEffect(() => {
    if (!windowed || mode === 'edit') return;
    const { search, beside, offset, ...rest } = look;
    session.setWindow(query, {
      limit: pageSize,
      offset: beside === null ? offset : 0,
      ...beside,
      ...rest,
      total: true,
      ...(search === '' ? {} : { search }),
    });
  }, [session, mode, windowed, query, pageSize, look]);
  useEffect(() => {
    const instead = windowed && mode === 'live' ? pageInstead(state, look, pageSize) : null;
    if (instead !== null) replaceLook((asked) => ({ ...asked, ...instead }));
  }, [windowed, mode, state, look, pageSize]);
  useEffect(() => session.expose(id, { search: look.search }), [session, id, look.search]);

  const all = component.exposed.rows as readonly Row[];
  const search = useDeferredValue(look.search);
  const keys = useMemo(
    () => keyColumns(props.primaryKey, signature?.key ?? []),
    [props.primaryKey, signature],
  );
  const reads = useSlice<readonly string[]>(`r:${id}`);
  const read = useMemo(
    () => (query === '' ? (reads ?? []) : []).flatMap((name) => session.signature(name)?.result ?? []),
    [session, query, reads],
  );
  const columns = useMemo(
    () =>
      columnModel(
        props.columns as readonly TableColumn[],
        state.columns ?? signature?.result ?? null,
        all,
        keys,
        read,
      ),
    [props.columns, state.columns, signature, all, keys, read],
  );
  const rows = useMemo(
    () =>
      windowed
        ? all
        : clientWindow(
            all.filter((row) => typeof row === 'object' && row !== null),
            { ...look, search },
            columns,
          ),
    [windowed, all, look, search, columns],
  );
  // Without a key, a row is known by its place in the answer, whatever order the person looks at it in.
  const places = useMemo(() => new Map(all.map((row, place) => [row, place])), [all]);
  const keyOf = useCallback(
    (row: Row): string => {
      const key = rowKey(row, keys);
      return key === null ? `#${state.offset + (places.get(row) ?? 0)}` : String(key);
    },
    [keys, places, state.offset],
  );

  const { selectedKey, selectedRow } = component.exposed;
  const place = useRef(0);
  const select = useCallback(
    async (row: Row | null) => {
      if (mode === 'edit' || !(await session.mayChoose(id))) return false;
      const key = row === null ? null : (rowKey(row, keys) ?? `#${++choices}`);
      if (row !== null) place.current = places.get(row) ?? 0;
      session.expose(id, { selectedRow: row, selectedKey: key });
      if (row !== null) void session.fire(id, 'onRowSelect');
      return true;
    },
    [session, mode, id, keys, places],
  );
  const narrowed = look.search !== '' || look.filters.length > 0;
  const listed = query === '' ? Array.isArray(props.data) : state.data !== null;
  const before = useRef<Before>(undefined);
  // The selected row is the same one through paging and sorting, with its newest values when it is here.
  useEffect(() => {
    const known = before.current;
    before.current = undefined;
    if (selectedKey === null || selectedKey === undefined) return;
    const fresh =
      keys.length > 0
        ? all.find((row) => String(rowKey(row, keys)) === String(selectedKey))
        : places.has(selectedRow as Row)
          ? (selectedRow as Row)
          : sameRow(all, selectedRow as Row, place.current);
    if (fresh !== undefined) place.current = places.get(fresh) ?? 0;
    if (fresh !== undefined && fresh !== selectedRow) session.expose(id, { selectedRow: fresh });
    before.current = { state, here: fresh !== undefined };
    // Without a key, nothing says which row it is now.
    const gone =
      fresh === undefined && (keys.length === 0 || isGone(state, known, { windowed, narrowed, listed }));
    // What was typed about it is not lost for that.
    if (gone && !session.hasEditsOf(id)) session.expose(id, { selectedRow: null, selectedKey: null });
  }, [session, id, all, keys, places, selectedKey, selectedRow, state, windowed, narrowed, listed]);
  const shownKey = useMemo(() => {
    if (selectedKey === null || selectedKey === undefined) return null;
    if (keys.length > 0) return String(selectedKey);
    return places.has(selectedRow as Row) ? keyOf(selectedRow as Row) : null;
  }, [keys, keyOf, places, selectedKey, selectedRow]);

  return {
    rows,
    columns,
    look,
    setLook,
    turn,
    offset: offsetOf(state, look),
    windowed,
    // The server looks into texts alone.
    searched: !windowed || signature.result?.some(({ type }) => type === 'text') === true,
    pageSize,
    total: windowed ? state.total : rows.length,
    query,
    state,
    keyOf,
    selectedKey: shownKey,
    select,
    narrowed,
    unlisted: query === '' && !Array.isArray(props.data ?? []),
  };
}
