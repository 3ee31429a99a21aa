import { ConnectorError } from '../port.ts';
import { within } from '../within.ts';
import type { Step } from './exchange.ts';
import type { Session } from './session.ts';

/** For a second connection to be let in. One that has to wait for the first to end is let in late or never. */
const LET_IN_MS = 2_000;

/**
 * Sessions that reach the server through a pooler. One that holds a process of the server for each session is as good as
 * none. One that lends a process for each transaction is refused: settings, prepared names and what a run leaves behind
 * would be other people's, and what we undo would be theirs. It is found by two sessions that are seen on one process, or
 * one on two; and every run asks once more, for what was not found.
 */
export class OwnProcesses {
  readonly #sessions = new Set<Session>();
  #looked = false;

  /** Throws when the process is not the session's own. `another` opens a session to compare with. */
  async admit(session: Session, another: () => Promise<Session>): Promise<void> {
    if (!session.pooled) return;
    if (!this.#looked) this.#looked = await look(session, another);
    for (const one of this.#sessions) if (!one.dead && one.process === session.process) throw shared();
    this.#sessions.add(session);
    session.client.once('end', () => this.#sessions.delete(session));
  }

  /** What comes first in a transaction behind a pooler: nothing of a run reaches another's process. */
  steps(session: Session): Step[] {
    if (!session.pooled) return [];
    const same = `pg_catalog.pg_backend_pid() operator(pg_catalog.=) ${session.process}`;
    return [
      {
        text: `select 1 operator(pg_catalog./) (case when ${same} then 1 else 0 end)`,
        parse: true,
        do: 'run',
        onError: () => {
          session.dead = true;
          this.#looked = false;
          return shared();
        },
      },
    ];
  }
}

/** Whether it could be seen that each of two sessions keeps its process, also while the other is in a transaction. */
async function look(session: Session, another: () => Promise<Session>): Promise<boolean> {
  const opening = another();
  let other: Session;
  try {
    other = await within(LET_IN_MS, opening, () => new Error('not let in'));
  } catch {
    opening.then((late) => late.destroy()).catch(() => undefined);
    return false;
  }
  try {
    if (other.process === session.process) throw shared();
    await session.rows('begin');
    const seen = [await session.askProcess(), await other.askProcess()];
    await session.rows('rollback');
    seen.push(await session.askProcess(), await other.askProcess());
    const { process } = session;
    if (seen.join() !== [process, other.process, process, other.process].join()) throw shared();
    return true;
  } finally {
    other.destroy();
  }
}

function shared(): ConnectorError {
  return new ConnectorError(
    'source_connection_shared',
    'A pooler between lends one connection of the database to several clients in turn.',
  );
}
