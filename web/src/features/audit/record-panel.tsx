import { IconCheck, IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { figure } from '../../lib/number.ts';
import { reading } from '../../lib/reading.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SectionHead } from '../../ui/section-head.tsx';
import { PanelSection, SidePanel } from '../../ui/side-panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useAuditRecords } from './audit-page.tsx';
import { logs } from './logs.ts';
import { Outcome } from './outcome.tsx';
import { ProofPart } from './proof-part.tsx';
import { RecordData, RecordFacts } from './record-facts.tsx';

const route = getRouteApi('/signed-in/console/audit/$id');
const list = getRouteApi('/signed-in/console/audit');

/** One record: who, what, the decision with its policies, and the proof that it is in the signed log. */
export function RecordPanel() {
  const { id } = route.useParams();
  const { log: shown, ...filters } = list.useSearch();
  const log = shown ?? 'organization';
  const navigate = route.useNavigate();
  const query = useQuery({
    ...reading(logs[log].record, { params: { id } }),
    // The newest have to wait for their checkpoint, up to ten seconds.
    refetchInterval: ({ state }) => (state.data?.proof === null ? 2_000 : false),
  });
  const records = useAuditRecords(log, filters).data?.pages.flatMap((page) => page.items) ?? [];
  const at = records.findIndex((record) => record.id === id);
  const close = useCallback(() => void navigate({ to: '/audit', search: (before) => before }), [navigate]);
  const go = (by: number) => {
    const next = records[at + by];
    if (next) void navigate({ to: '/audit/$id', params: { id: next.id }, search: (before) => before });
  };
  const record = query.data?.record;
  const index = record?.index ?? null;
  const place = index === null ? 'Record' : `Record ${figure(index)}`;
  return (
    <SidePanel
      wide
      label={record ? `${place}, ${record.event}` : place}
      title={
        <h2 className="sp-mono" style={{ fontSize: 15 }}>
          {record?.event ?? 'Record'}
        </h2>
      }
      over={record && (index === null ? 'Not signed yet' : place)}
      actions={
        <>
          <IconButton
            label="Newer record"
            icon={<IconChevronUp size={16} stroke={1.75} />}
            disabledReason={at <= 0 && 'This is the newest record in the list.'}
            onClick={() => go(-1)}
          />
          <IconButton
            label="Older record"
            icon={<IconChevronDown size={16} stroke={1.75} />}
            disabledReason={(at < 0 || at >= records.length - 1) && 'This is the last record in the list.'}
            onClick={() => go(1)}
          />
          <CopyButton
            link
            text={`${location.origin}/audit/${id}${shown ? `?log=${shown}` : ''}`}
            label="Copy link"
          />
        </>
      }
      onClose={close}
    >
      {query.error ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : !record ? (
        <div className="sp-ps">
          <SkeletonLines lines={8} height={28} />
        </div>
      ) : (
        <>
          <RecordFacts record={record} linked={log === 'organization'} />
          <PanelSection>
            <SectionHead title="Decision">
              <span className="sp-sm">
                <Outcome outcome={record.outcome} />
              </span>
            </SectionHead>
            {record.policies.length === 0 ? (
              <p className="sp-t3">This record names no policy.</p>
            ) : (
              <ul className="sp-col sp-g4">
                {record.policies.map((policy) => (
                  <li key={policy} className="sp-row sp-g6">
                    {record.outcome === 'refused' ? (
                      <IconX size={14} stroke={2} className="sp-bad" aria-hidden="true" />
                    ) : (
                      <IconCheck size={14} stroke={2} className="sp-ok" aria-hidden="true" />
                    )}
                    <span className="sp-m">{policy}</span>
                  </li>
                ))}
              </ul>
            )}
          </PanelSection>
          <ProofPart proof={query.data?.proof ?? null} id={id} />
          <RecordData record={record} />
        </>
      )}
    </SidePanel>
  );
}
