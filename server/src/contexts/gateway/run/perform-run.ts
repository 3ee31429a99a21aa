import { randomUUID } from 'node:crypto';
import { ConnectorError, type Running } from '@sallyport/connectors/port.ts';
import type { EnvironmentName, QueryDocument, SentStatement, Window } from '@sallyport/contract';
import type { Call } from '../../../kernel/call.ts';
import type { ReleaseHash, RunId, SourceId } from '../../../kernel/ids.ts';
import type { Refusal } from '../../../kernel/refusal.ts';
import type { Wire } from '../../../platform/http/binding.ts';
import { refusalOf } from '../../../platform/http/problem.ts';
import {
  addServerArguments,
  constantsOf,
  type Given,
  readUserArguments,
  type Values,
} from '../bind-arguments.ts';
import { type CompiledQuery, isCurrent } from '../compiled-query.ts';
import type { ConstantsCache } from '../constants/constants-cache.ts';
import type { GatewayDeps, Runnable } from '../deps.ts';
import type { Pools } from '../pools.ts';
import { refuse } from '../refusals.ts';
import { sourceRefusal } from '../source-refusal.ts';
import { assertAllowedToday } from './assert-allowed-today.ts';
import { deliver, type Progress, StreamCut } from './deliver.ts';
import { type Format, formatFor } from './format.ts';
import type { LiveRun, LiveRuns, StopReason } from './live-runs.ts';
import { makeRunnable } from './make-runnable.ts';
import { begunEntry, type RunEnding, type RunFacts, ranEntry } from './run-record.ts';

export interface RoadDeps extends GatewayDeps {
  readonly pools: Pools;
  readonly live: LiveRuns;
  readonly constants: ConstantsCache;
}

/** A run that policy has allowed. */
export interface Admitted {
  readonly runnable: Runnable;
  readonly release: ReleaseHash | null;
  readonly query: string;
  readonly compiled: CompiledQuery;
  readonly document: QueryDocument;
  readonly environment: EnvironmentName;
  readonly policies: readonly string[];
  /** The `rechecks` of live runs before policy was asked. */
  readonly decided: number;
  readonly given: Given;
  readonly window: Window | undefined;
  readonly id: RunId | undefined;
}

/**
 * The rest of the road, the same for releases and drafts (Q14, Q15): arguments, identity and constants, the source, the
 * intent of a write, the statement, the answer, the outcome. Whatever ends it is on the record before the answer ends; of runs that are
 * refused without end, how many there were (A9 of access).
 */
export async function performRun(deps: RoadDeps, call: Call, admitted: Admitted, wire: Wire): Promise<void> {
  const started = performance.now();
  const { compiled } = admitted;
  const id = admitted.id ?? (randomUUID() as string as RunId);
  const format = formatFor(wire.accept);
  const progress: Progress = { response: null, bytes: 0 };
  let facts: RunFacts = { ...admitted, run: id, values: NOTHING, statement: 0 };
  let live: LiveRun | undefined;
  let ran: Running | undefined;
  let reached = false;
  let begun = false;

  const { organizationId } = call.actor;
  const append = (entry: Parameters<typeof deps.audit.append>[2]) =>
    deps.audit.append(organizationId, call, entry);
  const ending = (given: Partial<RunEnding>): RunEnding => ({
    outcome: null,
    code: null,
    refused: !reached,
    bytes: progress.bytes,
    totalMs: performance.now() - started,
    ...given,
  });

  try {
    if (!isCurrent(compiled)) await assertAllowedToday(admitted, () => mayBuild(deps, call));
    const values = readUserArguments(compiled, admitted.given);
    facts = { ...facts, values };
    const wanted = constantsOf(compiled);
    addServerArguments(
      compiled,
      call.actor,
      wanted.length === 0 ? NO_CONSTANTS : await deps.constants.get(call, wanted),
      values,
    );
    const made = makeRunnable(compiled, values, admitted.window);
    facts = { ...facts, statement: made.statement };
    const source = compiled.sourceId as SourceId;
    const person = call.actor.personId;
    live = deps.live.begin({
      id,
      organization: organizationId,
      person,
      source,
      brake: wire,
      call,
      release: admitted.release,
      decided: admitted.decided,
    });
    const opening = deps.pools.open(call, source, admitted.environment);
    const open = opening instanceof Promise ? await opening : opening;
    if (compiled.effect !== 'read' && open.mode === 'read') throw refuse('source_read_only');
    if (compiled.effect !== 'read') {
      await append(begunEntry(facts));
      begun = true;
    }
    reached = true;
    ran = await open.pool.run(made.runnable, wire.signal, person);
    const running = made.capped === undefined ? ran : { ...ran, end: ran.end.then(made.capped) };
    // It is awaited only after the rows; a failure before that is told by the rows themselves.
    running.end.catch(() => undefined);
    await deliver(
      {
        running,
        format,
        head: {
          run: id,
          columns: compiled.result ?? running.columns,
          position: made.position,
          headers: running.headers,
          // A release's answer never says it: whoever runs one may not read its statements.
          ...(admitted.release === null ? { sent: asReceived(made.sent(), running.whole) } : {}),
        },
        wire,
        whole: compiled.effect !== 'read',
        begun: () => append(begunEntry(facts)),
        ran: (outcome, bytes) =>
          append(ranEntry(facts, ending({ outcome, bytes }))).catch((error: unknown) => {
            throw begun ? refuse('run_outcome_unrecorded', { cause: error }) : error;
          }),
      },
      progress,
    );
  } catch (error) {
    const refusal = explain(error, live?.stopped() ?? null, mayBuild(deps, call));
    await settle(refusal, progress, { format, run: id }, call, async () => {
      // What never reached the source was not done: beyond what is fair it is counted.
      if (!reached && deps.access.isOnlyCounted(call, admitted.release === null ? 'runDraft' : 'run')) return;
      await append(ranEntry(facts, ending({ code: refusal.code })));
    });
  } finally {
    ran?.release();
    live?.end();
  }
}

