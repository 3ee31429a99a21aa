import type { QuerySignature, Window } from '@sallyport/contract';
import { type ApiProblem, ownProblem } from '../../lib/api-problem.ts';
import { sameValue } from '../../lib/same-value.ts';
import type { Settled } from '../sandbox/messages.ts';
import { coerceArgument } from './coerce-argument.ts';
import { runsByItself } from './definition-of.ts';
import { failureOfWrite } from './failure-of-write.ts';
import { atFirstPage } from './first-window.ts';
import { createReadTurns } from './read-turns.ts';
import { readableError } from './readable-error.ts';
import type { Runner } from './runner.ts';
import type { SessionStore } from './session-store.ts';
import { type Ending, NO_QUERY, type QueryState } from './session-types.ts';
import type { Slots } from './slots.ts';

const DEBOUNCE_MS = 150;
/** So many runs of one query that nobody's act began are no chain of queries but a circle: it reads what it answers. */
const MOST_UNASKED = 20;
/** In the place of what was asked: nothing that could be asked is the same. */
const WAITING = 'waiting';

/** The queries of an app: when they run, with what, and what came back. */
export interface QueryRuns {
  replace(queries: Readonly<Record<string, QuerySignature>>): void;
  read(name: string): QueryState;
  signature(name: string): QuerySignature | undefined;
  /** An argument's expression has a new outcome; a query that runs by itself runs, debounced. */
  argument(name: string, argument: string, outcome: Settled): void;
  /** Queries that something on the screen reads; one that runs by itself runs once it is needed. */
  need(names: ReadonlySet<string>): void;
  run(name: string, values: Readonly<Record<string, unknown>>, window?: Window): Promise<Ending>;
  /** How a table looks at a windowed query; runs it again when it has run or runs by itself. */
  setWindow(name: string, window: Window): void;
  /** A source that answers one again may answer all: what runs by itself and could not be read is read again. */
  readAgain(): void;
  /** Somebody did something: what runs by itself from here on does so for that. */
  acted(): void;
  /** Waits for what these run now or are about to; whether there was anything to wait for. */
  settled(names: readonly string[]): Promise<boolean>;
  stop(name: string): void;
  dispose(): void;
}

export interface QueryRunsOptions {
  readonly store: SessionStore;
  readonly slots: Slots;
  readonly runner: Runner;
  readonly onState: (name: string) => void;
  /** Evaluates every user argument of a query now. */
  readonly evaluateArguments: (name: string) => Promise<Readonly<Record<string, Settled>>>;
}

const notReady = (detail: string): ApiProblem =>
  ownProblem({
    code: 'argument_not_ready',
    title: 'The query was not run.',
    status: 400,
    detail,
    next: 'Fill in the missing values, then try again.',
  });

const inACircle = (): ApiProblem =>
  ownProblem({
    code: 'query_circle',
    title: 'The query was not run again.',
    status: 400,
    detail: `It ran ${MOST_UNASKED} times in a row because its arguments depend on its own results.`,
    next: 'Tell the person who built this app.',
  });

interface Live {
  arguments: Record<string, Settled>;
  needed: boolean;
  /** What people had done when it came to be needed. */
  neededSince: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Runs now what waits for its quiet. */
  later: (() => void) | undefined;
  running: AbortController | undefined;
  /** The same, where it began by itself. */
  byItself: AbortController | undefined;
  /** What the last run by itself was made with, so that the same is not asked twice. */
  asked: string | null;
  /** The arguments among them. */
  values: string | null;
  /** The last write of this query, done or not. */
  writes: Promise<Ending>;
  /** The last read that was asked, and what it is stopped by. */
  read: Promise<Ending> | undefined;
  newest: AbortController | undefined;
  /** How often other arguments made it run since somebody did something. */
  unasked: number;
}

/** Who waited for a read that a newer one replaced waits for the newer; of one that was removed there is none. */
const superseded = (live: Live, mine: AbortController): Ending | Promise<Ending> =>
  live.newest === mine || live.read === undefined ? 'cancelled' : live.read;

