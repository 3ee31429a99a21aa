import { IconChevronLeft, IconChevronRight, IconRefresh } from '@tabler/icons-react';
import { count, figure } from '../../../lib/number.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Time } from '../../../ui/time.tsx';
import { useSlow } from '../../../ui/use-slow.ts';
import { useRuntime } from '../../runtime-context.tsx';
import type { Table } from './use-table.ts';

const icon = { size: 15, stroke: 1.75, 'aria-hidden': true } as const;

/** Which rows these are, the way to the others, and how old they are. */
export function TableFooter({ table }: { readonly table: Table }) {
  const { session, mode } = useRuntime();
  const { rows, total, pageSize, windowed, state, query, turn } = table;
  // While the next page is on its way, what stands here is still about the rows that are shown.
  const first = state.offset + 1;
  const last = state.offset + rows.length;
  const range =
    rows.length === 0
      ? ''
      : `${figure(first)}–${figure(last)}${total === null ? '' : ` of ${figure(total)}`}`;
  const size = state.truncated?.by === 'rows' ? state.truncated.cap : pageSize;
  const more = total === null ? rows.length === size : last < total;
  const stoppable = useSlow(state.isFetching, 2_000);
  if (query === '' && rows.length === 0) return null;
  return (
    <footer className="rt-table-foot">
      <span className="sp-tn" aria-live="polite">
        {windowed ? range : rows.length > 0 && count(rows.length, 'row')}
      </span>
      {windowed && rows.length > 0 && (
        <span className="sp-row sp-g4">
          <IconButton
            small
            label="Previous page"
            icon={<IconChevronLeft {...icon} />}
            disabledReason={table.offset === 0 && 'This is the first page.'}
            onClick={() => turn('before')}
          />
          <IconButton
            small
            label="Next page"
            icon={<IconChevronRight {...icon} />}
            disabledReason={!more && 'This is the last page.'}
            onClick={() => turn('next')}
          />
        </span>
      )}
      {windowed && rows.length > 0 && <span className="sp-tn rt-wide">{figure(size)} per page</span>}
      {query !== '' && (
        <span className="sp-end sp-row sp-g6">
          {state.lastRunAt !== null && (
            <span className="sp-tn">
              <span className="rt-wide">Updated </span>
              <Time at={state.lastRunAt} seconds />
            </span>
          )}
          {stoppable && (
            <Button size="xs" onClick={() => session.stopQuery(query)}>
              Stop
            </Button>
          )}
          <IconButton
            small
            label="Refresh"
            busy={state.isFetching}
            icon={<IconRefresh {...icon} />}
            onClick={() => {
              if (mode === 'live') void session.runQuery(query);
            }}
          />
        </span>
      )}
    </footer>
  );
}
