import type { Call } from '../../kernel/call.ts';
import type { OrganizationId } from '../../kernel/ids.ts';
import { sha256 } from '../../kernel/sha256.ts';
import type { Db } from '../../platform/db/db.ts';
import { originOf } from './checkpoint.ts';
import type { AuditEntry } from './entry.ts';
import { type ExportedLeaf, findExported, findSpacedCheckpoints } from './export.store.ts';
import { verifierKey } from './note.ts';
import { type Checkpoint, newestCheckpoint, readIdentity } from './reading.store.ts';
import { refuse } from './refusals.ts';

export const EXPORT_FORMAT = 'sallyport.audit-export/1';
const LINES = 1_000;
/** Signed checkpoints along the way, about this many at most: they tell a verifier where a rewritten log went wrong. */
const CHECKPOINTS = 2_000;

export interface ExportDeps {
  readonly db: Db;
  append(log: OrganizationId, call: Call, entry: AuditEntry): Promise<void>;
}

/**
 * The log up to its newest checkpoint, as lines of JSON: a header (format, origin, key, size, checkpoint); a line for each
 * record (index, leaf, chain, what opens the leaf); among them, earlier checkpoints, each after the last record it covers;
 * and at the end the newest one again, so that a cut file shows. `chain` is SHA-256(chain before ‖ leaf hash): no proof, but
 * it names the exact line that a hand has changed. That the log was exported is on its own record before the first line.
 */
export async function* exportLog(
  deps: ExportDeps,
  call: Call,
  log: OrganizationId,
): AsyncGenerator<string, void, undefined> {
  const { newest, earlier, identity } = await deps.db.tenant(log, async (tx) => {
    const newest = await newestCheckpoint(tx);
    if (newest === undefined) throw refuse('audit_not_signed_yet');
    const spacing = Math.max(1, Math.ceil(newest.size / CHECKPOINTS));
    return {
      newest,
      earlier: await findSpacedCheckpoints(tx, newest.size, spacing),
      identity: await readIdentity(tx),
    };
  });
  const { size, note } = newest;
  const origin = originOf(identity.installation, log);
  await deps.append(log, call, { event: 'audit.exported', data: { size } });
  yield `${JSON.stringify({
    format: EXPORT_FORMAT,
    origin,
    organization: log,
    publicKey: verifierKey(origin, identity.publicKey),
    treeSize: size,
    checkpoint: note,
  })}\n`;
  const write = lineWriter(earlier);
  for (let from = 0; from < size; from += LINES) {
    const rows = await deps.db.tenant(log, (tx) => findExported(tx, from, Math.min(from + LINES, size)));
    yield rows.map(write).join('');
  }
  yield `${JSON.stringify({ end: true, records: size, checkpoint: note })}\n`;
}

function lineWriter(checkpoints: readonly Pick<Checkpoint, 'size' | 'note'>[]) {
  let chain: Buffer = Buffer.alloc(32);
  let next = 0;
  return ({ index, leaf, opening, hash: leafHash }: ExportedLeaf): string => {
    chain = sha256(Buffer.concat([chain, leafHash]));
    // `opening` is JSON already; null when the personal fields were erased.
    const line = `{"index":${index},"leaf":${JSON.stringify(leaf)},"chain":"${chain.toString('base64')}","opening":${opening ?? 'null'}}\n`;
    const checkpoint = checkpoints[next];
    if (checkpoint?.size !== index + 1) return line;
    next += 1;
    return `${line}${JSON.stringify({ size: checkpoint.size, checkpoint: checkpoint.note })}\n`;
  };
}
