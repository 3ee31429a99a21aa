import type { PersonSessionRow } from '@sallyport/contract';
import { IconDevices } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { folded } from '../../lib/folded.ts';
import { figure } from '../../lib/number.ts';
import { allSessions } from '../../lib/whole-lists.ts';
import { Badge } from '../../ui/badge.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Email } from '../../ui/email.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterBar, FilterPick, FilterSearch } from '../../ui/filter-bar.tsx';
import { filtersSet, settingOf } from '../../ui/filters.ts';
import { NoMatch } from '../../ui/no-match.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Time } from '../../ui/time.tsx';

const route = getRouteApi('/signed-in/console/sessions');
const kinds = [
  { value: 'session', label: 'Browser' },
  { value: 'token', label: 'API token' },
] as const;
const filterWord = (name: string, value: string): string =>
  (name === 'kind' && kinds.find((kind) => kind.value === value)?.label) || value;

const columns: readonly Column<PersonSessionRow>[] = [
  {
    key: 'person',
    head: 'Person',
    cell: ({ person }) => (
      <span className="sp-col sp-cut">
        <span className="sp-m sp-cut">{person.name}</span>
        <span className="sp-t3 sp-sm sp-cut">
          <Email of={person.email} />
        </span>
      </span>
    ),
    text: ({ person }) => person.email,
  },
  {
    key: 'device',
    head: 'Device or token',
    cell: (session) => (
      <span className="sp-row sp-g6" style={{ flexWrap: 'wrap' }}>
        <span className="sp-cut">{session.label ?? session.device}</span>
        {session.kind === 'token' && <Badge>Token</Badge>}
        {session.current && <Badge tone="accent">This session</Badge>}
      </span>
    ),
    text: (session) => session.device,
  },
  {
    key: 'address',
    head: 'Address',
    width: 150,
    wide: true,
    cell: (session) => <span className="sp-tn sp-t2">{session.address}</span>,
  },
  {
    key: 'since',
    head: 'Since',
    width: 100,
    right: true,
    wide: true,
    cell: (session) => (
      <span className="sp-t2">
        <Time at={session.createdAt} />
      </span>
    ),
  },
  {
    key: 'seen',
    head: 'Last used',
    width: 96,
    right: true,
    cell: (session) => (
      <span className="sp-t2">
        <Time at={session.lastSeenAt} />
      </span>
    ),
  },
  {
    key: 'until',
    head: 'Expires',
    width: 100,
    right: true,
    wide: true,
    cell: (session) => (
      <span className="sp-t2">
        <Time at={session.expiresAt} />
      </span>
    ),
  },
];

/** Who is signed in at the moment, from where; a row leads to the person, where sessions are ended. */
export function SessionsPage() {
  const search = route.useSearch();
  const change = route.useNavigate();
  const router = useRouter();
  const list = useQuery(allSessions());
  const all = list.data?.items;
  const wanted = folded(search.search ?? '');
  const rows = all?.filter(
    ({ person, device, label, address, kind }) =>
      folded(`${person.name} ${person.email} ${device} ${label ?? ''} ${address}`).includes(wanted) &&
      (!search.kind || kind === search.kind),
  );
  const show = (next: typeof search) => void change({ search: next, replace: true });
  const set = settingOf(search, show);
  const instead = list.error ? (
    <ErrorState error={list.error} title="Sessions could not be loaded." retry={() => void list.refetch()} />
  ) : all?.length === 0 ? (
    <EmptyState
      icon={<IconDevices size={24} stroke={1.75} aria-hidden="true" />}
      title="No active sessions"
    />
  ) : rows?.length === 0 ? (
    <NoMatch thing="session" filters={filtersSet(search, show, filterWord)} clear={() => show({})} />
  ) : undefined;
  return (
    <>
      <PageHeader title="Sessions" figure={rows && figure(rows.length)} />
      <FilterBar>
        <FilterSearch
          label="Person, device or address"
          value={search.search ?? ''}
          onChange={set('search')}
        />
        <FilterPick label="Kind" value={search.kind} options={kinds} onChange={set('kind')} />
      </FilterBar>
      <div className="sp-split">
        <div className="sp-list">
          <DataTable
            label="Sessions"
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
            opens={({ person }) =>
              router.buildLocation({ to: '/people/$id', params: { id: person.id } }).href
            }
            twoLine
            instead={instead}
          />
        </div>
      </div>
    </>
  );
}
