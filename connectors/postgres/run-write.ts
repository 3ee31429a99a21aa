import { assertShape } from '../assert-shape.ts';
import { assertDistinct } from '../distinct-columns.ts';
import { Place } from '../large-answers.ts';
import { noWrites } from '../no-writes.ts';
import { outcomeUnknown } from '../outcome-unknown.ts';
import { ConnectorError, type Runnable, type Running } from '../port.ts';
import { GRACE_MS } from '../run-watch.ts';
import { unmetExpectation } from '../unmet-expectation.ts';
import { within } from '../within.ts';
import { bindTexts } from './bind-values.ts';
import type { Field } from './exchange.ts';
import { type Lane, watch } from './lane.ts';
import { statementFailure, takesNoWrites } from './map-error.ts';
import { columnsOf, sameType, typesOf } from './read-plan.ts';
import { rowText } from './row-text.ts';
import { RESET_MS, SETTINGS, type Session } from './session.ts';
import type { TypeCatalogue } from './type-catalogue.ts';

/** Undoes all that a write may have left in the session; `discard all` itself cannot share a round trip. */
const RESET = `close all; set session authorization default; reset all; deallocate all; unlisten *; \
select pg_advisory_unlock_all(); discard plans; discard temp; discard sequences; ${SETTINGS}`;

/**
 * Runs a write in one transaction: run, read what it returns, compare with what it may change (Q6), commit. Nothing
 * is handed on before the commit, so rows that the reader sees are rows that were written.
 */
export async function runWrite(
  lane: Lane,
  session: Session,
  catalogue: TypeCatalogue,
  runnable: Runnable & { readonly statement: string },
  signal: AbortSignal | undefined,
  holder: string | undefined,
): Promise<Running> {
  const started = performance.now();
  let stopped: ConnectorError | undefined;
  const watcher = watch(lane, session, runnable.timeoutMs, signal, (reason) => {
    stopped = reason;
  });
  let committing = false;
  const answer: Answer = { fields: [], rows: [], returned: 0, changed: null, truncated: null };
  const place = new Place(holder, signal);
  session.rowLimit.begin({ rows: () => answer.returned, watch: watcher, place, gathers: true });
  try {
    await execute(lane, session, runnable, answer);
    session.rowLimit.end();
    if (stopped !== undefined) throw stopped;
    assertDistinct(answer.fields.map((field) => field.name));
    const types = await typesOf(session, catalogue, answer.fields);
    const columns = columnsOf(answer.fields, types);
    if (runnable.columns !== null) assertShape(runnable.columns, columns, sameType);
    assertExpected(runnable, answer.changed);
    const texts = answer.rows.map((row) => rowText(answer.fields, types, row));
    if (stopped !== undefined) throw stopped;
    committing = true;
    watcher.done();
    await within(runnable.timeoutMs + GRACE_MS, session.client.query('commit'), () => {
      session.destroy();
      return new ConnectorError('source_unreachable');
    });
    const outcome = {
      rows: texts.length,
      changed: answer.changed,
      truncated: answer.truncated,
      total: null,
      sourceMs: performance.now() - started,
    };
    giveBack(lane, session);
    return {
      columns: runnable.columns ?? columns,
      batches: once(texts),
      end: Promise.resolve(outcome),
      release: () => place.end(),
    };
  } catch (error) {
    watcher.done();
    session.rowLimit.end();
    place.end();
    const failure = statementFailure(error, lane.words, { text: runnable.statement, prefix: 0 });
    const refused = takesNoWrites(error) ? noWrites(lane.sessions, session, failure) : undefined;
    giveBack(lane, session);
    if (stopped !== undefined) throw stopped;
    if (refused !== undefined) throw refused;
    if (committing && failure.code === 'source_unreachable') throw outcomeUnknown(failure);
    throw failure;
  }
}

interface Answer {
  fields: readonly Field[];
  rows: (readonly (string | null)[])[];
  /** Those that came, kept or not. */
  returned: number;
  changed: number | null;
  truncated: { by: 'rows' | 'bytes'; cap: number } | null;
}

async function execute(
  lane: Lane,
  session: Session,
  runnable: Runnable & { readonly statement: string },
  answer: Answer,
): Promise<void> {
  let bytes = 0;
  await session.exchange([
    { text: 'begin', parse: true, do: 'run' },
    ...lane.processes.steps(session),
    { text: `set local statement_timeout = ${Math.ceil(runnable.timeoutMs)}`, parse: true, do: 'run' },
    {
      text: runnable.statement,
      parse: true,
      do: 'run-described',
      values: bindTexts(runnable.binds),
      onFields: (fields) => {
        answer.fields = fields;
      },
      onRow: (row, length) => {
        bytes += length;
        answer.returned += 1;
        if (answer.truncated !== null) return;
        if (bytes > runnable.maxBytes) answer.truncated = { by: 'bytes', cap: runnable.maxBytes };
        else if (answer.rows.length === runnable.maxRows)
          answer.truncated = { by: 'rows', cap: runnable.maxRows };
        else answer.rows.push(row);
      },
      onComplete: (tag) => {
        answer.changed = changedBy(tag);
      },
    },
  ]).finished;
}

/** `UPDATE 3`, `INSERT 0 3`; a command that counts nothing (`CREATE TABLE`, `CALL`) gives null. */
function changedBy(tag: string): number | null {
  const count = /^(?:INSERT \d+|UPDATE|DELETE|MERGE) (\d+)$/.exec(tag)?.[1];
  return count === undefined ? null : Number(count);
}

function assertExpected(runnable: Runnable, changed: number | null): void {
  const unmet = unmetExpectation(runnable.expectRows, changed);
  if (unmet === null) return;
  const sentence = `${unmet} Nothing was changed.`;
  throw new ConnectorError('write_exceeded_expectation', sentence, { plain: sentence });
}

/** Rolls back what is open and resets the session, after the answer: nobody waits for it. */
function giveBack(lane: Lane, session: Session): void {
  session.forgetNames();
  if (session.dead) {
    lane.sessions.release(session, false);
    return;
  }
  const work = session.client.query('rollback').then(() => session.client.query(RESET));
  within(RESET_MS, work, () => new Error('timeout')).then(
    () => lane.sessions.release(session, !session.dead),
    () => lane.sessions.release(session, false),
  );
}

async function* once(rows: readonly string[]): AsyncGenerator<readonly string[], void, void> {
  if (rows.length > 0) yield rows;
}
