import { setTimeout as sleep } from 'node:timers/promises';
import { contract } from '@sallyport/contract';
import { parseVerifierKey } from '../../cli/src/verify/checkpoint.ts';
import { verifyExport } from '../../cli/src/verify/verify-export.ts';
import type { Person } from '../person.ts';

export interface Leaf {
  readonly event: string;
  readonly outcome: string;
  readonly target: { readonly kind: string; readonly id: string } | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The whole log, taken away and verified offline. `finding` tells what is amiss. */
export async function readLog(owner: Person): Promise<{ leaves: Leaf[]; finding: string | undefined }> {
  await untilSigned(owner);
  const { publicKey } = await owner.call(contract.audit.getCheckpoint);
  const answer = await owner.fetch(contract.audit.exportAudit);
  const text = await answer.text();
  const result = await verifyExport(parts(text), { key: parseVerifierKey(publicKey) });
  const leaves = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { leaf?: string })
    .flatMap(({ leaf }) => (leaf === undefined ? [] : [JSON.parse(leaf) as Leaf]));
  const finding = result.finding;
  return { leaves, finding: finding === undefined ? undefined : `at ${finding.from}: ${finding.message}` };
}

/** Every record so far has its place in the tree, and a checkpoint covers it. */
async function untilSigned(owner: Person): Promise<void> {
  const wanted = await lastIndex(owner);
  for (const deadline = Date.now() + 60_000; ; await sleep(250)) {
    const { checkpoint, pending } = await owner.call(contract.audit.getCheckpoint);
    const size = Number(checkpoint?.split('\n')[1] ?? 0);
    if (pending === 0 && size > wanted) return;
    if (Date.now() > deadline)
      throw new Error(`the log is signed up to ${size} of ${wanted + 1} records after 60 s`);
  }
}

async function lastIndex(owner: Person): Promise<number> {
  for (const deadline = Date.now() + 30_000; ; await sleep(100)) {
    const { items } = await owner.call(contract.audit.listAuditRecords, { query: { limit: 1 } });
    const index = items[0]?.index;
    if (index != null) return index;
    if (Date.now() > deadline) throw new Error('the newest record has no place in the log after 30 s');
  }
}

async function* parts(text: string): AsyncGenerator<Buffer> {
  const all = Buffer.from(text);
  for (let at = 0; at < all.length; at += 65_536) yield all.subarray(at, at + 65_536);
}
