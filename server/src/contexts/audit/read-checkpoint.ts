import type { audit as contract, ResponseOf } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { Db } from '../../platform/db/db.ts';
import { originOf } from './checkpoint.ts';
import { verifierKey } from './note.ts';
import { countPending, newestCheckpoint, readIdentity } from './reading.store.ts';

/** The newest checkpoint of the organization's log and the key that verifies it. */
export async function readCheckpoint(
  deps: { readonly db: Db },
  call: Call,
): Promise<ResponseOf<typeof contract.getCheckpoint>> {
  const { organizationId } = call.actor;
  return deps.db.tenant(organizationId, async (tx) => {
    const { installation, publicKey } = await readIdentity(tx);
    const origin = originOf(installation, organizationId);
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
