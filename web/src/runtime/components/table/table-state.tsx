import { IconFilterOff, IconHourglass, IconInbox, IconPlayerPlay } from '@tabler/icons-react';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { SkeletonBar } from '../../../ui/skeleton.tsx';
import { leavesKeys } from '../../../ui/use-focus-return.ts';
import { useSlow } from '../../../ui/use-slow.ts';
import { useRuntime } from '../../runtime-context.tsx';
import type { Column } from './column-model.ts';
import { filterText } from './filter-text.ts';
import type { Table } from './use-table.ts';

const icon = { size: 24, stroke: 1.5, 'aria-hidden': true } as const;
const LINES = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Where rows would be and are not: loading, failed, waiting, nothing yet, nothing matches. */
export function TableState({
  id,
  table,
  columns,
  tracks,
  emptyText,
  error,
}: {
  readonly id: string;
  readonly table: Table;
  readonly columns: readonly Column[];
  /** How wide they are; undefined where rows are cards. */
  readonly tracks: readonly string[] | undefined;
  readonly emptyText: string;
  readonly error: string | undefined;
}) {
  const { session } = useRuntime();
  const { state, look, setLook } = table;
  const slow = useSlow(state.isFetching);
  if (state.isFetching) {
    return (
      <div role="status" aria-label="Loading" className="rt-table-loading">
        {slow &&
          LINES.map((line, i) => (
            <div key={line} className="rt-skeleton-row" style={{ gridTemplateColumns: tracks?.join(' ') }}>
              {columns.slice(0, tracks === undefined ? 2 : undefined).map(({ name, right }, j) => (
                <span key={name}>
                  <SkeletonBar width={`${[62, 84, 48, 70, 56][(i + j) % 5]}%`} right={right} />
                </span>
              ))}
            </div>
          ))}
      </div>
    );
  }
  if (state.error !== null) {
    return (
      <ErrorState
        error={state.error}
        title="Rows could not be loaded."
        retry={() => void session.control(id, 'refresh')}
      />
    );
  }
  if (error !== undefined)
    return <EmptyState icon={<IconInbox {...icon} />} title="Rows could not be loaded" text={error} />;
  if (state.waiting !== null) {
    return <EmptyState icon={<IconHourglass {...icon} />} title="Waiting for a value" text={state.waiting} />;
  }
  if (table.query !== '' && state.lastRunAt === null) {
    return (
      <EmptyState
        icon={<IconPlayerPlay {...icon} />}
        title="Not run yet"
        text="This table shows rows when its query runs."
      >
        <Button ref={leavesKeys} size="sm" onClick={() => void session.control(id, 'refresh')}>
          Run
        </Button>
      </EmptyState>
    );
  }
  if (table.unlisted)
    return <EmptyState icon={<IconInbox {...icon} />} title="The data is not a list of rows." />;
  if (!table.narrowed) return <EmptyState icon={<IconInbox {...icon} />} title={emptyText} />;
  const [last] = look.filters.slice(-1);
  const what =
    look.filters.length === 0
      ? `Nothing contains “${look.search}”`
      : `Nothing matches ${look.filters.length === 1 ? 'the filter' : `${look.filters.length} filters`}${look.search ? ` and “${look.search}”` : ''}`;
  return (
    <EmptyState said icon={<IconFilterOff {...icon} />} title={what}>
      {last !== undefined && (
        <Button
          ref={leavesKeys}
          size="sm"
          onClick={() => setLook({ filters: look.filters.filter((one) => one !== last) })}
        >
          Remove “{filterText(last, table.columns)}”
        </Button>
      )}
      <Button
        ref={leavesKeys}
        size="sm"
        tone={last === undefined ? 'default' : 'ghost'}
        onClick={() => setLook({ filters: [], search: '' })}
      >
        {last === undefined ? 'Clear the search' : 'Clear all'}
      </Button>
    </EmptyState>
  );
}
