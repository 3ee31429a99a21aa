import type { ConnectionSettings } from '@sallyport/contract';
import { DATABASE_LEASES, LeasePool } from '../lease-pool.ts';
import { look } from '../look.ts';
import { outOfReach } from '../out-of-reach.ts';
import { type Connector, ConnectorError, type Dial, type Pool, type Runnable } from '../port.ts';
import { GRACE_MS, makeWay, stopAll } from '../run-watch.ts';
import { targetClosed } from '../target-closed.ts';
import { within } from '../within.ts';
import { readCatalog } from './catalog.ts';
import { describeStatement } from './describe.ts';
import type { Lane } from './lane.ts';
import { statementFailure } from './map-error.ts';
import { OwnProcesses } from './own-process.ts';
import { probe } from './probe.ts';
import { planRead, type ReadPlan } from './read-plan.ts';
import { readRelations } from './relations.ts';
import { NothingHappened, runRead, StalePlan } from './run-read.ts';
import { runWrite } from './run-write.ts';
import { openSession, type PostgresTarget, type Session } from './session.ts';
import { TypeCatalogue } from './type-catalogue.ts';

const PLANS = 1_000;
/** For several of our own statements, each of which the engine ends sooner. Milliseconds. */
const LOOK_MS = 45_000;

interface Planned {
  readonly columns: Runnable['columns'];
  plan: ReadPlan | Promise<ReadPlan>;
}

/** PostgreSQL: extended protocol only, reads that are rolled back, writes that commit once, JSON made by the engine. */
export const postgres: Connector = {
  engine: 'postgres',
  origin: (settings) => {
    const { host, port } = own(settings);
    return `postgres://${host.toLowerCase()}:${port}`;
  },
  open: (target, dial) => openPool(target as PostgresTarget, dial),
};

function own(settings: ConnectionSettings) {
  if (settings.engine !== 'postgres') throw new TypeError('not PostgreSQL settings');
  return settings;
}

