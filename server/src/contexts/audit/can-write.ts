import type { Session } from '../../platform/db/session.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Outage } from './outage.ts';

const KEPT_MS = 1_000;
const LONGEST_MS = 2_000;

/**
 * Whether the log's own connection answers and may write; asked at most once a second, however often it is called. After
 * a failure only a record that is written shows that it can be: privileges say nothing of a full disk.
 */
export function createCanWrite(
  session: Session,
  outage: Outage,
  resume: (since: string) => Promise<void>,
): () => Promise<boolean> {
  let asked = Number.NEGATIVE_INFINITY;
  let answer: Promise<boolean> = Promise.resolve(false);
  const ask = async () => {
    const late = new Promise<number>((resolve) => {
      setTimeout(resolve, LONGEST_MS, 0).unref();
    });
    const rows = session.run(
      sql`select where not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off'
        and has_table_privilege('audit_records', 'insert')`.named('audit_can_write'),
    );
    if ((await Promise.race([rows.catch(() => 0), late])) !== 1) return false;
    const { since } = outage;
    if (since === null) return true;
    const written = resume(since).then(
      () => 1,
      () => 0,
    );
    return (await Promise.race([written, late])) === 1;
  };
  return () => {
    if (performance.now() - asked > KEPT_MS) {
      asked = performance.now();
      answer = ask();
    }
    return answer;
  };
}
