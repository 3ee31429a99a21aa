import './audit.css';
import { IconListCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet, useParams, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { call } from '../../lib/api.ts';
import { useMe } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { filtersSet } from '../../ui/filters.ts';
import { NoMatch } from '../../ui/no-match.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { auditColumns } from './audit-columns.tsx';
import { AuditFilterBar, type AuditFilters, auditFilterWord, sinceOf } from './audit-filter-bar.tsx';
import { CheckpointBar } from './checkpoint-bar.tsx';
import { ExportButton } from './export-button.tsx';
import { LogTabs } from './log-tabs.tsx';
import { type LogName, logs, mayRead } from './logs.ts';
import { VerifyOffline } from './verify-offline.tsx';

const route = getRouteApi('/signed-in/console/audit');

/** The query of the list that these filters mean; the record panel steps through the same one. */
export function useAuditRecords(log: LogName, filters: AuditFilters) {
  const { when, ...rest } = filters;
  const route = logs[log].list;
  return useInfiniteQuery({
    queryKey: [route.operationId, filters],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(
        route,
        {
          query: {
            ...rest,
            ...(when ? { from: sinceOf(when) } : {}),
            ...(pageParam ? { cursor: pageParam } : {}),
          },
        },
        { signal },
      ),
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : 10_000),
  });
}

/** This organization's log, or the installation's own for who operates it. */
export function AuditPage() {
  const me = useMe();
  const { log = 'organization' } = route.useSearch();
  if (log === 'organization' || mayRead(me, log)) return <AuditLog key={log} log={log} />;
  return (
    <>
      <PageHeader title="Audit log" />
      <LogTabs log={log} />
      <EmptyState
        icon={<IconListCheck size={24} stroke={1.75} aria-hidden="true" />}
        title="You do not have access to the installation’s log"
        text="Only owners of the organization that set up this server can see it."
      />
    </>
  );
}

/** A log, newest first; a record opens beside it with its proof. */
function AuditLog({ log }: { readonly log: LogName }) {
  const { log: shown, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const router = useRouter();
  const { id } = useParams({ strict: false });
  const list = useAuditRecords(log, filters);
  const change = useCallback(
    (next: AuditFilters) => void navigate({ search: shown ? { log: shown, ...next } : next, replace: true }),
    [navigate, shown],
  );
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
  const found = list.data?.pages.flatMap((page) => page.items);
  // A search that has found nothing so far says how far it has come, and goes on from there.
  const searching = found?.length === 0 && hasNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (searching && !isFetchingNextPage) void fetchNextPage();
  }, [searching, isFetchingNextPage, fetchNextPage]);
  const rows = searching ? undefined : found;
  const active = filtersSet(filters, change, auditFilterWord);
  const instead =
    list.error && !rows?.length ? (
      <ErrorState error={list.error} title="The log could not be loaded." retry={() => void list.refetch()} />
    ) : rows?.length === 0 ? (
      active.length > 0 ? (
        <NoMatch thing="record" filters={active} clear={() => change({})} />
      ) : (
        <EmptyState
          icon={<IconListCheck size={24} stroke={1.75} aria-hidden="true" />}
          title="No records yet"
          text={
            log === 'installation'
              ? 'Events outside any organization are recorded here: setup, sign-ins by unknown people and the installation’s keys.'
              : 'Every change, sign-in, refusal and run is recorded here.'
          }
        />
      )
    ) : undefined;
  return (
    <>
      <PageHeader title="Audit log">
        <ExportButton log={log} />
        <VerifyOffline log={log} />
      </PageHeader>
      <LogTabs log={log} />
      <CheckpointBar log={log} />
      <AuditFilterBar log={log} filters={filters} onChange={change} shown={rows?.length} more={hasNextPage} />
      <div className="sp-split sp-audit">
        <div className="sp-list">
          <DataTable
            label="Audit records"
            columns={auditColumns}
            rows={rows}
            rowKey={(record) => record.id}
            selected={id}
            opens={({ id: record }) =>
              router.buildLocation({ to: '/audit/$id', params: { id: record }, search: (before) => before })
                .href
            }
            instead={instead}
          />
          {rows !== undefined && hasNextPage && (
            <div className="sp-audit-more">
              <Button size="sm" busy={isFetchingNextPage && 'Loading…'} onClick={() => void fetchNextPage()}>
                Show earlier records
              </Button>
            </div>
          )}
        </div>
        <Outlet />
      </div>
    </>
  );
}
