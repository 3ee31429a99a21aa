import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import { count, figure } from '../../../lib/number.ts';
import { Note } from '../../../ui/note.tsx';
import { useRuntime } from '../../runtime-context.tsx';
import type { ViewProps } from '../view-props.ts';
import { MOST_UNLISTED, tracksOf } from './column-model.ts';
import { StaleNote } from './stale-note.tsx';
import { TableCards } from './table-cards.tsx';
import { TableFooter } from './table-footer.tsx';
import { TableGrid } from './table-grid.tsx';
import { TableState } from './table-state.tsx';
import { TableToolbar } from './table-toolbar.tsx';
import { isShown, useColumnSettings } from './use-column-settings.ts';
import { useLongest } from './use-longest.ts';
import { useNarrow } from './use-narrow.ts';
import { useTable } from './use-table.ts';

/** Rows of a query or of data: searched, filtered, sorted, paged, selected by key. Narrow, each row is a card. */
export function TableView(view: ViewProps) {
  const { id, props, state } = view;
  const { session, storageKey } = useRuntime();
  const table = useTable(view);
  const place = useRef<HTMLElement>(null);
  const narrow = useNarrow(place, 560);
  const [settings, saveSettings] = useColumnSettings(`${storageKey}:${id}`);
  const columns = useMemo(
    () => table.columns.filter((column) => isShown(column, settings)),
    [table.columns, settings],
  );
  // A page under the one that was asked for is turned like any other: the footer says which rows it has.
  const { truncated: cap } = table.state;
  const truncated = table.windowed && cap?.by === 'rows' ? null : cap;
  const open = () => void session.fire(id, 'onRowOpen');
  const opens = session.hears(id, 'onRowOpen');
  const longest = useLongest(columns, table.rows);
  const tracks = useMemo(
    () => tracksOf(columns, settings.widths, longest, opens),
    [columns, settings.widths, longest, opens],
  );
  const title = String(props.title ?? '');
  const unlisted = (props.columns as readonly unknown[]).length === 0;
  const blank = table.rows.length === 0;
  return (
    <section
      ref={place}
      className="rt-table rt-border"
      aria-label={title || id}
      aria-busy={table.state.isFetching}
    >
      <TableToolbar
        id={id}
        title={title}
        table={table}
        searchable={props.searchable !== false && table.searched}
        filterable={props.filterable !== false}
        settings={settings}
        saveSettings={saveSettings}
        narrow={narrow}
      />
      {truncated !== null && (
        <div className="rt-table-note">
          <Note
            tone="warn"
            icon={<IconAlertTriangle size={17} stroke={1.75} aria-hidden="true" />}
            title={`Only the first ${figure((state.exposed.rows as readonly unknown[]).length)} rows are shown.`}
          >
            The query’s cap is {figure(truncated.cap)} {truncated.by}.{' '}
            {table.windowed ? 'Add filters to see the rest.' : 'Search and filters only apply to these rows.'}
          </Note>
        </div>
      )}
      {!narrow && unlisted && table.columns.length > MOST_UNLISTED && (
        <div className="rt-table-note">
          <Note title={`${figure(columns.length)} of ${count(table.columns.length, 'column')} are shown.`}>
            Choose others in Columns.
          </Note>
        </div>
      )}
      {!blank && table.state.error !== null && (
        <StaleNote error={table.state.error} retry={() => void session.control(id, 'refresh')} />
      )}
      {!blank && narrow && <TableCards table={table} columns={columns} open={open} />}
      {!narrow && (
        <TableGrid
          id={id}
          label={title || id}
          table={table}
          columns={columns}
          tracks={tracks}
          setWidth={(name, width) =>
            saveSettings({ ...settings, widths: { ...settings.widths, [name]: width } })
          }
          open={open}
          opens={opens}
        />
      )}
      {blank && (
        <TableState
          id={id}
          table={table}
          columns={columns}
          tracks={narrow ? undefined : tracks}
          emptyText={String(props.emptyText)}
          error={state.errors.data}
        />
      )}
      <TableFooter table={table} />
    </section>
  );
}
