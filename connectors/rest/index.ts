import { LIGHT_BYTES, Place } from '../large-answers.ts';
import { DATABASE_LEASES, LeasePool } from '../lease-pool.ts';
import { outcomeUnknown } from '../outcome-unknown.ts';
import {
  type Connector,
  ConnectorError,
  type Dial,
  type Pool,
  type Runnable,
  type Running,
  type Target,
} from '../port.ts';
import { withoutWords } from '../scrub.ts';
import { targetClosed } from '../target-closed.ts';
import { answerRows, errorIn, inferColumns, rowText } from './answer-rows.ts';
import { authentication, secretWords } from './authentication.ts';
import { CONNECTIONS, openHttp } from './http-door.ts';
import { startOf } from './http-failure.ts';
import { parseJson } from './parse-json.ts';
import { errorText, isJsonType, jsonText, looksLikeJson, START_BYTES } from './read-body.ts';
import { Journey, type RestAnswer, type RestDoor, send } from './send.ts';

/** Rows handed on at a time. */
const BATCH = 500;
/** An answer is parsed whole, in memory. */
const ANSWER_BYTES = 32 * 1024 * 1024;
/** Runs take turns as they do at a database: one person's slow requests leave connections to others. */
const TURNS = { ...DATABASE_LEASES, max: CONNECTIONS, maxEach: CONNECTIONS - 2 };
const TEST = { timeoutMs: 10_000, maxBytes: 1_000_000 };

/** JSON over HTTP: one origin, which neither an argument nor a redirect can leave (Q7). */
export const rest: Connector = {
  engine: 'rest',
  origin: (settings) => {
    if (settings.engine !== 'rest') throw new TypeError('not REST settings');
    return new URL(settings.baseUrl).origin;
  },
  open: openPool,
};

function openPool(target: Target, dial: Dial): Pool {
  const { settings } = target;
  if (settings.engine !== 'rest') throw new TypeError('not REST settings');
  const base = new URL(settings.baseUrl);
  if (base.username !== '' || base.password !== '')
    throw new TypeError('a base address holds no credentials');
  const credential = target.credential.reveal();
  const tls = { verify: settings.tls === 'verify', ca: settings.ca };
  const closed = new AbortController();
  const door: RestDoor = {
    base,
    http: openHttp(base.origin, dial, tls),
    authentication: authentication(credential, dial, tls),
    headers: settings.headers.map(({ name, value }) => [name, value] as const),
    words: [base.hostname, ...secretWords(credential)],
  };
  const turns = new LeasePool<object>({ ...TURNS, open: async () => ({}), discard: () => undefined });
  const governed = (signal?: AbortSignal) =>
    signal === undefined ? closed.signal : AbortSignal.any([signal, closed.signal]);

  return {
    probe: async (signal) => {
      const request = { method: 'GET', path: settings.testPath, headers: [], body: null };
      const answer = await send(door, request, TEST, governed(signal)).catch((error: unknown) => {
        throw ofTestPath(error);
      });
      return { serverVersion: answer.server.slice(0, 100) || 'HTTP', privileges: null };
    },
    catalog: async () => [],
    describe: async () => ({ parameters: [], columns: null }),
    relations: async (names) => names.map(() => null),
    run: async (runnable, signal, holder) => {
      if (runnable.effect !== 'read' && target.mode === 'read')
        throw new ConnectorError('source_refused_statement', 'This source is read-only.');
      const turn = await turns.acquire(signal, false, holder);
      return runRequest(door, runnable, governed(signal), holder, () => turns.release(turn, true));
    },
    close: async () => {
      turns.close();
      closed.abort(targetClosed());
      await Promise.all([door.http.destroy(), door.authentication.close()]);
    },
  };
}

const OF_ITS_PATH: ReadonlySet<string> = new Set(['source_refused_statement', 'source_privilege_missing']);

/** What is wrong with a test is most often its path: few APIs have anything at `/`, which is asked for unless another is set. */
function ofTestPath(error: unknown): unknown {
  if (!(error instanceof ConnectorError) || !OF_ITS_PATH.has(error.code)) return error;
  const advice = 'Set the test path to one that the API answers, such as that of a list.';
  return new ConnectorError(error.code, `${advice} ${error.detail}`);
}

async function runRequest(
  door: RestDoor,
  runnable: Runnable,
  signal: AbortSignal,
  holder: string | undefined,
  endTurn: () => void,
): Promise<Running> {
  const request = runnable.statement;
  if (typeof request === 'string') throw new TypeError('REST sends requests');
  const started = performance.now();
  const limits = { timeoutMs: runnable.timeoutMs, maxBytes: Math.min(runnable.maxBytes, ANSWER_BYTES) };
  const journey = new Journey();
  const place = new Place(holder, signal);
  let all: NonNullable<ReturnType<typeof answerRows>>;
  let rows: typeof all;
  let columns: ReturnType<typeof inferColumns>;
  let sourceMs: number;
  let headers: Running['headers'];
  try {
    const answer = await send(door, request, limits, signal, journey, place).finally(endTurn);
    sourceMs = performance.now() - started;
    if (runnable.effect === 'read' && isPerhapsCut(answer))
      throw new ConnectorError(
        'source_answer_invalid',
        'The response is empty or cut: it says no length, and the connection ended before anything that is whole.',
      );
    all = rowsOf(answer, runnable, door, journey);
    if (answer.body.length <= LIGHT_BYTES) place.letGo();
    rows = all.slice(0, runnable.maxRows);
    columns = inferColumns(rows);
    headers = runnable.answerHeaders && headersOf(answer, runnable.answerHeaders, door);
  } catch (error) {
    place.end();
    if (runnable.effect !== 'read' && journey.mayBeDone && error instanceof ConnectorError)
      throw outcomeUnknown(error);
    throw error;
  }
  const texts = rows.map(rowText);
  const truncated = all.length > runnable.maxRows ? ({ by: 'rows', cap: runnable.maxRows } as const) : null;
  return {
    columns,
    ...(headers === undefined ? {} : { headers }),
    batches: inBatches(texts),
    end: Promise.resolve({ rows: texts.length, changed: null, truncated, total: null, sourceMs }),
    release: () => place.end(),
  };
}

