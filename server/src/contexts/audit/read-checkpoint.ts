import type { audit as contract, ResponseOf } from '@sallyport/contract';
import type { OrganizationId } from '../../kernel/ids.ts';
import type { Db } from '../../platform/db/db.ts';
import { originOf } from './checkpoint.ts';
import { verifierKey } from './note.ts';
import { countPending, newestCheckpoint, readIdentity } from './reading.store.ts';

/** The newest checkpoint of a log and the key that verifies it. */
export async function readCheckpoint(
  deps: { readonly db: Db },
  log: OrganizationId,
): Promise<ResponseOf<typeof contract.getCheckpoint>> {
  return deps.db.tenant(log, async (tx) => {
    const { installation, publicKey } = await readIdentity(tx);
    const origin = originOf(installation, log);
    const newest = await newestCheckpoint(tx);
    return {
      origin,
      treeSize: newest?.size ?? 0,
      rootHash: newest?.root.toString('hex') ?? null,
      checkpoint: newest?.note ?? null,
      signedAt: newest?.signedAt.toISOString() ?? null,
      publicKey: verifierKey(origin, publicKey),
      pending: await countPending(tx),
    };
  });
}
