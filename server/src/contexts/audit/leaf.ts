import type { AnyCall } from '../../kernel/call.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import type { OrganizationId } from '../../kernel/ids.ts';
import { randomFresh } from '../../kernel/random-pool.ts';
import type { EventDefinition } from '../../kernel/registered.ts';
import { commitment } from './commitment.ts';
import type { AuditEntry, Outcome } from './entry.ts';
import type { Json } from './json.ts';

/** In every leaf, so that a verifier knows how to read it. A change of the canonical form is a new number. */
export const LEAF_FORMAT = 'sallyport.audit/1';
/** Kinds of target whose name is a person's name or address. */
const PERSONAL_TARGETS: ReadonlySet<string> = new Set(['person', 'invitation', 'session']);
const SALT = 16;
const MAX_LEAF = 256 * 1024;

/** One row of `audit_records`. */
export interface RecordRow {
  readonly id: string;
  readonly organization: OrganizationId;
  readonly event: string;
  readonly outcome: Outcome;
  readonly actorId: string | null;
  readonly targetId: string | null;
  readonly leaf: string;
  readonly opening: string | null;
}

type Fields = Record<string, Json>;

/**
 * Makes the record of an entry. Personal fields stand in the leaf as `commitments`: for each group (`actor`, `from`,
 * `target`, `data`) an HMAC-SHA-256, keyed by 128 random bits, over the group's name, a zero byte and the canonical JSON
 * of its fields. Key and fields are the record's `opening`; without it, the leaf says nothing about a person but an id.
 */
export function composeRecord(
  call: AnyCall,
  organization: OrganizationId,
  entry: AuditEntry,
  definition: EventDefinition,
  at: { readonly id: string; readonly now: number },
): RecordRow {
  const { actor } = call;
  const { id, now } = at;
  const outcome = entry.outcome ?? 'allowed';
  const { open, personal } = divide(entry.data ?? {}, definition);
  const groups: Fields = {};
  if (actor.kind === 'person') groups.actor = { email: actor.email, name: actor.name };
  if (Object.keys(personal).length > 0) groups.data = personal;
  groups.from = { address: call.address, device: call.device };
  const target = entry.target;
  const hidesName =
    target?.name != null &&
    (PERSONAL_TARGETS.has(target.kind) || definition.fields['target.name'] === 'personal');
  if (hidesName) groups.target = { name: target.name ?? null };
  const { commitments, opening } = commit(groups);
  // Members in their order, which is the quick way to the canonical form.
  const leaf = canonicalJson({
    actor:
      actor.kind === 'person'
        ? { id: actor.personId, kind: 'person', session: actor.sessionId, via: actor.via }
        : { kind: 'anonymous' },
    at: new Date(now).toISOString(),
    commitments,
    data: open,
    event: entry.event,
    format: LEAF_FORMAT,
    id,
    organization,
    outcome,
    policies: entry.policies ?? [...call.decided],
    request: call.requestId,
    target:
      target === undefined
        ? null
        : { id: target.id, kind: target.kind, name: hidesName ? null : (target.name ?? null) },
  });
  if (leaf.length > MAX_LEAF) throw new Error(`The record of ${entry.event} is too large for the log.`);
  return {
    id,
    organization,
    event: entry.event,
    outcome,
    actorId: actor.kind === 'person' ? actor.personId : null,
    // PostgreSQL's text has no zero byte; the leaf, being JSON, keeps it escaped.
    targetId: target === undefined ? null : target.id.replaceAll('\0', ''),
    leaf,
    opening,
  };
}

/** Sorted names of an event's public fields: data is divided in their order. */
const publicFields = new WeakMap<EventDefinition, readonly string[]>();

function publicFieldsOf(definition: EventDefinition): readonly string[] {
  const known = publicFields.get(definition);
  if (known !== undefined) return known;
  const names = Object.keys(definition.fields)
    .filter((field) => definition.fields[field] === 'public')
    .sort();
  publicFields.set(definition, names);
  return names;
}

/** A field that the event does not declare is treated as personal: forgetting to class one must not publish it. */
function divide(data: Readonly<Record<string, Json>>, definition: EventDefinition) {
  const open: Fields = {};
  const personal: Fields = {};
  for (const field of publicFieldsOf(definition))
    if (Object.hasOwn(data, field)) put(open, field, data[field] as Json);
  for (const field of Object.keys(data))
    if (definition.fields[field] !== 'public') put(personal, field, data[field] as Json);
  return { open, personal };
}

/** `__proto__` is a name like any other here. */
function put(into: Fields, field: string, value: Json): void {
  if (field === '__proto__')
    Object.defineProperty(into, field, { value, enumerable: true, configurable: true, writable: true });
  else into[field] = value;
}

function commit(groups: Fields) {
  const commitments: Record<string, string> = {};
  let opening = '';
  for (const group of Object.keys(groups)) {
    const key = randomFresh(SALT);
    const fields = canonicalJson(groups[group]);
    commitments[group] = commitment(key, `${group}\0${fields}`);
    opening += `${opening === '' ? '{' : ','}"${group}":["${key.toString('base64url')}",${fields}]`;
  }
  return { commitments, opening: `${opening}}` };
}