export function createQueryRuns({
  store,
  slots,
  runner,
  onState,
  evaluateArguments,
}: QueryRunsOptions): QueryRuns {
  let queries: Readonly<Record<string, QuerySignature>> = {};
  const lives = new Map<string, Live>();
  const turns = createReadTurns();
  let acts = 0;
  const liveOf = (name: string): Live => {
    let live = lives.get(name);
    if (live === undefined) {
      live = {
        arguments: {},
        needed: false,
        neededSince: 0,
        timer: undefined,
        later: undefined,
        running: undefined,
        byItself: undefined,
        asked: null,
        values: null,
        writes: Promise.resolve('done'),
        read: undefined,
        newest: undefined,
        unasked: 0,
      };
      lives.set(name, live);
    }
    return live;
  };
  const read = (name: string): QueryState => store.read<QueryState | undefined>(`q:${name}`) ?? NO_QUERY;
  const write = (name: string, part: Partial<QueryState>): void => {
    const state = { ...read(name), ...part };
    store.write(`q:${name}`, state);
    slots.set(name, 'data', state.data);
    slots.set(name, 'isFetching', state.isFetching);
    slots.set(name, 'lastRunAt', state.lastRunAt);
    slots.set(name, 'total', state.total);
    slots.set(name, 'changed', state.changed);
    slots.set(name, 'truncated', state.truncated);
    slots.set(name, 'headers', state.headers);
    if ('error' in part) slots.set(name, 'error', state.error === null ? null : readableError(state.error));
    onState(name);
  };

  const coerced = (
    name: string,
    outcomes: Readonly<Record<string, Settled>>,
  ): { values: Record<string, unknown> } | { waiting: string } => {
    const values: Record<string, unknown> = {};
    for (const argument of queries[name]?.arguments ?? []) {
      const outcome = outcomes[argument.name];
      if (outcome === undefined) return { waiting: `${argument.name} has no value yet.` };
      if ('error' in outcome) return { waiting: `${argument.name}: ${outcome.error}` };
      const result = coerceArgument(argument, outcome.value);
      if ('problem' in result) return { waiting: result.problem };
      values[argument.name] = result.value;
    }
    return { values };
  };

  const send = (name: string, values: Readonly<Record<string, unknown>>, inTurn = false): Promise<Ending> => {
    const live = liveOf(name);
    if (queries[name]?.effect === 'read') {
      live.read = sendNow(name, values, inTurn);
      return live.read;
    }
    // Two writes of one query never overlap, and neither cuts the other off.
    live.writes = live.writes.then(() => sendNow(name, values, false));
    return live.writes;
  };
  const sendNow = async (
    name: string,
    values: Readonly<Record<string, unknown>>,
    inTurn: boolean,
  ): Promise<Ending> => {
    const live = liveOf(name);
    // A read that is asked again supersedes itself, and the run that was still to come.
    clearTimeout(live.timer);
    live.running?.abort();
    const mine = new AbortController();
    live.running = mine;
    live.newest = mine;
    write(name, { isFetching: true, waiting: null });
    const window = queries[name]?.windowed === true ? read(name).window : null;
    live.byItself = inTurn ? mine : undefined;
    const run = () =>
      runner.run(
        {
          query: name,
          arguments: values,
          runId: crypto.randomUUID(),
          ...(window === null ? {} : { window }),
        },
        mine.signal,
      );
    try {
      const answer = await (inTurn ? turns.take(run, mine.signal, live.neededSince === acts) : run());
      if (live.running !== mine) return superseded(live, mine);
      const total = answer.end.total ?? (window !== null && window.offset > 0 ? read(name).total : null);
      write(name, {
        data: answer.rows,
        columns: answer.columns,
        error: null,
        isFetching: false,
        lastRunAt: new Date().toISOString(),
        total,
        changed: answer.end.changed,
        truncated: answer.end.truncated,
        headers: answer.headers ?? {},
        shown: window,
        answers: JSON.stringify(values),
        position: answer.position ?? null,
        offset: answer.end.offset ?? window?.offset ?? 0,
      });
      return 'done';
    } catch (error) {
      if (live.running !== mine) return superseded(live, mine);
      const stopped = mine.signal.aborted;
      const told = queries[name]?.effect === 'read' ? error : failureOfWrite(error);
      write(name, stopped ? { isFetching: false } : { isFetching: false, error: told });
      return stopped ? 'cancelled' : 'failed';
    } finally {
      if (live.running === mine) live.running = undefined;
    }
  };

  /** What would be asked now. Other arguments are another question, which starts at its first page. */
  const question = (name: string, given: Readonly<Record<string, unknown>>): string => {
    const live = liveOf(name);
    const values = JSON.stringify(given);
    const state = read(name);
    if (live.values !== null && live.values !== values && state.window !== null) {
      store.write(`q:${name}`, { ...state, window: atFirstPage(state.window) });
    }
    live.values = values;
    return JSON.stringify([given, read(name).window]);
  };

  /** Runs what runs by itself, when all it needs is there and differs from the last time. */
  const consider = (name: string, atOnce = false): void => {
    const signature = queries[name];
    const live = liveOf(name);
    clearTimeout(live.timer);
    live.later = undefined;
    if (signature === undefined || !runsByItself(signature) || !live.needed) return;
    const ready = coerced(name, live.arguments);
    if ('waiting' in ready) {
      live.running?.abort();
      // What was asked before is asked again when its arguments come back.
      live.asked &&= WAITING;
      if (read(name).waiting !== ready.waiting) write(name, { waiting: ready.waiting, isFetching: false });
      return;
    }
    const asked = question(name, ready.values);
    if (asked === live.asked) return;
    const first = live.asked === null;
    if (!first && !atOnce && ++live.unasked > MOST_UNASKED) {
      write(name, { error: inACircle() });
      return;
    }
    live.asked = asked;
    live.later = () => {
      clearTimeout(live.timer);
      live.later = undefined;
      void send(name, ready.values, true);
    };
    if (first || atOnce) live.later();
    else live.timer = setTimeout(live.later, DEBOUNCE_MS);
  };

  const readAgain = (): void => {
    for (const [name, live] of lives) {
      if (read(name).error === null || live.running !== undefined) continue;
      live.asked = null;
      consider(name);
    }
  };

  return {
    replace(next) {
      const before = queries;
      queries = next;
      for (const name of Object.keys(before)) {
        if (name in next) continue;
        const live = liveOf(name);
        clearTimeout(live.timer);
        live.running?.abort();
        live.running = undefined;
        lives.delete(name);
        // Another query may have its name later.
        write(name, { ...NO_QUERY, window: read(name).window });
      }
      for (const name of Object.keys(next)) {
        if (!(name in before)) write(name, {});
        else if (!sameValue(before[name], next[name])) liveOf(name).asked = null;
        consider(name);
      }
    },
    read,
    signature: (name) => queries[name],
    argument(name, argument, outcome) {
      liveOf(name).arguments[argument] = outcome;
      consider(name);
    },
    need(names) {
      for (const name of Object.keys(queries)) {
        const live = liveOf(name);
        const needed = names.has(name);
        if (needed === live.needed) continue;
        live.needed = needed;
        if (needed) {
          live.neededSince = acts;
          consider(name);
        } else if (live.running !== undefined && live.running === live.byItself) {
          // Nobody sees it any more, and others may wait for its turn. Where it is seen again, it is asked again.
          live.asked = null;
          live.running.abort();
        }
      }
    },
    async run(name, given, window) {
      if (queries[name] === undefined) return 'failed';
      if (window !== undefined) store.write(`q:${name}`, { ...read(name), window });
      const outcomes = await evaluateArguments(name);
      const overrides = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, { value }]));
      const ready = coerced(name, { ...outcomes, ...overrides });
      if ('waiting' in ready) {
        write(name, { waiting: ready.waiting, error: notReady(ready.waiting) });
        return 'failed';
      }
      liveOf(name).asked = question(name, ready.values);
      const failed = queries[name]?.effect === 'read' && read(name).error !== null;
      const ending = await send(name, ready.values);
      if (failed && ending === 'done') readAgain();
      return ending;
    },
    setWindow(name, window) {
      const state = read(name);
      if (sameValue(state.window, window)) return;
      store.write(`q:${name}`, { ...state, window });
      const signature = queries[name];
      if (signature?.windowed !== true || signature.effect !== 'read') return;
      if (runsByItself(signature)) consider(name, true);
      else if (state.lastRunAt !== null) void this.run(name, {});
    },
    readAgain,
    acted() {
      acts += 1;
      for (const live of lives.values()) live.unasked = 0;
    },
    async settled(names) {
      const begun = names.flatMap((name) => lives.get(name) ?? []);
      for (const live of begun) live.later?.();
      const running = begun.filter((live) => live.running !== undefined);
      await Promise.all(running.map((live) => live.read));
      return running.length > 0;
    },
    stop(name) {
      liveOf(name).running?.abort();
    },
    dispose() {
      for (const live of lives.values()) {
        clearTimeout(live.timer);
        live.running?.abort();
      }
    },
  };
}
