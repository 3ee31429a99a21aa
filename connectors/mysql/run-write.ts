import { assertShape } from '../assert-shape.ts';
import { assertDistinct } from '../distinct-columns.ts';
import { Place } from '../large-answers.ts';
import { noWrites } from '../no-writes.ts';
import { outcomeUnknown } from '../outcome-unknown.ts';
import { ConnectorError, type Runnable, type Running } from '../port.ts';
import { GRACE_MS } from '../run-watch.ts';
import { unmetExpectation } from '../unmet-expectation.ts';
import { within } from '../within.ts';
import { type FieldDefinition, resultColumn } from './field-types.ts';
import { giveBack, type Lane, LostBeforeStart, limits, start, watch } from './lane.ts';
import { isMissing, statementFailure, takesNoWrites } from './map-error.ts';
import { mayBeKept } from './may-be-kept.ts';
import { rowWriter } from './row-text.ts';
import type { Session } from './session.ts';
import { asCompiled } from './shape.ts';

interface Answer {
  /** The statement itself was sent. */
  begun: boolean;
  fields: readonly FieldDefinition[];
  texts: string[];
  returned: number;
  changed: number | null;
  truncated: { by: 'rows' | 'bytes'; cap: number } | null;
}

/** ER_SP_DOES_NOT_EXIST, of a savepoint too */
const NO_SUCH = 1305;

