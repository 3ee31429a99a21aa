import { contract } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { reading } from '../../lib/reading.ts';
import { may, useMe } from '../../lib/session.ts';

/** The log's record of a run; undefined when it is not there or may not be read. */
export function useRecord(runId: string | undefined) {
  const me = useMe();
  return useQuery({
    ...reading(contract.audit.listAuditRecords, { query: { search: runId ?? '', limit: 1 } }),
    enabled: runId !== undefined && may(me, contract.audit.listAuditRecords),
    retry: false,
    // The sequencer gives a record its place in under a second.
    refetchInterval: (query) =>
      query.state.data?.items[0]?.index == null && query.state.dataUpdateCount < 4 ? 700 : false,
  }).data?.items[0];
}
