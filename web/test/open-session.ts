import type { AppPages, CompiledArgument, QuerySignature, RunAnswer } from '@sallyport/contract';
import { afterEach, vi } from 'vitest';
import { createAppSession } from '../src/runtime/engine/app-session.ts';
import type { RunRequest } from '../src/runtime/engine/runner.ts';
import type { AppSession, SessionHost } from '../src/runtime/engine/session-types.ts';
import { createBindingGraph } from '../src/runtime/sandbox/binding-graph.ts';
import type { Sandbox, SandboxListener } from '../src/runtime/sandbox/open-sandbox.ts';

/** The real graph in this thread: the frame and its worker are tested in a browser (e2e/sandbox.spec.ts). */
function threadSandbox(): Sandbox {
  const graph = createBindingGraph();
  let listener: SandboxListener | undefined;
  const flush = () => {
    const results = graph.flush(() => undefined);
    if (results.length > 0) listener?.results(structuredClone(results));
  };
  const later = (work: () => void) => void Promise.resolve().then(work);
  return {
    define: (definition) =>
      later(() => {
        const dependencies = graph.define(definition, {});
        flush();
        listener?.dependencies(dependencies);
      }),
    set: (slots) => {
      const copy = structuredClone(slots);
      later(() => {
        graph.set(copy);
        flush();
      });
    },
    activate: (groups) =>
      later(() => {
        graph.activate(groups);
        flush();
      }),
    evaluate: async (templates) => {
      await Promise.resolve();
      flush();
      return templates.map((template) => graph.evaluate(template));
    },
    listen: (next) => {
      listener = next;
    },
    dispose: () => undefined,
  };
}

export const argument = (
  name: string,
  expression: string,
  more: Partial<CompiledArgument> = {},
): CompiledArgument => ({
  name,
  expression,
  origin: 'user',
  type: 'text',
  list: false,
  nullable: false,
  ...more,
});
export const query = (more: Partial<QuerySignature> = {}): QuerySignature => ({
  effect: 'read',
  arguments: [],
  result: null,
  windowed: false,
  key: [],
  run: 'manual',
  confirm: null,
  ...more,
});
export const layout = { x: 0, y: 0, w: 4, h: 3 };
export const part = (type: string, props: object = {}, more: object = {}) => ({
  type,
  order: 'a',
  layout,
  props,
  on: {},
  ...more,
});
export const page = (components: object, more: object = {}) => ({
  title: 'Page',
  order: 'a',
  components,
  onLoad: [],
  ...more,
});
export const answerOf = (rows: RunAnswer['rows']): RunAnswer => ({
  run: '00000000-0000-4000-8000-000000000000',
  columns: [],
  rows,
  end: { rows: rows.length, changed: null, truncated: null, total: null, sourceMs: 1 },
});

let session: AppSession | undefined;
afterEach(() => {
  session?.dispose();
  vi.useRealTimers();
});

export function open(
  components: object,
  queries: Record<string, QuerySignature> = {},
  run: (request: RunRequest, signal: AbortSignal) => Promise<RunAnswer> = async () => answerOf([]),
  pageMore: object = {},
  otherMore: object = {},
  mode: 'live' | 'edit' = 'live',
) {
  const runs: RunRequest[] = [];
  const said: string[] = [];
  const standing = new Set<string>();
  const host: SessionHost = {
    notify: (tone, title, text) => void said.push(`${tone}: ${title}${text ? ` ${text}` : ''}`),
    notifyError: (error, from) => {
      said.push(`error: ${(error as Error).message}`);
      if (from !== undefined) standing.add(from);
    },
    retract: (from) => void standing.delete(from),
    confirm: async ({ title: question }) => {
      said.push(`asked: ${question}`);
      return !question.includes('no');
    },
    goToPage(slug, instead) {
      said.push(`page: ${slug}${instead ? ' instead' : ''}`);
      queueMicrotask(() => session?.openPage(slug, {}));
    },
    openAddress: (address) => void said.push(`address: ${address}`),
  };
  session = createAppSession({
    pages: {
      home: 'main',
      pages: { main: page(components, pageMore), other: page({}, otherMore) },
      variables: { tab: 'open', seen: null },
    } as unknown as AppPages,
    queries,
    page: 'main',
    user: { id: '1', name: 'Ada', email: 'ada@example.com', role: 'member', groups: [], attributes: {} },
    searchParams: { id: '7' },
    runner: {
      run: (request, signal) => {
        runs.push(request);
        return run(request, signal);
      },
    },
    sandbox: threadSandbox(),
    host,
    mode,
  });
  return { session, runs, said, standing };
}
export const settle = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms));
