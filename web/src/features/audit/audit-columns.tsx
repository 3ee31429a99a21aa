import type { AuditRecord } from '@sallyport/contract';
import { IconArrowDown } from '@tabler/icons-react';
import { CodeName } from '../../ui/code-name.tsx';
import { type Column, Nothing } from '../../ui/data-table.tsx';
import { Time } from '../../ui/time.tsx';
import { Outcome } from './outcome.tsx';
import { Who } from './who.tsx';

const whatOf = (record: AuditRecord): string | undefined => {
  const query = typeof record.data.query === 'string' ? record.data.query : undefined;
  // A sign-in of nobody that is known has no target, but the address that was typed.
  const typed = typeof record.data.email === 'string' ? record.data.email : undefined;
  // A connection that was tried before it was saved has no name yet, but an address.
  const tried = typeof record.data.origin === 'string' ? record.data.origin : undefined;
  const target = record.target?.name ?? record.target?.kind ?? typed ?? tried;
  return [query, target].filter(Boolean).join(', ') || undefined;
};

export const auditColumns: readonly Column<AuditRecord>[] = [
  {
    key: 'time',
    head: (
      <>
        <IconArrowDown size={14} stroke={2} aria-hidden="true" /> Time
      </>
    ),
    width: 112,
    cell: (record) => (
      <span className="sp-t2">
        <Time at={record.at} seconds />
      </span>
    ),
  },
  {
    key: 'who',
    head: 'Who',
    width: '22%',
    wide: 'phone',
    cell: (record) => <Who record={record} />,
    text: (record) => record.actor.email ?? undefined,
  },
  {
    key: 'action',
    head: 'Action',
    cell: (record) => <CodeName of={record.event} />,
    text: (record) => record.event,
  },
  {
    key: 'what',
    head: 'Target',
    wide: true,
    cell: (record) => <span className="sp-t2">{whatOf(record) ?? <Nothing />}</span>,
    text: whatOf,
  },
  { key: 'decision', head: 'Decision', width: 104, cell: (record) => <Outcome outcome={record.outcome} /> },
];
