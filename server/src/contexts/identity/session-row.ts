import type { SessionRow } from '@sallyport/contract';
import type { SessionId } from '../../kernel/ids.ts';
import type { ListedSession } from './sessions.table.ts';

export function sessionRow(s: ListedSession, current: SessionId): SessionRow {
  return {
    id: s.id,
    kind: s.kind,
    label: s.label,
    device: s.device,
    address: s.address,
    createdAt: s.created_at.toISOString(),
    lastSeenAt: s.last_seen_at.toISOString(),
    expiresAt: s.expires_at.toISOString(),
    current: s.id === current,
  };
}
