import './audit.css';
import { type AuditRecord, contract } from '@sallyport/contract';
import { IconListCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet, useParams } from '@tanstack/react-router';
import { useCallback } from 'react';
import { call } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { NoMatch } from '../../ui/no-match.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { auditColumns } from './audit-columns.tsx';
import { AuditFilterBar, type AuditFilters, setAuditFilters, sinceOf } from './audit-filter-bar.tsx';
import { CheckpointBar } from './checkpoint-bar.tsx';
import { ExportButton } from './export-button.tsx';
import { VerifyOffline } from './verify-offline.tsx';

const route = getRouteApi('/signed-in/console/audit');

/** The query of the list that these filters mean; the record panel steps through the same one. */
export function useAuditRecords(filters: AuditFilters) {
  const { when, ...rest } = filters;
  return useInfiniteQuery({
    queryKey: ['listAuditRecords', filters],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(
        contract.audit.listAuditRecords,
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

/** The log, newest first; a record opens beside it with its proof. */
export function AuditPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { id } = useParams({ strict: false });
  const list = useAuditRecords(filters);
  const change = useCallback(
    (next: AuditFilters) => void navigate({ search: next, replace: true }),
    [navigate],
  );
  const open = useCallback(
    (record: AuditRecord) =>
      void navigate({ to: '/audit/$id', params: { id: record.id }, search: (before) => before }),
    [navigate],
  );
  const rows = list.data?.pages.flatMap((page) => page.items);
  const active = setAuditFilters(filters, change);
  const instead =
    list.error && !rows ? (
      <ErrorState error={list.error} title="The log could not be read." retry={() => void list.refetch()} />
    ) : rows?.length === 0 ? (
      active.length > 0 ? (
        <NoMatch thing="record" filters={active} clear={() => change({})} />
      ) : (
        <EmptyState
          icon={<IconListCheck size={24} stroke={1.75} aria-hidden="true" />}
          title="No record yet"
          text="Every action, sign-in, refusal and run is recorded here."
        />
      )
    ) : undefined;
  return (
    <>
      <PageHeader title="Audit log">
        <ExportButton />
        <VerifyOffline />
      </PageHeader>
      <CheckpointBar />
      <AuditFilterBar filters={filters} onChange={change} shown={rows?.length} more={list.hasNextPage} />
      <div className="sp-split sp-audit">
        <div className="sp-list">
          <DataTable
            label="Audit records"
            columns={auditColumns}
            rows={rows}
            rowKey={(record) => record.id}
            selected={id}
            onOpen={open}
            instead={instead}
          />
          {list.hasNextPage && (
            <div className="sp-audit-more">
              <Button
                size="sm"
                busy={list.isFetchingNextPage && 'Reading…'}
                onClick={() => void list.fetchNextPage()}
              >
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