function openPool(target: PostgresTarget, dial: Dial): Pool {
  const settings = own(target.settings);
  const credential = target.credential.reveal();
  const lane: Lane = {
    target,
    dial,
    live: new Set(),
    processes: new OwnProcesses(),
    words: [settings.host, ...(credential.kind === 'password' ? [credential.password] : [])],
    sessions: new LeasePool<Session>({
      ...DATABASE_LEASES,
      open: (signal) => openWatched(target, dial, signal),
      discard: (session) => session.destroy(),
      ask: (session) => session.exchange([]).finished,
      scarce: () => makeWay(lane.live),
    }),
  };
  const catalogue = new TypeCatalogue();
  const plans = new Map<string, Planned>();

  /** A session that ends while idle must not be lent. */
  async function openWatched(to: PostgresTarget, by: Dial, signal: AbortSignal): Promise<Session> {
    const session = await openSession(to, by, lane.processes, signal);
    session.client.once('end', () => lane.sessions.remove(session));
    return session;
  }

  /** An abort or a closed pool ends the session, and with it the work on it; so does a source that says nothing for so long. */
  async function endedBy<T>(
    signal: AbortSignal | undefined,
    session: Session,
    work: Promise<T>,
    ms: number,
  ): Promise<T> {
    const end = () => session.destroy();
    const ends = [lane.sessions.closed, ...(signal === undefined ? [] : [signal])];
    for (const one of ends) one.addEventListener('abort', end, { once: true });
    try {
      return await within(ms, work, () => {
        session.destroy();
        lane.sessions.doubtIdle();
        return new ConnectorError('source_timeout', 'The source did not respond within the time limit.');
      });
    } finally {
      for (const one of ends) one.removeEventListener('abort', end);
    }
  }

  function assertWanted(signal: AbortSignal | undefined): void {
    if (signal?.aborted === true) throw new ConnectorError('run_cancelled');
    if (lane.sessions.closed.aborted) throw targetClosed();
  }

  async function withSession<T>(
    work: (session: Session) => Promise<T>,
    holder: string | undefined,
    signal?: AbortSignal,
  ): Promise<T> {
    const session = await lane.sessions.acquire(signal, false, holder);
    try {
      return await look(session, () => endedBy(signal, session, work(session), LOOK_MS), holder, signal);
    } catch (error) {
      assertWanted(signal);
      throw statementFailure(error, lane.words);
    } finally {
      lane.sessions.release(session, !session.dead);
    }
  }

  function plan(session: Session, runnable: Runnable & { statement: string }): ReadPlan | Promise<ReadPlan> {
    const known = plans.get(runnable.statement);
    if (known !== undefined && sameColumns(known.columns, runnable.columns)) return known.plan;
    if (plans.size >= PLANS) plans.delete(plans.keys().next().value!);
    const made = planRead(session, catalogue, runnable.statement, runnable.columns);
    const entry: Planned = { columns: runnable.columns, plan: made };
    plans.set(runnable.statement, entry);
    made.then(
      (done) => {
        entry.plan = done;
      },
      () => plans.delete(runnable.statement),
    );
    return made;
  }

  async function read(
    runnable: Runnable & { statement: string },
    signal: AbortSignal | undefined,
    holder: string | undefined,
    attempt: 'first' | 'again',
  ) {
    const session = await lane.sessions.acquire(signal, attempt === 'again', holder).catch(outOfReach);
    let lent = false;
    try {
      const known = plan(session, runnable);
      const planned =
        known instanceof Promise
          ? await endedBy(signal, session, known, runnable.timeoutMs + GRACE_MS)
          : known;
      lent = true;
      return await runRead(lane, session, planned, runnable, signal, holder);
    } catch (error) {
      if (lent) throw error;
      lane.sessions.release(session, !session.dead);
      assertWanted(signal);
      // Somebody else's session described it, and was lost: nothing has happened here yet.
      const mapped = statementFailure(error, lane.words);
      throw mapped.code === 'source_unreachable' ? new NothingHappened('', { cause: mapped }) : error;
    }
  }

  async function runReadWithRetry(
    runnable: Runnable & { statement: string },
    signal: AbortSignal | undefined,
    holder: string | undefined,
  ) {
    try {
      return await read(runnable, signal, holder, 'first');
    } catch (error) {
      if (!(error instanceof StalePlan || error instanceof NothingHappened)) throw failure(error, runnable);
      plans.delete(runnable.statement);
      catalogue.forget();
    }
    // Once more: on a new session, with the statement described anew. Nothing had been handed on.
    return read(runnable, signal, holder, 'again').catch((error: unknown) => {
      throw failure(error, runnable);
    });
  }

  function failure(error: unknown, runnable: Runnable): ConnectorError {
    if (error instanceof StalePlan && error.cause === undefined)
      return new ConnectorError('source_shape_changed', 'The columns change while the query runs.');
    const cause = error instanceof StalePlan || error instanceof NothingHappened ? error.cause : error;
    const engineError = cause instanceof ConnectorError ? cause.cause : cause;
    const { code = '', position } = (engineError ?? {}) as { code?: string; position?: string };
    const mapped = statementFailure(cause ?? error, lane.words, {
      text: String(runnable.statement),
      prefix: 0,
    });
    // It compiled against the schema as it was: what is missing now has been changed since. What the statement does not
    // name itself has no place in it: a value that was read as a name (`{{ table }}::regclass`), or what a function asks.
    return runnable.columns !== null && position !== undefined && ['42703', '42P01', '3F000'].includes(code)
      ? new ConnectorError('source_shape_changed', mapped.detail, { cause })
      : mapped;
  }

  return {
    probe: (signal) => withSession((session) => probe(session, target.mode), undefined, signal),
    catalog: (holder) => withSession(readCatalog, holder),
    describe: (statement, _samples, holder) =>
      withSession(
        (session) =>
          describeStatement(session, catalogue, statement).catch((error: unknown) => {
            throw statementFailure(error, lane.words, { text: statement, prefix: 0 });
          }),
        holder,
      ),
    relations: (names, holder) => withSession((session) => readRelations(session, names), holder),
    run: async (given, signal, holder) => {
      assertSql(given);
      if (given.effect === 'read') return await runReadWithRetry(given, signal, holder);
      if (target.mode === 'read')
        throw new ConnectorError('source_refused_statement', 'This source is read-only.');
      const session = await lane.sessions.acquire(signal, false, holder).catch(outOfReach);
      return await runWrite(lane, session, catalogue, given, signal, holder).catch((error: unknown) => {
        throw failure(error, given);
      });
    },
    close: async () => {
      stopAll(lane.live);
      lane.sessions.close();
    },
  };
}

function assertSql(runnable: Runnable): asserts runnable is Runnable & { readonly statement: string } {
  if (typeof runnable.statement !== 'string') throw new TypeError('PostgreSQL runs SQL');
}

/** Usually the very same compiled form; the text is compared only when it is not. */
function sameColumns(a: Runnable['columns'], b: Runnable['columns']): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
