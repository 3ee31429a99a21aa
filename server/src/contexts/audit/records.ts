import type { AuditRecord } from '@sallyport/contract';
import type { Json } from './json.ts';

/** A record as it is read: its leaf, what opens it, and its place once it has one. */
export interface StoredRecord {
  readonly id: string;
  readonly index: number | null;
  readonly leaf: string;
  readonly opening: string | null;
}

interface Leaf {
  readonly at: string;
  readonly event: string;
  readonly actor: {
    readonly kind: 'person' | 'anonymous';
    readonly id?: string;
    readonly via?: 'session' | 'token';
  };
  readonly target: AuditRecord['target'];
  readonly outcome: AuditRecord['outcome'];
  readonly policies: string[];
  readonly request: string;
  readonly data: Record<string, Json>;
}

interface Opening {
  readonly actor?: readonly [string, { readonly email: string; readonly name: string }];
  readonly from?: readonly [string, { readonly address: string; readonly device: string }];
  readonly target?: readonly [string, { readonly name: string | null }];
  readonly data?: readonly [string, Record<string, Json>];
}

/** What people read is taken from the leaf itself, which the proof covers; never from the columns that only find it. */
export function presentRecord(stored: StoredRecord): AuditRecord {
  const leaf = JSON.parse(stored.leaf) as Leaf;
  const opening: Opening = stored.opening === null ? {} : (JSON.parse(stored.opening) as Opening);
  const data = { ...leaf.data, ...opening.data?.[1] };
  return {
    id: stored.id,
    index: stored.index,
    at: leaf.at,
    event: leaf.event,
    actor: {
      kind: leaf.actor.kind,
      id: leaf.actor.id ?? null,
      name: opening.actor?.[1].name ?? null,
      email: opening.actor?.[1].email ?? null,
      via: leaf.actor.via ?? null,
    },
    address: opening.from?.[1].address || null,
    device: opening.from?.[1].device || null,
    target:
      leaf.target === null
        ? null
        : { ...leaf.target, name: leaf.target.name ?? opening.target?.[1].name ?? null },
    outcome: leaf.outcome,
    policies: leaf.policies,
    requestId: leaf.request,
    data: data as AuditRecord['data'],
  };
}
