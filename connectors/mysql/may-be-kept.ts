import { within } from '../within.ts';
import type { Lane } from './lane.ts';
import { openSession } from './session.ts';

const ASK_MS = 2_000;

/** Of those that the user sees: whether there is a table whose engine has no transactions, beside the server's own. */
const KEEPING = `select exists (select 1 from information_schema.tables t
  join information_schema.engines e on e.engine = t.engine
  where e.transactions = 'NO' and t.table_type = 'BASE TABLE'
    and t.table_schema not in ('mysql', 'information_schema', 'performance_schema', 'sys'))`;

/**
 * Whether a write that lost its connection may have taken effect although nothing was committed: a server goes on with a
 * statement whose client is gone, and a table without transactions keeps what it does. Asked on another connection; a server
 * that cannot be asked may have such tables.
 */
export async function mayBeKept({ target, dial }: Pick<Lane, 'target' | 'dial'>): Promise<boolean> {
  try {
    const other = await openSession(target, dial, AbortSignal.timeout(ASK_MS));
    try {
      const [[keeping] = []] = await within(ASK_MS, other.command(KEEPING), () => new Error('timeout'));
      return Number(keeping) !== 0;
    } finally {
      other.destroy();
    }
  } catch {
    return true;
  }
}
