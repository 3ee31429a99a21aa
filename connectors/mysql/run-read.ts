import { assertShape } from '../assert-shape.ts';
import { assertDistinct } from '../distinct-columns.ts';
import { Place } from '../large-answers.ts';
import { ConnectorError, type Runnable, type Running, type RunOutcome } from '../port.ts';
import { readsOnly } from '../reads-only.ts';
import { RowQueue } from '../row-queue.ts';
import { type FieldDefinition, resultColumn } from './field-types.ts';
import { giveBack, type Lane, LostBeforeStart, limits, start, watch } from './lane.ts';
import { isMissing, statementFailure, wroteInRead } from './map-error.ts';
import { rowWriter } from './row-text.ts';
import type { Session } from './session.ts';
import { asCompiled } from './shape.ts';

/** Runs a read in a read-only transaction and streams its rows; the session is reset before anybody else gets it. */
export async function runRead(
  lane: Lane,
  session: Session,
  runnable: Runnable & { readonly statement: string },
  signal: AbortSignal | undefined,
  holder: string | undefined,
): Promise<Running> {
  const started = performance.now();
  let rows = 0;
  let bytes = 0;
  let truncated: RunOutcome['truncated'] = null;
  let failure: unknown;
  let accepted: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    accepted = resolve;
  });
  const place = new Place(holder, signal);
  const queue = new RowQueue({
    pause: () => session.rowLimit.pause(),
    resume: () => session.rowLimit.resume(),
    abandon: () => watcher.stop(new ConnectorError('run_cancelled')),
    delivered: () => session.rowLimit.delivered(place),
  });
  const fail = (error: unknown) => {
    if (truncated !== null) return;
    failure ??= error;
    queue.fail(failure);
    accepted();
  };
  const watcher = watch(lane, session, runnable.timeoutMs, signal, fail, { standing: () => queue.standing });
  const cap = (by: 'rows' | 'bytes', at: number) => {
    truncated = { by, cap: at };
    queue.end();
    accepted();
    watcher.stop(new ConnectorError('run_cancelled'));
  };

  session.rowLimit.begin({ rows: () => rows, watch: watcher, place });
  let write: ((row: readonly unknown[]) => string) | undefined;
  let columns = runnable.columns;
  const onFields = (fields: readonly FieldDefinition[] | undefined) => {
    if (fields === undefined || write !== undefined) return;
    try {
      assertDistinct(fields.map((field) => field.name));
      const answered = fields.map(resultColumn);
      if (runnable.columns !== null) assertShape(runnable.columns, answered, asCompiled);
      columns ??= answered;
      write = rowWriter(fields, runnable.columns);
    } catch (error) {
      failure = error;
      watcher.stop(new ConnectorError('run_cancelled'));
    }
  };
  const onRow = (row: unknown, result = 0) => {
    if (failure !== undefined || truncated !== null || write === undefined || result !== 0) return;
    if (!Array.isArray(row)) return;
    if (rows === runnable.maxRows) return cap('rows', runnable.maxRows);
    const text = write(row);
    const size = Buffer.byteLength(text);
    if (bytes + size > runnable.maxBytes) return cap('bytes', runnable.maxBytes);
    rows += 1;
    bytes += size;
    queue.push(text, size);
    accepted();
  };

  async function work(): Promise<Pick<RunOutcome, 'total' | 'offset'>> {
    await start(session, limits(session, runnable.timeoutMs, runnable.maxRows + 1, true));
    await session.command('start transaction with consistent snapshot, read only');
    const statement = await session.prepare(runnable.statement);
    await session
      .execute(statement, runnable.binds, { fields: onFields, result: onRow })
      .finally(() => queue.complete());
    // What resets the session ends the transaction; nobody waits for it.
    return runnable.total === undefined ? { total: null } : count(session, runnable.total);
  }

  const end = work()
    .then((counted): RunOutcome => {
      if (failure !== undefined && truncated === null) throw failure;
      if (write === undefined && truncated === null)
        throw new ConnectorError('source_refused_statement', 'A read must return columns.');
      queue.end();
      return { rows, changed: null, truncated, ...counted, sourceMs: performance.now() - started };
    })
    .catch((error: unknown): RunOutcome => {
      if (truncated !== null)
        return { rows, changed: null, truncated, total: null, sourceMs: performance.now() - started };
      fail(error instanceof LostBeforeStart ? error : mapped(error, lane, runnable));
      throw failure;
    })
    .finally(() => {
      watcher.done();
      session.rowLimit.end();
      accepted();
      giveBack(lane, session);
    });
  end.catch(() => undefined);
  await ready;
  if (failure !== undefined && rows === 0) {
    await end.catch(() => undefined);
    place.end();
    throw failure;
  }
  return { columns: columns ?? [], batches: queue, end, release: () => place.end() };
}

function mapped(error: unknown, lane: Lane, runnable: Runnable): ConnectorError {
  const failure = statementFailure(error, lane.words);
  if (wroteInRead(error)) return readsOnly(failure);
  // It compiled against the schema as it was: what is missing now has been changed since.
  return runnable.columns !== null && isMissing(error)
    ? new ConnectorError('source_shape_changed', failure.detail, { cause: error })
    : failure;
}

async function count(
  session: Session,
  { statement, binds }: NonNullable<Runnable['total']>,
): Promise<Pick<RunOutcome, 'total' | 'offset'>> {
  const prepared = await session.prepare(statement);
  let counted: number[] = [0];
  await session.execute(prepared, binds, {
    result: (row) => {
      if (Array.isArray(row)) counted = row.map(Number);
    },
  });
  const [total = 0, offset] = counted;
  return { total, ...(offset === undefined ? {} : { offset }) };
}
