import { DATABASE_LEASES, LeasePool } from '../lease-pool.ts';
import { look } from '../look.ts';
import { outOfReach } from '../out-of-reach.ts';
import { type Connector, ConnectorError, type Dial, type Pool, type Target } from '../port.ts';
import { makeWay, stopAll } from '../run-watch.ts';
import { within } from '../within.ts';
import { readCatalog } from './catalog.ts';
import { describeStatement } from './describe.ts';
import { giveBack, type Lane, LostBeforeStart } from './lane.ts';
import { statementFailure } from './map-error.ts';
import { probe } from './probe.ts';
import { readRelations } from './relations.ts';
import { runRead } from './run-read.ts';
import { runWrite } from './run-write.ts';
import { openSession, type Session } from './session.ts';

/** For several of our own statements. Milliseconds. */
const LOOK_MS = 45_000;

/** MySQL and MariaDB: prepared statements only, read-only transactions for reads, sessions reset after every run. */
export const mysql: Connector = {
  engine: 'mysql',
  origin: (settings) => {
    if (settings.engine !== 'mysql') throw new TypeError('not MySQL settings');
    return `mysql://${settings.host.toLowerCase()}:${settings.port}`;
  },
  open: openPool,
};

function openPool(target: Target, dial: Dial): Pool {
  const { settings } = target;
  if (settings.engine !== 'mysql') throw new TypeError('not MySQL settings');
  const credential = target.credential.reveal();
  const lane: Lane = {
    target,
    dial,
    live: new Set(),
    words: [settings.host, ...(credential.kind === 'password' ? [credential.password] : [])],
    sessions: new LeasePool<Session>({
      ...DATABASE_LEASES,
      open: async (signal) => {
        const session = await openSession(target, dial, signal);
        session.stream.once('close', () => lane.sessions.remove(session));
        return session;
      },
      discard: (session) => session.destroy(),
      ask: (session) => session.command('do 0'),
      scarce: () => makeWay(lane.live),
    }),
  };

  async function withSession<T>(
    work: (session: Session) => Promise<T>,
    holder: string | undefined,
    signal?: AbortSignal,
  ): Promise<T> {
    const session = await lane.sessions.acquire(signal, false, holder);
    const abort = () => session.destroy();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const late = () => {
        session.destroy();
        lane.sessions.doubtIdle();
        return new ConnectorError('source_timeout', 'The source did not respond within the time limit.');
      };
      return await look(session, () => within(LOOK_MS, work(session), late), holder, signal);
    } catch (error) {
      if (signal?.aborted === true) throw new ConnectorError('run_cancelled');
      throw statementFailure(error, lane.words);
    } finally {
      signal?.removeEventListener('abort', abort);
      giveBack(lane, session);
    }
  }

  return {
    probe: (signal) => withSession((session) => probe(session, target.mode), undefined, signal),
    catalog: (holder) => withSession(readCatalog, holder),
    describe: (statement, samples = [], holder) =>
      withSession(
        (session) =>
          describeStatement(session, statement, samples).catch((error: unknown) => {
            throw statementFailure(error, lane.words, statement);
          }),
        holder,
      ),
    relations: (names, holder) => withSession((session) => readRelations(session, names), holder),
    run: async (given, signal, holder) => {
      const { statement } = given;
      if (typeof statement !== 'string') throw new TypeError('MySQL runs SQL');
      const runnable = { ...given, statement };
      if (runnable.effect !== 'read' && target.mode === 'read')
        throw new ConnectorError('source_refused_statement', 'This source is read-only.');
      const once = async (fresh: boolean) => {
        const session = await lane.sessions.acquire(signal, fresh, holder).catch(outOfReach);
        return runnable.effect === 'read'
          ? runRead(lane, session, runnable, signal, holder)
          : runWrite(lane, session, runnable, signal, holder);
      };
      try {
        return await once(false);
      } catch (error) {
        if (!(error instanceof LostBeforeStart)) throw error;
      }
      // Nothing of it had been sent: once more, on a new connection.
      return once(true).catch((error: unknown) => {
        throw error instanceof LostBeforeStart ? error.cause : error;
      });
    },
    close: async () => {
      stopAll(lane.live);
      lane.sessions.close();
    },
  };
}
