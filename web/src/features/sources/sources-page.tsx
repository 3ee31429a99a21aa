import './sources.css';
import { contract } from '@sallyport/contract';
import { IconDatabasePlus, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet, useParams, useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { figure } from '../../lib/number.ts';
import { may, useMe } from '../../lib/session.ts';
import { allSources } from '../../lib/whole-lists.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { filtersSet } from '../../ui/filters.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { NoMatch } from '../../ui/no-match.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { FailingNotices } from './failing-notices.tsx';
import { sourceColumns } from './source-columns.tsx';
import { SourceFilterBar, sourceFilterWord } from './source-filter-bar.tsx';
import { type SourceFilters, sourceRows } from './source-rows.ts';

const route = getRouteApi('/signed-in/console/sources');

/** Every source in every environment, with its state; one opens beside the list. */
export function SourcesPage() {
  const me = useMe();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const router = useRouter();
  const { id, environment } = useParams({ strict: false });
  const list = useQuery({ ...allSources(), refetchInterval: 30_000 });
  const change = useCallback(
    (next: SourceFilters) => void navigate({ search: next, replace: true }),
    [navigate],
  );
  const sources = list.data?.items;
  const rows = sources && sourceRows(sources, filters);
  const mayConnect = may(me, contract.sources.connectSource);
  const selected = rows?.find(
    (row) => row.source.id === id && (!environment || row.place.environment === environment),
  );
  const active = filtersSet(filters, change, sourceFilterWord);
  const instead = list.error ? (
    <ErrorState
      error={list.error}
      title="Data sources could not be loaded."
      retry={() => void list.refetch()}
    />
  ) : sources?.length === 0 ? (
    <EmptyState
      icon={<IconDatabasePlus size={24} stroke={1.75} aria-hidden="true" />}
      title="No data sources yet"
      text="Credentials are encrypted when you save them, and your data stays in your database."
    >
      {mayConnect && (
        <LinkButton to="/sources/connect" size="sm">
          Connect a source
        </LinkButton>
      )}
    </EmptyState>
  ) : rows?.length === 0 ? (
    <NoMatch thing="source" filters={active} clear={() => change({})} />
  ) : undefined;
  return (
    <>
      <PageHeader title="Data sources" figure={rows && figure(rows.length)}>
        {mayConnect ? (
          <LinkButton
            to="/sources/connect"
            tone="primary"
            icon={<IconPlus size={15} stroke={2} aria-hidden="true" />}
          >
            Connect a source
          </LinkButton>
        ) : (
          <Button
            tone="primary"
            disabledReason={`Requires the “source:manage” permission. Ask an admin of ${me.organization.name}.`}
          >
            Connect a source
          </Button>
        )}
      </PageHeader>
      <SourceFilterBar filters={filters} onChange={change} />
      <div className="sp-split">
        <div className="sp-list">
          <DataTable
            label="Data sources"
            columns={sourceColumns}
            rows={rows}
            rowKey={(row) => row.key}
            selected={selected?.key}
            opens={({ source, place }) =>
              router.buildLocation({
                to: '/sources/$id/{-$environment}',
                params: { id: source.id, environment: place.environment },
                search: (before) => before,
              }).href
            }
            twoLine
            instead={instead}
          />
          {rows && <FailingNotices rows={rows} />}
        </div>
        <Outlet />
      </div>
    </>
  );
}
