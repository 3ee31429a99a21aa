import type { AuditRecord, InclusionProof } from '@sallyport/contract';
import type { OrganizationId } from '../../kernel/ids.ts';
import type { Db, Tx } from '../../platform/db/db.ts';
import { inclusionPath, spansOf } from './inclusion.ts';
import { findRecord, newestCheckpoint, readSpans } from './reading.store.ts';
import { presentRecord, type StoredRecord } from './records.ts';
import { refuse } from './refusals.ts';
import { leafHash } from './tree.ts';

/** One record and, once a checkpoint covers it, the proof that it is in the log. */
export async function readRecord(
  deps: { readonly db: Db },
  log: OrganizationId,
  id: string,
): Promise<{ record: AuditRecord; proof: InclusionProof | null }> {
  return deps.db.tenant(log, async (tx) => {
    const stored = await findRecord(tx, id);
    if (stored === undefined) throw refuse('audit_record_not_found');
    return { record: presentRecord(stored), proof: await prove(tx, stored) };
  });
}

async function prove(tx: Tx, { index, leaf }: StoredRecord): Promise<InclusionProof | null> {
  const checkpoint = await newestCheckpoint(tx);
  if (index === null || checkpoint === undefined || index >= checkpoint.size) return null;
  const kept = await readSpans(tx, spansOf(index, checkpoint.size));
  const path = inclusionPath(index, checkpoint.size, (level, i) => {
    const hash = kept.get(`${level}:${i}`);
    if (hash === undefined) throw new Error(`The log lacks the hash ${level}:${i}.`);
    return hash;
  });
  return {
    index,
    treeSize: checkpoint.size,
    leafHash: leafHash(leaf).toString('hex'),
    path: path.map((hash) => hash.toString('hex')),
    rootHash: checkpoint.root.toString('hex'),
    checkpoint: checkpoint.note,
    leaf,
  };
}
