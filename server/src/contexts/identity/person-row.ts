import type { PersonRow } from '@sallyport/contract';
import type { Member } from './people.table.ts';

export function personRow(m: Member): PersonRow {
  return {
    id: m.id,
    name: m.name,
    email: m.email,
    role: m.role,
    groups: m.groups,
    attributes: m.attributes,
    disabled: m.disabled,
    secondFactor: m.second_factor,
    lastSeenAt: m.last_seen_at?.toISOString() ?? null,
    createdAt: m.created_at.toISOString(),
  };
}