/** A procedure: alone among what is no change of the schema, it may commit what it has done so far. */
const CALLS = /^(?:\s|\/\*(?:(?!\*\/)[\s\S])*\*\/|(?:--(?=\s)|#).*\n)*call\b/i;
const BEFORE_CALL = 'sallyport';

/**
 * Runs a write in one transaction and commits it only when it changed what it may (Q6). A schema change commits by
 * itself in MySQL, and so may a procedure; a table without transactions cannot be taken back: then the error says that it
 * was changed, or may have been.
 */
export async function runWrite(
  lane: Lane,
  session: Session,
  runnable: Runnable & { readonly statement: string },
  signal: AbortSignal | undefined,
  holder: string | undefined,
): Promise<Running> {
  const started = performance.now();
  let stopped: ConnectorError | undefined;
  let committing = false;
  /** It runs, and commits without being told to. */
  let bySelf = false;
  let called = false;
  const answer: Answer = { begun: false, fields: [], texts: [], returned: 0, changed: null, truncated: null };
  // What was cut may have been kept: the connection stays for the question.
  const watcher = watch(
    lane,
    session,
    runnable.timeoutMs,
    signal,
    (reason) => {
      stopped = reason;
    },
    { lingerMs: GRACE_MS },
  );
  const place = new Place(holder, signal);
  session.rowLimit.begin({ rows: () => answer.returned, watch: watcher, place, gathers: true });
  try {
    await start(session, limits(session, runnable.timeoutMs, Number.MAX_SAFE_INTEGER, false));
    await session.command('start transaction');
    if (CALLS.test(runnable.statement)) {
      await session.command(`savepoint ${BEFORE_CALL}`);
      called = true;
    }
    bySelf = called || runnable.effect === 'schema';
    await execute(session, runnable, answer);
    session.rowLimit.end();
    if (stopped !== undefined) throw stopped;
    assertDistinct(answer.fields.map((field) => field.name));
    const columns = answer.fields.map(resultColumn);
    if (runnable.columns !== null && columns.length > 0) assertShape(runnable.columns, columns, asCompiled);
    await assertExpected(session, runnable, answer.changed);
    if (stopped !== undefined) throw stopped;
    committing = true;
    watcher.done();
    await within(runnable.timeoutMs + GRACE_MS, session.command('commit'), () => {
      session.destroy();
      return new ConnectorError('source_unreachable');
    });
    giveBack(lane, session);
    return {
      columns: runnable.columns ?? columns,
      batches: once(answer.texts),
      end: Promise.resolve({
        rows: answer.texts.length,
        changed: answer.changed,
        truncated: answer.truncated,
        total: null,
        sourceMs: performance.now() - started,
      }),
      release: () => place.end(),
    };
  } catch (error) {
    watcher.done();
    session.rowLimit.end();
    place.end();
    const kept =
      answer.begun &&
      !saysWhatHolds(error) &&
      (await isKeptInTime(lane, session, runnable.statement, called));
    const failure = statementFailure(error, lane.words);
    const refused = takesNoWrites(error) ? noWrites(lane.sessions, session, failure) : undefined;
    // Resetting a session rolls back what is open.
    giveBack(lane, session);
    if (stopped !== undefined) throw kept ? outcomeUnknown(stopped) : stopped;
    if (error instanceof LostBeforeStart) throw error;
    if (kept || ((committing || bySelf) && failure.code === 'source_unreachable'))
      throw outcomeUnknown(failure);
    if (refused !== undefined) throw refused;
    if (runnable.columns !== null && isMissing(error))
      throw new ConnectorError('source_shape_changed', failure.detail, { cause: error });
    throw failure;
  }
}

async function execute(
  session: Session,
  runnable: Runnable & { readonly statement: string },
  answer: Answer,
): Promise<void> {
  const statement = await session.prepare(runnable.statement);
  let bytes = 0;
  let results = 0;
  let write: ((row: readonly unknown[]) => string) | undefined;
  answer.begun = true;
  await session.execute(statement, runnable.binds, {
    fields: (fields) => {
      if (fields === undefined) return;
      results += 1;
      if (write !== undefined) return;
      answer.fields = fields;
      write = rowWriter(fields);
    },
    result: (row, result = 0) => {
      if (!Array.isArray(row)) {
        const { affectedRows } = row as { affectedRows?: number };
        if (write === undefined) answer.changed = affectedRows ?? null;
        return;
      }
      if (result !== 0 || write === undefined) return;
      answer.returned += 1;
      if (answer.truncated !== null) return;
      const text = write(row);
      bytes += Buffer.byteLength(text);
      if (bytes > runnable.maxBytes) answer.truncated = { by: 'bytes', cap: runnable.maxBytes };
      else if (answer.texts.length === runnable.maxRows)
        answer.truncated = { by: 'rows', cap: runnable.maxRows };
      else answer.texts.push(text);
    },
  });
  if (results > 1)
    throw new ConnectorError(
      'source_refused_statement',
      `The procedure answers ${results} results, and a query has one: call one that answers what is needed.`,
    );
  // `returning` answers with the rows that it changed.
  if (write !== undefined) answer.changed = answer.returned;
}

async function assertExpected(session: Session, runnable: Runnable, changed: number | null): Promise<void> {
  const unmet = unmetExpectation(runnable.expectRows, changed);
  if (unmet === null) return;
  const sentence = (await isKept(session))
    ? `${unmet} The table has no transactions: it was changed all the same.`
    : `${unmet} Nothing was changed.`;
  throw new ConnectorError('write_exceeded_expectation', sentence, { plain: sentence });
}

/** Nothing of it was sent, or it was rolled back already. */
const saysWhatHolds = (error: unknown): boolean =>
  error instanceof LostBeforeStart ||
  (error instanceof ConnectorError && error.code === 'write_exceeded_expectation');

/** What cannot be asked on its own connection any more is told by what the server has, and a procedure may have ended itself. */
const isKeptInTime = (lane: Lane, session: Session, statement: string, called: boolean): Promise<boolean> =>
  within(GRACE_MS, isKept(session, called), () => new ConnectorError('source_unreachable')).catch(
    () => called || mayBeKept(lane, statement),
  );

/**
 * Rolls back; whether something stays as it was changed, since its table has no transactions, or may stay, since a procedure
 * has ended our transaction.
 */
async function isKept(session: Session, called = false): Promise<boolean> {
  const ended = called && (await hasEnded(session));
  return (await session.rollback()) || ended;
}

async function hasEnded(session: Session): Promise<boolean> {
  try {
    await session.command(`rollback to savepoint ${BEFORE_CALL}`);
    return false;
  } catch (error) {
    if ((error as { errno?: number }).errno === NO_SUCH) return true;
    throw error;
  }
}

async function* once(rows: readonly string[]): AsyncGenerator<readonly string[], void, void> {
  if (rows.length > 0) yield rows;
}
