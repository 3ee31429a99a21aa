import { IconColumns3, IconSearch, IconX } from '@tabler/icons-react';
import { useCallback } from 'react';
import { figure } from '../../../lib/number.ts';
import { sameValue } from '../../../lib/same-value.ts';
import { Button } from '../../../ui/button.tsx';
import { OpensLater } from '../../../ui/opens-later.tsx';
import { leavesKeys } from '../../../ui/use-focus-return.ts';
import { useTypedSearch } from '../../../ui/use-typed-search.ts';
import { FilterButton } from './filter-button.tsx';
import { filterText } from './filter-text.ts';
import type { ColumnSettings } from './use-column-settings.ts';
import type { Filter, Table } from './use-table.ts';

const loadFilters = () => import('./filter-editor.tsx').then((file) => file.FilterEditor);
const loadColumns = () => import('./columns-menu.tsx').then((file) => file.ColumnsMenu);

/** The most that a window may look for (Q17). */
const LONGEST = 200;
const icon = { size: 15, stroke: 1.75, 'aria-hidden': true } as const;

/** The title, how many match, search, filters, and which columns. */
export function TableToolbar({
  id,
  title,
  table,
  searchable,
  filterable,
  settings,
  saveSettings,
  narrow,
}: {
  readonly id: string;
  readonly title: string;
  readonly table: Table;
  readonly searchable: boolean;
  readonly filterable: boolean;
  readonly settings: ColumnSettings;
  readonly saveSettings: (next: ColumnSettings) => void;
  readonly narrow: boolean;
}) {
  const { look, setLook, total, columns } = table;
  const tell = useCallback(
    (search: string) => {
      if (search.length <= LONGEST) setLook({ search });
    },
    [setLook],
  );
  const [typed, setTyped] = useTypedSearch(look.search, tell);
  const tooLong = typed.length > LONGEST;
  // It is about the rows that are shown: what was asked since may match fewer, or may not have been answered.
  const shown = table.windowed ? table.state.shown : null;
  const narrowed = shown === null ? table.narrowed : Boolean(shown.search) || shown.filters.length > 0;
  const matches =
    total !== null && table.rows.length > 0
      ? `${figure(total)} ${narrowed ? 'match' : total === 1 ? 'row' : 'rows'}`
      : '';
  return (
    <div className="rt-table-tools">
      {title !== '' && (
        <div className="rt-table-title">
          <h2>{title}</h2>
          <span className="sp-t3 sp-tn sp-nw">{matches}</span>
        </div>
      )}
      {(searchable || filterable) && (columns.length > 0 || table.narrowed) && (
        <div className="rt-table-filters">
          {searchable && (
            <label className="sp-in rt-search">
              <IconSearch {...icon} />
              <input
                type="search"
                aria-label={`Search ${title || id}`}
                placeholder="Search"
                value={typed}
                {...(tooLong && { 'aria-invalid': true, 'aria-errormessage': `rt-${id}-search-problem` })}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
            </label>
          )}
          {filterable && (
            <OpensLater
              load={loadFilters}
              popup="dialog"
              button={<FilterButton narrow={narrow} count={look.filters.length} />}
              given={{
                columns,
                narrow,
                count: look.filters.length,
                add: (filters) => {
                  const isNew = (one: Filter) => !look.filters.some((known) => sameValue(known, one));
                  setLook({ filters: [...look.filters, ...filters.filter(isNew)] });
                },
              }}
            />
          )}
          {look.filters.map((filter) => {
            const text = filterText(filter, columns);
            return (
              <span key={text} ref={leavesKeys} className="sp-chip">
                {text}
                <button
                  type="button"
                  aria-label={`Remove the filter ${text}`}
                  onClick={() => setLook({ filters: look.filters.filter((one) => one !== filter) })}
                >
                  <IconX size={12} stroke={2} aria-hidden="true" />
                </button>
              </span>
            );
          })}
          {look.filters.length > 1 && (
            <Button size="sm" tone="ghost" ref={leavesKeys} onClick={() => setLook({ filters: [] })}>
              Clear filters
            </Button>
          )}
          {!narrow && columns.length > 0 && (
            <span className="sp-end">
              <OpensLater
                load={loadColumns}
                popup="dialog"
                button={<Button icon={<IconColumns3 {...icon} />}>Columns</Button>}
                given={{ columns, settings, save: saveSettings, icon: <IconColumns3 {...icon} /> }}
              />
            </span>
          )}
        </div>
      )}
      {tooLong && (
        <p id={`rt-${id}-search-problem`} className="sp-hint sp-bad" role="alert">
          Not searched. Maximum {LONGEST} characters, entered {figure(typed.length)}.
        </p>
      )}
    </div>
  );
}
