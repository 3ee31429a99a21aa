import type { AuditEntry } from '../server/src/contexts/audit/index.ts';
import type { Call } from '../server/src/kernel/call.ts';
import { newId, type OrganizationId } from '../server/src/kernel/ids.ts';
import type { EventTable } from '../server/src/kernel/registered.ts';

/** The record of a run, about as large as the gateway's. */
export const RUN_EVENT = {
  'bench.run': {
    summary: 'A query ran',
    fields: {
      query: 'public',
      release: 'public',
      argumentDigests: 'public',
      rows: 'public',
      milliseconds: 'public',
    },
  },
} satisfies EventTable;

export function runData(i: number): AuditEntry {
  return {
    event: 'bench.run',
    target: { kind: 'app', id: '0198a000-0000-7000-8000-000000000001', name: 'Support desk' },
    policies: ['support-runs-support-desk'],
    data: {
      query: 'list_tickets',
      release: '9c1f04d2'.repeat(8),
      argumentDigests: [i.toString(16).padStart(64, '0')],
      rows: i % 90,
      milliseconds: 4.2,
    },
  };
}

export function benchCall(organization: OrganizationId): Call {
  return {
    actor: {
      kind: 'person',
      personId: newId(),
      organizationId: organization,
      email: 'support-2@harbor.example',
      name: 'Support Two',
      role: 'member',
      groups: ['support'],
      attributes: {},
      sessionId: newId(),
      via: 'session',
    },
    requestId: newId(),
    address: '203.0.113.80',
    device: 'Firefox 140 on Linux',
    decided: new Set(),
    recorded: new Map(),
  };
}
