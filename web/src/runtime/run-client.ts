import { type DraftRunAnswer, type RunAnswer, type RunEnd, type RunHead, runs } from '@sallyport/contract';
import { send } from '../lib/api.ts';
import { ApiProblem, cutOff as cutOffAnswer, ownProblem } from '../lib/api-problem.ts';
import { parseAnswer } from '../lib/exact-json.ts';
import { isNestedDeeper } from '../lib/is-nested-deeper.ts';
import type { Runner, RunRequest } from './engine/runner.ts';

/** What the head of a draft's run says beyond that of a release's. */
type Sent = Partial<Pick<DraftRunAnswer, 'sent'>>;

const failed = (problem: NonNullable<RunEnd['problem']>): ApiProblem =>
  new ApiProblem({ type: `https://sallyport.dev/errors#${problem.code}`, status: 502, ...problem });

const cutOff = (requestId: string): ApiProblem =>
  cutOffAnswer(requestId, 'Nothing is shown because rows may be missing. Try again.');

/** PostgreSQL stores JSON that is deeper than a page can copy and write: one such row would end all that it evaluates. */
const DEEPEST = 500;

function parsed(json: string, requestId: string): unknown {
  if (!isNestedDeeper(json, DEEPEST)) return parseAnswer(json);
  throw ownProblem({
    code: 'answer_too_deep',
    title: 'The response is nested too deeply.',
    status: 502,
    detail: `It has JSON that is nested more than ${DEEPEST} levels deep.`,
    next: 'Nothing is shown. Ask the builder of this app to leave out that value.',
    requestId,
  });
}

/** Safari’s streams cannot be iterated before version 26.4. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of chunksOf(body)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield rest;
}

/**
 * Reads an NDJSON answer: a head, a line a row, an end. An answer without its end was cut off, and nothing of it may be
 * used; an end with a problem is a failure too, also behind a part of a row.
 */
export async function readNdjson(
  body: ReadableStream<Uint8Array>,
  requestId = '',
): Promise<RunAnswer & Sent> {
  let head: (RunHead & Sent) | undefined;
  let end: RunEnd | undefined;
  const rows: RunAnswer['rows'] = [];
  let isCut = false;
  try {
    for await (const line of linesOf(body)) {
      if (line.trim() === '') continue;
      if (end !== undefined) throw cutOff(requestId);
      const value = wholeLine(line, requestId);
      if (head === undefined) head = value as (RunHead & Sent) | undefined;
      else if (isEnd(value, head)) end = value.end;
      else if (isCut) throw cutOff(requestId);
      else if (value === undefined) isCut = true;
      else rows.push(value as RunAnswer['rows'][number]);
    }
  } catch (error) {
    if (error instanceof TypeError) throw cutOff(requestId);
    throw error;
  }
  if (isCut && end?.problem === undefined) throw cutOff(requestId);
  return whole(head, rows, end, requestId);
}

/** Undefined for what is a part of a line. */
function wholeLine(line: string, requestId: string): unknown {
  try {
    return parsed(line, requestId);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A row may have columns named `run` and `end`, but it cannot know the id of the run that it is in. */
const isEnd = (value: unknown, head: RunHead): value is { run: string; end: RunEnd } => {
  if (typeof value !== 'object' || value === null) return false;
  const { run, end } = value as { run?: unknown; end?: unknown };
  return run === head.run && typeof end === 'object' && end !== null;
};

function whole(
  head: (RunHead & Sent) | undefined,
  rows: RunAnswer['rows'],
  end: RunEnd | undefined,
  requestId: string,
): RunAnswer & Sent {
  if (head === undefined || end === undefined) throw cutOff(requestId);
  if (end.problem !== undefined) throw failed(end.problem);
  if (end.rows !== rows.length) throw cutOff(requestId);
  return { ...head, rows, end };
}

/** Reads the answer of a run in either of its forms. */
export async function readRun(answer: Response): Promise<RunAnswer & Sent> {
  const requestId = answer.headers.get('x-request-id') ?? '';
  if (answer.body !== null && (answer.headers.get('content-type') ?? '').includes('ndjson')) {
    return readNdjson(answer.body, requestId);
  }
  const value = (await answer
    .text()
    .then((json) => parsed(json, requestId))
    .catch((error: unknown) => {
      if (error instanceof ApiProblem) throw error;
      return {};
    })) as Partial<DraftRunAnswer>;
  const head =
    value.columns === undefined || value.run === undefined
      ? undefined
      : {
          run: value.run,
          columns: value.columns,
          ...(value.position === undefined ? {} : { position: value.position }),
          ...(value.headers === undefined ? {} : { headers: value.headers }),
          ...(value.sent === undefined ? {} : { sent: value.sent }),
        };
  return whole(head, value.rows ?? [], value.end, requestId);
}

const body = ({ query, arguments: values, window, runId }: RunRequest) => ({
  query,
  arguments: values as Record<string, never>,
  runId,
  ...(window === undefined ? {} : { window }),
});

/** Runs the queries of one release, as a member does. */
export const createReleaseRunner = (release: string): Runner => ({
  run: async (request, signal) =>
    readRun(await send(runs.run, { body: { release, ...body(request) } }, { signal })),
});

/** Runs the saved queries of a draft in one environment, for those who may edit it. */
export const createDraftRunner = (appId: string, environment: 'development' | 'staging' | 'production') => ({
  run: async (request: RunRequest, signal: AbortSignal) =>
    readRun(await send(runs.runDraft, { body: { appId, environment, ...body(request) } }, { signal })),
});
