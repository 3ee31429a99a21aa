import { within } from '../within.ts';
import type { Lane } from './lane.ts';
import { openSession } from './session.ts';

const ASK_MS = 2_000;

const named = (name: string) => `instr(lower(?), lower(replace(${name}, '\`', '\`\`'))) > 0`;
const THEIRS = "not in ('mysql', 'information_schema', 'performance_schema', 'sys')";

/**
 * Whether there is a table that the user sees, beside the server's own, whose engine has no transactions, and which a
 * statement names, or can reach: by a view, a routine or a trigger.
 */
const KEEPING = `select exists (select 1 from information_schema.tables t
    join information_schema.engines e on e.engine = t.engine
    where e.transactions = 'NO' and t.table_type = 'BASE TABLE' and t.table_schema ${THEIRS} and ${named('t.table_name')})
  or exists (select 1 from information_schema.tables t
    join information_schema.engines e on e.engine = t.engine
    where e.transactions = 'NO' and t.table_type = 'BASE TABLE' and t.table_schema ${THEIRS})
  and (
    exists (select 1 from information_schema.views v where v.table_schema ${THEIRS} and ${named('v.table_name')})
    or exists (select 1 from information_schema.routines r where r.routine_schema ${THEIRS} and ${named('r.routine_name')})
    or exists (select 1 from information_schema.triggers g where ${named('g.event_object_table')}))`;

/**
 * Whether a write that lost its connection may have taken effect although nothing was committed: a server goes on with a
 * statement whose client is gone, and a table without transactions keeps what it does. Asked on another connection; a server
 * that cannot be asked may have such tables.
 */
export async function mayBeKept(lane: Pick<Lane, 'target' | 'dial'>, statement: string): Promise<boolean> {
  try {
    const other = await openSession(lane.target, lane.dial, AbortSignal.timeout(ASK_MS));
    try {
      const asking = other.command(
        KEEPING,
        Array.from({ length: 4 }, () => statement),
      );
      const [[keeping] = []] = await within(ASK_MS, asking, () => new Error('timeout'));
      return Number(keeping) !== 0;
    } finally {
      other.destroy();
    }
  } catch {
    return true;
  }
}
