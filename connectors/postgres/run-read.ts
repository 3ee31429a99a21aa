import { Place } from '../large-answers.ts';
import { ConnectorError, type Runnable, type Running, type RunOutcome } from '../port.ts';
import { readsOnly } from '../reads-only.ts';
import { RowQueue } from '../row-queue.ts';
import { within } from '../within.ts';
import { bindTexts } from './bind-values.ts';
import type { Exchange, Field, Step } from './exchange.ts';
import { type Lane, watch } from './lane.ts';
import { statementFailure, takesNoWrites } from './map-error.ts';
import { type ReadPlan, sameFields } from './read-plan.ts';
import { DEFAULT_TIMEOUT_MS, RESET_MS, type Session } from './session.ts';

const OWN = { parse: true, own: true, do: 'run' } as const;

/**
 * What makes the same rows come in the same sequence at each run, so that pages can be cut by their numbers: workers bring
 * them as they are done, a scan of a large table begins where the last one left off, and after five runs of a prepared
 * statement a plan that knows no values may join in another sequence.
 */
const STEADY = `select pg_catalog.set_config('max_parallel_workers_per_gather', '0', true),
  pg_catalog.set_config('synchronize_seqscans', 'off', true),
  pg_catalog.set_config('plan_cache_mode', 'force_custom_plan', true)`;
/** A total has no sequence, and may be counted by several. */
const TOGETHER = 'set local max_parallel_workers_per_gather to default';

/** Thrown when the source no longer describes the statement as the plan has it; no row has been handed on. */
export class StalePlan extends Error {}

/**
 * Runs a planned read in one round trip: begin read only, (timeout), describe the compiled statement, run it wrapped,
 * (total), roll back, release advisory locks. The rollback undoes every setting that the statement may have changed,
 * and a session whose prepared names are no longer ours alone is ended, so it goes to the next person as it was. Rows stream without a limit per fetch: TCP holds the engine back.
 */
export async function runRead(
  lane: Lane,
  session: Session,
  plan: ReadPlan,
  runnable: Runnable & { readonly statement: string },
  signal: AbortSignal | undefined,
  holder: string | undefined,
): Promise<Running> {
  const started = performance.now();
  const wrapped = plan.wrapped(runnable.maxRows + 1);
  let rows = 0;
  let bytes = 0;
  let total: number | null = null;
  let offset: number | undefined;
  let lastRow = started;
  let truncated: RunOutcome['truncated'] = null;
  let ownNames = false;
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
  };

  const onRow = (fields: readonly (string | null)[], length: number) => {
    if (failure !== undefined || truncated !== null) return;
    if (rows === runnable.maxRows) return cap('rows', runnable.maxRows);
    if (bytes + length > runnable.maxBytes) {
      cap('bytes', runnable.maxBytes);
      queue.end();
      accepted();
      // More may come, and nobody wants it: what was sent stands, and the engine stops.
      watcher.stop(new ConnectorError('run_cancelled'));
      return;
    }
    rows += 1;
    bytes += length;
    queue.push(fields[0]!, length);
    accepted();
  };
  const onFields = (fields: readonly Field[]) => {
    if (sameFields(plan.fields, fields)) return;
    failure = new StalePlan();
    watcher.stop(new ConnectorError('run_cancelled'));
  };
  const onComplete = () => {
    lastRow = performance.now();
    accepted();
  };

  const prepare = (text: string) => ({ text, ...session.prepared(text) });
  const steps: Step[] = [
    {
      // What keeps the read a read is never under a name, where something else could come to stand.
      text:
        runnable.total === undefined ? 'begin read only' : 'begin isolation level repeatable read read only',
      ...OWN,
    },
    ...lane.processes.steps(session),
    ...(runnable.timeoutMs === DEFAULT_TIMEOUT_MS
      ? []
      : [
          {
            text: `set local statement_timeout = ${Math.ceil(runnable.timeoutMs)}`,
            parse: true,
            do: 'run' as const,
          },
        ]),
    { ...prepare(runnable.statement), do: 'shape', onFields },
    ...(runnable.steady ? [{ text: STEADY, ...OWN }] : []),
    { ...prepare(wrapped.text), do: 'run', values: bindTexts(runnable.binds), onRow, onComplete },
    ...(runnable.total === undefined
      ? []
      : [
          ...(runnable.steady ? [{ text: TOGETHER, ...OWN }] : []),
          {
            ...prepare(runnable.total.statement),
            do: 'run' as const,
            values: bindTexts(runnable.total.binds),
            onRow: (fields: readonly (string | null)[]) => {
              total = Number(fields[0]);
              if (fields.length > 1) offset = Number(fields[1]);
            },
          },
        ]),
    { text: 'rollback', ...OWN },
    session.endOfRead.step(started, prepare, (clean) => {
      ownNames = clean;
    }),
  ];
  session.rowLimit.begin({ rows: () => rows, watch: watcher, place });
  const exchange = session.exchange(steps);

  const end = settle(exchange).then(async (error): Promise<RunOutcome> => {
    queue.complete();
    watcher.done();
    session.rowLimit.end();
    if (error !== undefined && !session.dead) await reset(session);
    // After an error, the reset has dropped every name.
    const clean = ownNames || error !== undefined;
    lane.sessions.release(session, clean && !session.dead && !session.crowded);
    if (truncated === null && failure === undefined && error !== undefined)
      fail(described(error, exchange, plan, lane, wrapped, runnable));
    if (failure !== undefined && truncated === null) throw failure;
    queue.end();
    accepted();
    return {
      rows,
      changed: null,
      truncated,
      total,
      ...(offset === undefined ? {} : { offset }),
      sourceMs: lastRow - started,
    };
  });
  end.catch(fail);
  await ready;
  // Before the first row, a failure is the answer; after it, it ends the rows.
  if (failure !== undefined && rows === 0) {
    await settle({ finished: end.then(() => undefined) });
    place.end();
    throw failure;
  }
  return { whole: wrapped.text, columns: plan.columns, batches: queue, end, release: () => place.end() };
}

/** Set on an error when the connection was lost before the server said anything. */
export class NothingHappened extends Error {}

function described(
  error: unknown,
  exchange: Exchange,
  plan: ReadPlan,
  lane: Lane,
  wrapped: { text: string; prefix: number },
  runnable: Runnable,
): unknown {
  const code = (error as { code?: string }).code ?? '';
  // A cached statement whose result changed, or a column or table that is gone: described again, it says which.
  if (plan.fields.length > 0 && ['0A000', '42703', '42P01', '42804', '42883'].includes(code))
    return new StalePlan('', { cause: error });
  const failure = statementFailure(error, lane.words, wrapped);
  if (failure.code === 'source_unreachable' && !exchange.answered && runnable.effect === 'read')
    return new NothingHappened('', { cause: failure });
  return takesNoWrites(error) ? readsOnly(failure) : failure;
}

async function settle(work: { readonly finished: Promise<void> }): Promise<unknown> {
  return work.finished.then(
    () => undefined,
    (error: unknown) => error ?? new Error('unknown failure'),
  );
}

/** After an error the transaction is still open, and which names are prepared is not known. */
async function reset(session: Session): Promise<void> {
  session.forgetNames();
  try {
    const work = session.client
      .query('rollback')
      .then(() => session.client.query('deallocate all; select pg_advisory_unlock_all()'));
    await within(RESET_MS, work, () => new Error('timeout'));
  } catch {
    session.destroy();
  }
}