/**
 * Those that came; of several with one name, one list (RFC 9110, 5.3). An address in one, of the next page or of what was
 * created, may repeat the key that was sent in the query.
 */
function headersOf(
  { headers }: RestAnswer,
  names: readonly string[],
  door: RestDoor,
): Record<string, string> {
  const secrets = [...door.words, ...door.authentication.words()].filter(
    (word) => word !== door.base.hostname,
  );
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
      return value === undefined ? [] : [[name, withoutWords([value].flat().join(', '), secrets)]];
    }),
  );
}

/** Where most APIs say that they failed, though with 200. */
const ERRORS = ['errors', 'error'];

/** Cut anywhere, an object, a list or a text is no JSON, but nothing and the digits of a number are. */
const isPerhapsCut = ({ status, delimited, body }: RestAnswer): boolean =>
  status !== 204 && !delimited && /^\s*[\d.eE+-]*$/.test(body.subarray(0, 1_000).toString('latin1'));

function rowsOf(answer: RestAnswer, { effect, rowsAt, errorAt }: Runnable, door: RestDoor, journey: Journey) {
  // “ok” is all that many webhooks say of a message that they took.
  const words = effect === 'read' ? undefined : lineOf(answer);
  if (words !== undefined) return rowsAt === undefined ? [{ value: words }] : [];
  const secrets = [...door.words, ...door.authentication.words()];
  const body = bodyOf(answer, secrets);
  // To say nothing is how some APIs answer with an empty list, wherever it would stand.
  if (body === undefined) return [];
  const error = errorAt === undefined ? undefined : errorIn(body, errorAt);
  if (error !== undefined) {
    journey.refused();
    const said = `The response says at “${errorAt}” that it failed:`;
    throw new ConnectorError(
      'source_refused_statement',
      `${said} ${startOf(JSON.stringify(error), secrets)}`,
    );
  }
  const rows = answerRows(body, rowsAt);
  if (rows !== undefined) return rows;
  // Many APIs say with 200 that they failed, and in the answer why.
  const start = errorText(answer.body.subarray(0, START_BYTES), '');
  const optional = rowsAt?.endsWith('?')
    ? ''
    : ` If it is left out when there are no rows, write “${rowsAt}?”.`;
  const told = errorAt === undefined ? ERRORS.find((name) => errorIn(body, name) !== undefined) : undefined;
  const failed = told === undefined ? '' : ` If it says so that it failed, set “Error at” to “${told}”.`;
  throw new ConnectorError(
    'source_answer_invalid',
    `The response has nothing at “${rowsAt}”.${optional}${failed} It says: ${startOf(start, secrets)}`,
  );
}

/**
 * A few words. What is longer, or JSON by another name, somebody would look for in the rows; a page may be of whoever
 * stands before the API, such as one to sign in at, and says nothing of what was sent.
 */
function lineOf({ body, contentType }: RestAnswer): string | undefined {
  if (isJsonType(contentType) || body.length > 1_000) return undefined;
  const text = errorText(body, contentType).trim();
  return /^(?![<{[]).{1,200}$/.test(text) ? text : undefined;
}

/** What an answer holds; undefined for nothing. */
function bodyOf(answer: RestAnswer, secrets: readonly string[]): unknown {
  if (answer.status === 204 || answer.body.toString('latin1').trim() === '') return undefined;
  const named = isJsonType(answer.contentType);
  if (!named && !looksLikeJson(answer.body)) throw noJson(answer);
  const text = jsonText(answer.body);
  try {
    return parseJson(text);
  } catch (error) {
    if (!((error as Error).cause instanceof SyntaxError)) throw error;
    if (!named) throw noJson(answer);
    if (text.length > LIGHT_BYTES) throw error;
    throw new ConnectorError(
      'source_answer_invalid',
      `The response is not valid JSON. ${fault(text, secrets)}`,
    );
  }
}

function noJson({ contentType }: RestAnswer): ConnectorError {
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  return new ConnectorError(
    'source_answer_invalid',
    `The source responded with ${type.slice(0, 60) || 'no content type'}, but only JSON is supported.`,
  );
}

/**
 * Where JSON is broken, as the parser says it: some servers write NaN, or a line before the rest, and a builder sees the
 * response nowhere else. It quotes a piece of the text, so secrets are taken out before it is cut.
 */
function fault(text: string, secrets: readonly string[]): string {
  try {
    JSON.parse(withoutWords(text, secrets));
    return '';
  } catch (error) {
    return startOf((error as SyntaxError).message.replace(/ is not valid JSON$/, ''), secrets);
  }
}

async function* inBatches(texts: readonly string[]): AsyncGenerator<readonly string[], void, void> {
  for (let at = 0; at < texts.length; at += BATCH) yield texts.slice(at, at + BATCH);
}
