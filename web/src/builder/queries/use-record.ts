import { contract } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { reading } from '../../lib/reading.ts';
import { may, useMe } from '../../lib/session.ts';

/** The log's record of a run; undefined when it is not there or may not be read. */
export function useRecord(runId: string | undefined) {
  const me = useMe();
  const options = reading(contract.audit.listAuditRecords, {
    query: { targetId: runId ?? '', limit: 1 },
  });
  const enabled = runId !== undefined && may(me, contract.audit.listAuditRecords);
  const byTarget = useQuery({ ...options, enabled, retry: false }).data?.items[0];
  const bySearch = useQuery({
    ...reading(contract.audit.listAuditRecords, { query: { search: runId ?? '', limit: 1 } }),
    enabled: enabled && byTarget === undefined,
    retry: false,
  }).data?.items[0];
  return byTarget ?? bySearch;
}
