import type { Call } from '../../kernel/call.ts';
import type { Db } from '../../platform/db/db.ts';
import { originOf } from './checkpoint.ts';
import type { AuditEntry } from './entry.ts';
import { verifierKey } from './note.ts';
import { findLeaves, newestCheckpoint, readIdentity } from './reading.store.ts';
import { refuse } from './refusals.ts';

export const EXPORT_FORMAT = 'sallyport.audit-export/1';
const LINES = 1_000;

export interface ExportDeps {
  readonly db: Db;
  append(organization: Call['actor']['organizationId'], call: Call, entry: AuditEntry): Promise<void>;
}

/**
 * The log up to its newest checkpoint, as lines of JSON: a header (format, origin, key, size, checkpoint), one line for each
 * record (index, leaf, what opens it), and the checkpoint again, so that a cut file shows. That it was exported is on the
 * record before the first line. Yields pieces of about a thousand lines, each read in a transaction of its own.
 */
export async function* exportLog(deps: ExportDeps, call: Call): AsyncGenerator<string, void, undefined> {
  const { organizationId } = call.actor;
  const { checkpoint, origin, publicKey } = await deps.db.tenant(organizationId, async (tx) => {
    const identity = await readIdentity(tx);
    const newest = await newestCheckpoint(tx);
    return {
      checkpoint: newest,
      origin: originOf(identity.installation, organizationId),
      publicKey: identity.publicKey,
    };
  });
  if (checkpoint === undefined) throw refuse('audit_not_signed_yet');
  const { size, note } = checkpoint;
  await deps.append(organizationId, call, { event: 'audit.exported', data: { size } });
  const header = {
    format: EXPORT_FORMAT,
    origin,
    organization: organizationId,
    publicKey: verifierKey(origin, publicKey),
    treeSize: size,
    checkpoint: note,
  };
  yield `${JSON.stringify(header)}\n`;
  for (let from = 0; from < size; from += LINES) {
    const rows = await deps.db.tenant(organizationId, (tx) =>
      findLeaves(tx, from, Math.min(from + LINES, size)),
    );
    yield rows.map(({ index, leaf, opening }) => line(index, leaf, opening)).join('');
  }
  yield `${JSON.stringify({ end: true, records: size, checkpoint: note })}\n`;
}

/** `opening` is JSON already; null when the personal fields were erased. */
function line(index: number | null, leaf: string, opening: string | null): string {
  return `{"index":${index},"leaf":${JSON.stringify(leaf)},"opening":${opening ?? 'null'}}\n`;
}