function asReceived(sent: SentStatement[] | null, whole: string | undefined): SentStatement[] | null {
  if (whole === undefined || sent === null) return sent;
  return sent.map((one) => (one.brings === 'rows' ? { ...one, whole } : one));
}

const NOTHING: Values = new Map();
const NO_CONSTANTS = new Map<string, never>();

const mayBuild = (deps: RoadDeps, call: Call): boolean =>
  deps.access.decide(call.actor, 'query:draft').allowed;

const STOPPED = {
  'client-left': 'run_cancelled',
  'stood-still': 'run_stood_still',
  revoked: 'run_session_ended',
  withdrawn: 'run_withdrawn',
  cancelled: 'run_cancelled',
  shutdown: 'run_cancelled',
} as const satisfies Record<StopReason, string>;

/** What went wrong, for the caller: why it was stopped comes before how the source took that. */
function explain(error: unknown, stopped: StopReason | null, builder: boolean): Refusal {
  const cut =
    error instanceof StreamCut || (error instanceof ConnectorError && error.code === 'run_cancelled');
  if (
    stopped !== null &&
    (cut || (error instanceof Error && error.name === 'AbortError') || error === stopped)
  ) {
    return refuse(STOPPED[stopped], { cause: error });
  }
  return refusalOf(sourceRefusal(error, builder));
}

/** Records the failure, then tells it: as a problem document, or as the end of an answer that had begun. */
async function settle(
  refusal: Refusal,
  progress: Progress,
  answer: Answer,
  call: Call,
  record: () => Promise<void>,
): Promise<void> {
  const unrecorded = refusal.code === 'audit_unavailable' || refusal.code === 'run_outcome_unrecorded';
  if (progress.response === null) {
    if (!unrecorded) await record();
    throw refusal;
  }
  const response = progress.response;
  try {
    if (unrecorded) throw refusal;
    await record();
    // An end is a line of its own, or whoever reads lines takes it for the rest of the row that it stands behind.
    const line = progress.midRow === true ? '\n' : '';
    if (!response.destroyed) response.end(`${line}${brokenEnd(answer, refusal, call)}`);
  } catch {
    // Nothing may end an answer that is not on the record: it is cut, and a cut answer has no end.
    response.destroy();
  }
}

interface Answer {
  readonly format: Format;
  readonly run: RunId;
}

function brokenEnd({ format, run }: Answer, refusal: Refusal, call: Call): string {
  return format.end(run, {
    rows: 0,
    changed: null,
    truncated: null,
    total: null,
    sourceMs: 0,
    problem: {
      code: refusal.code,
      title: refusal.row.title,
      next: refusal.row.next,
      ...(refusal.detail === undefined ? {} : { detail: refusal.detail }),
      requestId: call.requestId,
    },
  });
}
