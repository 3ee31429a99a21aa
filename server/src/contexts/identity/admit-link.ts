import type { AnyCall } from '../../kernel/call.ts';
import { INSTALLATION } from '../../kernel/ids.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/db/db.ts';
import type { Deps } from './deps.ts';
import { assertNotThrottled, chargeKey, giveBack } from './throttle.store.ts';
import { throttleKeys } from './throttle.ts';

/** What a link lets in for, and how one that is not valid is recorded and answered. */
export interface LinkKind {
  readonly why: string;
  readonly refused: string;
  readonly invalid: () => Refusal;
}

/**
 * I3 for links: a link that `find` does not know counts against the address, is on the record, and is answered alike
 * whatever is wrong with it. Comes before anything that costs, such as hashing a password.
 */
export async function admitLink<T>(
  deps: Pick<Deps, 'db' | 'audit' | 'clock'>,
  call: AnyCall,
  kind: LinkKind,
  find: (tx: Tx) => Promise<T | undefined>,
): Promise<T> {
  const { address } = throttleKeys('', call.address, false);
  const { wait, found } = await deps.db.system(kind.why, async (tx) => {
    const wait = await chargeKey(tx, address, deps.clock.now());
    if (wait > 0) return { wait, found: undefined };
    const found = await find(tx);
    if (found !== undefined) await giveBack(tx, address);
    return { wait, found };
  });
  assertNotThrottled(wait);
  if (found !== undefined) return found;
  await deps.audit.append(INSTALLATION, call, { event: kind.refused, outcome: 'refused' });
  throw kind.invalid();
}
