import type { AppPages, CompiledArgument, QuerySignature, RunAnswer } from '@sallyport/contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { jsonText, parseAnswer } from '../../lib/exact-json.ts';
import { explainError } from '../../lib/explain-error.ts';
import { createBindingGraph } from '../sandbox/binding-graph.ts';
import type { Sandbox, SandboxListener } from '../sandbox/open-sandbox.ts';
import { createAppSession } from './app-session.ts';
import type { RunRequest } from './runner.ts';
import type { AppSession, SessionHost } from './session-types.ts';
import { createUnsavedEdits } from './unsaved-edits.ts';

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

const argument = (
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
const query = (more: Partial<QuerySignature> = {}): QuerySignature => ({
  effect: 'read',
  arguments: [],
  result: null,
  windowed: false,
  key: [],
  run: 'manual',
  confirm: null,
  ...more,
});
const layout = { x: 0, y: 0, w: 4, h: 3 };
const part = (type: string, props: object = {}, more: object = {}) => ({
  type,
  order: 'a',
  layout,
  props,
  on: {},
  ...more,
});
const page = (components: object, more: object = {}) => ({
  title: 'Page',
  order: 'a',
  components,
  onLoad: [],
  ...more,
});
const answerOf = (rows: RunAnswer['rows']): RunAnswer => ({
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

function open(
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
const settle = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms));

describe('bindings', () => {
  it('reach the props of a component, in their kind, and errors stay at their field', async () => {
    const { session } = open({
      hello: part('text', { text: 'Hello {{ currentUser.name }}, {{ url.searchParams.id }}' }),
      bad: part('text', { text: '{{ nothing.here }}' }),
      off: part('button', { disabled: '{{ variables.tab === "open" }}' }),
    });
    await settle();
    expect(session.component('hello')?.props.text).toBe('Hello Ada, 7');
    expect(session.component('hello')?.exposed.text).toBe('Hello Ada, 7');
    expect(session.component('bad')?.errors.text).toContain('“nothing” does not exist');
    expect(session.component('off')?.props.disabled).toBe(true);
  });
  it('read of an input whether it is valid, and of a select what its choice is called', async () => {
    const options = [{ label: 'Norway', value: 'no' }, { label: 'Sweden', value: 'se' }, 'Åland'];
    const { session } = open({
      name: part('textInput', { required: true }),
      one: part('select', { options }),
      more: part('select', { options, multiple: true }),
      read: part('text', { text: '{{ name.valid }}, {{ one.label }}, {{ more.label }}' }),
    });
    const read = async () => {
      await settle();
      return session.component('read')?.props.text;
    };
    expect(await read()).toBe('false, , ');
    session.change('name', 'Ada');
    session.change('one', 'se');
    session.change('more', ['no', 'Åland']);
    expect(await read()).toBe('true, Sweden, Norway, Åland');
    session.change('name', '');
    session.change('one', null);
    session.change('more', ['se']);
    expect(await read()).toBe('false, , Sweden');
  });
  it('follow what a person types', async () => {
    const { session } = open({
      name: part('textInput'),
      echo: part('text', { text: '{{ name.value.length }}' }),
    });
    await settle();
    session.change('name', 'four');
    await settle();
    expect(session.component('echo')?.props.text).toBe('4');
  });
  it('X1 a value that the language makes no text of stays at its field, whatever takes it', async () => {
    const bound = '{{ shape.data[0].it }}';
    const { session } = open(
      {
        text: part('text', { text: bound }),
        line: part('textInput', { value: bound, maxLength: bound, label: bound }),
        figure: part('numberInput', { value: bound, min: bound, max: bound }),
        day: part('date', { value: bound, min: bound }),
        choice: part('select', { value: bound, options: '{{ [{ label: shape.data[0].it, value: 1 }] }}' }),
        after: part('text', { text: '{{ shape.data.length }}' }),
      },
      { shape: query({ run: 'auto' }) },
      async () => answerOf([{ it: { toString: 'x' } }]),
    );
    await settle(60);
    expect(session.component('after')?.props.text).toBe('1');
    expect(session.component('text')?.props.text).toBe('{"toString":"x"}');
    expect(session.component('line')?.exposed.value).toBe('{"toString":"x"}');
    expect([session.component('figure')?.invalid, session.component('day')?.invalid]).toEqual([
      'Enter a number.',
      'Enter a date, such as 22 Nov 2026.',
    ]);
    expect(session.component('figure')?.props.min).toBe(null);
  });
  it('R4 inside a closed modal are not evaluated until it opens', async () => {
    const { session } = open({
      box: part('modal'),
      inner: part('text', { text: '{{ 1 + 1 }}' }, { parent: 'box' }),
    });
    await settle();
    expect(session.component('inner')?.props.text).toBe('');
    await session.control('box', 'open');
    await settle();
    expect(session.component('inner')?.props.text).toBe('2');
    expect(session.component('box')?.exposed.open).toBe(true);
  });
});

describe('a query', () => {
  it('R1 runs on load when something shows it, and again when an argument changes', async () => {
    const { session, runs } = open(
      { name: part('textInput', { value: 'a' }), list: part('text', { text: '{{ people.data.length }}' }) },
      {
        people: query({ run: 'auto', arguments: [argument('name', 'name.value')] }),
        unseen: query({ run: 'auto' }),
      },
      async () => answerOf([{ id: 1 }, { id: 2 }]),
    );
    await settle(50);
    expect(runs.map((run) => [run.query, run.arguments])).toEqual([['people', { name: 'a' }]]);
    expect(session.component('list')?.props.text).toBe('2');
    session.change('name', 'ab');
    await settle();
    session.change('name', 'abc');
    await settle(250);
    expect(runs.slice(1).map((run) => run.arguments)).toEqual([{ name: 'abc' }]);
  });
  it('R1 is not asked again for what is there when a modal that shows it opens again', async () => {
    const { session, runs } = open(
      { m: part('modal'), list: part('text', { text: '{{ people.data.length }}' }, { parent: 'm' }) },
      { people: query({ run: 'auto' }) },
    );
    for (const method of ['open', 'close', 'open']) {
      await settle();
      expect(await session.control('m', method)).toBe('done');
    }
    await settle(250);
    expect(runs).toHaveLength(1);
  });
  it('R1 shows no answer for a value that is gone', async () => {
    let arrive = () => {};
    const { session } = open(
      { id: part('textInput', { value: '7' }), list: part('text', { text: '{{ one.data.length }}' }) },
      { one: query({ run: 'auto', arguments: [argument('id', 'id.value', { type: 'integer' })] }) },
      (_request, signal) =>
        new Promise((resolve, reject) => {
          arrive = () => resolve(answerOf([{ id: 7 }]));
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    await settle();
    expect(session.query('one').isFetching).toBe(true);
    session.change('id', '');
    await settle();
    arrive();
    await settle();
    expect(session.query('one')).toMatchObject({ isFetching: false, error: null, lastRunAt: null });
    expect(session.query('one').waiting).not.toBe(null);
  });
  it('R11 asks another question at its first page, and the same one where it was', async () => {
    const parts = { q: part('textInput', { value: 'a' }), t: part('table', { query: 'list' }) };
    const list = query({ run: 'auto', windowed: true, key: ['id'], arguments: [argument('q', 'q.value')] });
    const { session, runs } = open(parts, { list });
    await settle(60);
    const window = { limit: 50, offset: 0, sort: [], filters: [], total: true };
    session.setWindow('list', { ...window, after: { id: 50 } });
    await settle(60);
    expect(runs.at(-1)?.window).toEqual({ ...window, after: { id: 50 } });
    await session.runQuery('list');
    expect(runs.at(-1)?.window).toEqual({ ...window, after: { id: 50 } });
    session.change('q', 'b');
    await settle(300);
    expect(runs.at(-1)).toMatchObject({ arguments: { q: 'b' }, window });
    expect(runs.at(-1)?.window).not.toHaveProperty('after');
  });
  it('R11 keeps its rows until another question is answered, and how many there are over its pages', async () => {
    const rows = [{ id: 1 }];
    let total: number | null = 120;
    const { session } = open(
      { q: part('textInput', { value: 'a' }), t: part('table', { query: 'list' }) },
      { list: query({ run: 'auto', windowed: true, key: ['id'], arguments: [argument('q', 'q.value')] }) },
      async () => ({ ...answerOf(rows), end: { ...answerOf(rows).end, total } }),
    );
    const window = { limit: 50, offset: 0, sort: [], filters: [], total: true };
    await settle(60);
    // A source counts once, for the first page.
    total = null;
    session.setWindow('list', { ...window, offset: 50, total: false });
    await settle(60);
    expect(session.query('list').total).toBe(120);
    session.change('q', 'b');
    await settle(60);
    expect(session.query('list')).toMatchObject({
      data: rows,
      window: { offset: 0 },
      lastRunAt: expect.any(String),
    });
    await settle(300);
    expect(session.query('list').total).toBe(null);
  });
  it('tells expressions all that it says', async () => {
    const read = (name: string) => `{{ JSON.stringify(${name}) }}`;
    const names = ['list.isFetching', 'list.total', 'list.truncated', 'list.error.title', 'save.changed'];
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    let answer: () => Promise<RunAnswer> = async () => {
      await arrived;
      const { end, ...head } = answerOf([{ id: 1 }]);
      return { ...head, end: { ...end, total: 9, changed: 3, truncated: { by: 'rows', cap: 1 } } };
    };
    const { session } = open(
      {
        ...Object.fromEntries(names.map((name, i) => [`t${i}`, part('text', { text: read(name) })])),
        at: part('text', { text: '{{ typeof list.lastRunAt }}' }),
      },
      { list: query(), save: query({ effect: 'write' }) },
      () => answer(),
    );
    const said = () => [...names.keys()].map((i) => session.component(`t${i}`)?.props.text);
    await settle();
    const running = session.runQuery('list');
    await settle();
    expect(said()[0]).toBe('true');
    arrive();
    expect([await running, await session.runQuery('save')]).toEqual(['done', 'done']);
    await settle();
    expect(said().slice(0, 3)).toEqual(['false', '9', '{"by":"rows","cap":1}']);
    expect([said()[4], session.component('at')?.props.text]).toEqual(['3', 'string']);
    answer = async () => Promise.reject(new Error('no answer'));
    expect(await session.runQuery('list')).toBe('failed');
    await settle();
    expect(said()[3]).toBe(JSON.stringify(explainError(new Error('no answer')).title));
  });
  it('R1 that reads what it answers does not run for ever, and runs again for somebody', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let rows = 0;
    const { session, runs } = open(
      { t: part('table', { query: 'q' }) },
      { q: query({ run: 'auto', arguments: [argument('n', 't.total')] }) },
      async () => answerOf(Array.from({ length: ++rows }, (_, n) => ({ n }))),
    );
    await vi.advanceTimersByTimeAsync(60_000);
    expect(runs).toHaveLength(21);
    expect(session.query('q').error).toMatchObject({ code: 'query_circle' });
    void session.runQuery('q');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(runs).toHaveLength(42);
  });
  it('R1 whose argument reads what each of its runs changes is told of the circle, and does not run', async () => {
    const expressions = ['list.isFetching', 'list.lastRunAt', 't.rows.length', 'd.rows.length'];
    for (const expression of expressions) {
      const { session, runs } = open(
        { t: part('table', { query: 'list' }), d: part('table', { data: '{{ list.data }}' }) },
        { list: query({ run: 'auto', arguments: [argument('x', expression)] }) },
      );
      await settle();
      expect(session.query('list').waiting, expression).toContain('Circular reference');
      expect(runs, expression).toEqual([]);
      session.dispose();
    }
    const { runs } = open(
      { t: part('table', { query: 'list' }) },
      { list: query({ run: 'auto', arguments: [argument('x', 'String(Math.min(1, t.total))')] }) },
    );
    await settle();
    expect(runs, 'a total settles').toHaveLength(1);
  });
  it('R1 that writes never runs by itself', async () => {
    const { runs } = open(
      { list: part('text', { text: '{{ save.data }}' }) },
      { save: query({ effect: 'write', run: 'auto' }) },
    );
    await settle(50);
    expect(runs).toEqual([]);
  });
  it('R1 drops a stale answer and aborts it', async () => {
    const aborted: unknown[] = [];
    const { session } = open(
      {
        name: part('textInput', { value: 'slow' }),
        list: part('text', { text: '{{ people.data[0].name }}' }),
      },
      { people: query({ run: 'auto', arguments: [argument('name', 'name.value')] }) },
      async (request, signal) => {
        signal.addEventListener('abort', () => aborted.push(request.arguments.name));
        await settle(request.arguments.name === 'slow' ? 400 : 5);
        return answerOf([{ name: request.arguments.name as string }]);
      },
    );
    await settle(30);
    session.change('name', 'fast');
    await settle(600);
    expect(aborted).toEqual(['slow']);
    expect(session.component('list')?.props.text).toBe('fast');
  });
  it('R2 waits for an argument that has no value yet', async () => {
    const { session, runs } = open(
      { t: part('table', { data: [] }), list: part('text', { text: '{{ one.data }}' }) },
      { one: query({ run: 'auto', arguments: [argument('id', 't.selectedRow.id', { type: 'integer' })] }) },
    );
    await settle(50);
    expect(runs).toEqual([]);
    expect(session.query('one').waiting).toBe('id has no value yet.');
    session.expose('t', { selectedRow: { id: '9007199254740993' }, selectedKey: 'k' });
    await settle(200);
    expect(runs.map((run) => run.arguments)).toEqual([{ id: '9007199254740993' }]);
  });
  it('R2 asks again for the value that it had before it lacked one', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { session, runs } = open(
      { id: part('textInput', { value: '1' }), t: part('table', { query: 'one' }) },
      { one: query({ run: 'auto', arguments: [argument('id', 'id.value', { type: 'integer' })] }) },
    );
    await vi.advanceTimersByTimeAsync(1_000);
    session.change('id', '');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(session.query('one').waiting).toBe('id has no value yet.');
    session.change('id', '1');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(session.query('one').waiting).toBeNull();
    expect(runs.map((run) => run.arguments)).toEqual([{ id: '1' }, { id: '1' }]);
  });
  it('R1 that somebody runs meanwhile does not run by itself for the same change', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { session, runs } = open(
      { id: part('textInput', { value: '1' }), t: part('table', { query: 'one' }) },
      { one: query({ run: 'auto', arguments: [argument('id', 'id.value')] }) },
    );
    await vi.advanceTimersByTimeAsync(1_000);
    session.change('id', '2');
    await vi.advanceTimersByTimeAsync(10);
    void session.runQuery('one');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(runs.map((run) => run.arguments)).toEqual([{ id: '1' }, { id: '2' }]);
  });
});

it('who waits for a read that a newer one replaced goes on after the newer', async () => {
  let turn = 0;
  const { session } = open({}, { q: query() }, async (_request, signal) => {
    turn++;
    await new Promise<void>((resolve, reject) => {
      setTimeout(resolve, 40);
      signal.addEventListener('abort', () => reject(new DOMException('x', 'AbortError')));
    });
    return answerOf([{ turn }]);
  });
  await settle();
  const both = [session.runQuery('q'), settle(10).then(() => session.runQuery('q'))];
  expect(await Promise.all(both)).toEqual(['done', 'done']);
  expect(session.query('q').data).toEqual([{ turn: 2 }]);
});

it('two writes of one query run one after the other', async () => {
  let running = 0;
  let most = 0;
  const { session } = open({}, { save: query({ effect: 'write' }) }, async () => {
    most = Math.max(most, ++running);
    await settle(20);
    running--;
    return answerOf([]);
  });
  await settle();
  expect(await Promise.all([session.runQuery('save'), session.runQuery('save')])).toEqual(['done', 'done']);
  expect(most).toBe(1);
});

describe('a failure whose request left', () => {
  const lost = async () => Promise.reject(new TypeError('Failed to fetch'));
  it('of a write may be a success: nobody is told to try again', async () => {
    const { session } = open({}, { save: query({ effect: 'write' }) }, lost);
    await settle();
    expect(await session.runQuery('save')).toBe('failed');
    expect(session.query('save').error).toMatchObject({ code: 'write_unanswered' });
  });
  it('of a read is tried again', async () => {
    const { session } = open({}, { list: query() }, lost);
    await settle();
    expect(await session.runQuery('list')).toBe('failed');
    expect(session.query('list').error).toBeInstanceOf(TypeError);
  });
});

it('R12 what could be read again after all has the others that could not read again too', async () => {
  let away = true;
  const { session, runs } = open(
    {
      a: part('text', { text: '{{ one.data.length }}' }),
      b: part('text', { text: '{{ two.data.length }}' }),
    },
    { one: query({ run: 'auto' }), two: query({ run: 'auto' }) },
    async () => (away ? Promise.reject(new Error('no answer')) : answerOf([{ id: 1 }])),
  );
  await settle(50);
  expect(await session.runQuery('one')).toBe('failed');
  away = false;
  expect(await session.runQuery('one')).toBe('done');
  await settle(30);
  expect(session.component('b')?.props.text).toBe('1');
  expect(await session.runQuery('one')).toBe('done');
  await settle(30);
  expect(runs.map((run) => run.query)).toEqual(['one', 'two', 'one', 'one', 'two', 'one']);
});

it('R12 a component knows the reads that its rows come from, and a table reads them again', async () => {
  const { session, runs } = open(
    {
      chart: part('chart', { data: '{{ list.data }}', title: '{{ save.data }}' }),
      note: part('text', { text: '{{ list.error ? "none" : list.data.length }}' }),
      table: part('table', { data: '{{ list.data.filter(Boolean) }}' }),
    },
    { list: query({ run: 'auto' }), save: query({ effect: 'write' }) },
  );
  await settle();
  expect(['chart', 'note', 'table'].map((id) => session.store.read(`r:${id}`))).toEqual([
    ['list'],
    // It says itself that there are none.
    undefined,
    ['list'],
  ]);
  expect(runs).toHaveLength(1);
  expect(await session.control('table', 'refresh')).toBe('done');
  expect(runs).toHaveLength(2);
});

describe('handlers', () => {
  const order = (handlers: unknown[]) => ({ b: part('button', {}, { on: { onClick: handlers } }) });
  it('R3 run in order, each after the one before, with their conditions', async () => {
    const { session, runs, said } = open(
      order([
        { do: 'setVariable', name: 'seen', value: { at: '{{ variables.tab }}' } },
        {
          do: 'runQuery',
          query: 'q',
          onSuccess: [{ do: 'notify', message: 'Got {{ q.data.length }}', tone: 'ok' }],
        },
        { do: 'notify', message: 'never', tone: 'ok', onlyIf: '{{ variables.seen.at !== "open" }}' },
        { do: 'goTo', url: 'https://example.com/{{ variables.seen.at }}' },
      ]),
      { q: query({ arguments: [argument('tab', 'variables.seen.at')] }) },
      async () => answerOf([{ a: 1 }]),
    );
    await settle();
    expect(await session.fire('b', 'onClick')).toBe('done');
    expect(runs[0]?.arguments).toEqual({ tab: 'open' });
    expect(said).toEqual(['ok: Got 1', 'address: https://example.com/open']);
  });
  it('R3 stop at a step that fails, and say so', async () => {
    const { session, said } = open(
      order([
        { do: 'runQuery', query: 'q' },
        { do: 'notify', message: 'after', tone: 'ok' },
      ]),
      { q: query({ effect: 'write' }) },
      async () => Promise.reject(new Error('refused')),
    );
    await settle();
    expect(await session.fire('b', 'onClick')).toBe('failed');
    expect(said).toEqual(['error: refused']);
  });
  it('R3 that a failure has of its own run to their end in place of what would be said, and the list ends', async () => {
    const { session, runs, said } = open(
      order([
        {
          do: 'runQuery',
          query: 'save',
          onFailure: [
            { do: 'runQuery', query: 'log' },
            { do: 'notify', message: '{{ save.error !== null }}', tone: 'bad' },
          ],
          onSuccess: [{ do: 'notify', message: 'saved', tone: 'ok' }],
        },
        { do: 'notify', message: 'after', tone: 'ok' },
      ]),
      { save: query({ effect: 'write' }), log: query() },
      async ({ query }) => (query === 'save' ? Promise.reject(new Error('refused')) : answerOf([])),
    );
    await settle();
    expect(await session.fire('b', 'onClick')).toBe('failed');
    expect(runs.map((run) => run.query)).toEqual(['save', 'log']);
    expect(said).toEqual(['bad: true']);
  });
  it('R3 are passed over where their condition says no, as a value or as text', async () => {
    const conditions = ['{{ false }}', 'false', '{{ null }}', '{{ variables.tab }}', '', 'yes'];
    const { session, said } = open(
      order(conditions.map((onlyIf, i) => ({ do: 'notify', message: `${i}`, tone: 'ok', onlyIf }))),
    );
    await settle();
    await session.fire('b', 'onClick');
    expect(said).toEqual(['ok: 3', 'ok: 4', 'ok: 5']);
  });
  it('take back what the last try failed with', async () => {
    let fails = true;
    const { session, standing } = open(
      order([{ do: 'runQuery', query: 'q' }]),
      { q: query({ effect: 'write' }) },
      async () => (fails ? Promise.reject(new Error('refused')) : answerOf([])),
    );
    await settle();
    await session.fire('b', 'onClick');
    expect([...standing]).toEqual(['b.onClick']);
    fails = false;
    expect(await session.fire('b', 'onClick')).toBe('done');
    expect(standing.size).toBe(0);
  });
  it('ask before a query that wants it', async () => {
    const { session, runs, said } = open(order([{ do: 'runQuery', query: 'q' }]), {
      q: query({ effect: 'write', confirm: 'Delete {{ 1 + 1 }}? no' }),
    });
    await settle();
    expect(await session.fire('b', 'onClick')).toBe('cancelled');
    expect(runs).toEqual([]);
    expect(said).toEqual(['asked: Delete 2? no']);
  });
  it('that trigger each other endlessly are ended, and that is said', async () => {
    const { session, said } = open({
      m: part(
        'modal',
        {},
        {
          on: { onOpen: [{ do: 'closeModal', modal: 'm' }], onClose: [{ do: 'openModal', modal: 'm' }] },
        },
      ),
    });
    await settle();
    expect(await session.control('m', 'open')).toBe('failed');
    expect(said).toEqual([expect.stringContaining('trigger each other endlessly')]);
  });
  it('that branch are ended as well, and each begins only so many', async () => {
    const again = (modal: string) => [
      { do: 'closeModal', modal },
      { do: 'openModal', modal },
    ];
    const modals = Array.from({ length: 18 }, (_, i) => [
      `m${i}`,
      part('modal', {}, { on: { onOpen: [...again(`m${i + 1}`), ...again(`m${i + 1}`)] } }),
    ]);
    const { session, said } = open({
      go: part('button', {}, { on: { onClick: again('m0') } }),
      ...Object.fromEntries(modals),
      m18: part('modal'),
    });
    await settle();
    expect(await session.fire('go', 'onClick')).toBe('failed');
    expect(said).toEqual(['bad: A step of this action failed. Its steps trigger each other endlessly.']);
  });
  it('R7 never go to an address that runs code or is not https', async () => {
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      'http://elsewhere.example',
      'https://a@b.example',
    ]) {
      const { session, said } = open(order([{ do: 'goTo', url }]));
      await settle();
      expect(await session.fire('b', 'onClick')).toBe('failed');
      expect(said[0]).toContain('bad:');
    }
  });
});

it('R7 a page that opens goes to no other site by itself, and a button does', async () => {
  const elsewhere = { do: 'goTo', url: 'https://elsewhere.example/?d={{ currentUser.email }}' };
  const parts = {
    b: part('button', {}, { on: { onClick: [elsewhere] } }),
    m: part('modal', {}, { on: { onOpen: [elsewhere] } }),
    n: part('modal', {}, { on: { onClose: [elsewhere] } }),
  };
  const refused = expect.stringContaining('cannot open another site when it loads');
  const by = async (onLoad: object[]) => {
    const { session, said } = open(parts, {}, undefined, { onLoad });
    await settle();
    return { session, said };
  };
  expect((await by([{ do: 'goTo', url: '/people' }, elsewhere])).said).toEqual([
    'address: http://localhost/people',
    refused,
  ]);
  // Nor by a detour.
  const { session, said } = await by([{ do: 'openModal', modal: 'm' }]);
  expect(said).toEqual([refused]);
  await session.fire('b', 'onClick');
  expect(said.at(-1)).toBe('address: https://elsewhere.example/?d=ada@example.com');
  // Nor does a page that is left.
  await session.control('n', 'open');
  session.openPage('other', {});
  await settle();
  expect(said.at(-1)).toEqual(refused);
});

it('R7 what a page begins leads on twenty times, also by an address or by an event of a component', async () => {
  const here = { do: 'goTo', url: '/people' };
  const parts = { m: part('modal', {}, { on: { onOpen: [here] } }) };
  const onLoad = [...Array(20).fill(here), { do: 'openModal', modal: 'm' }];
  const { said } = open(parts, {}, undefined, { onLoad });
  await settle(60);
  expect(said).toEqual([
    ...Array(20).fill('address: http://localhost/people'),
    expect.stringContaining('redirect to each other endlessly'),
  ]);
});

it('R7 pages that lead to each other are ended, and one of them still opens for somebody', async () => {
  const to = (slug: string) => ({ onLoad: [{ do: 'goTo', page: slug }] });
  const { session, said } = open({}, {}, undefined, to('other'), to('main'));
  await settle(60);
  const circle = expect.stringContaining('redirect to each other endlessly');
  expect(said).toEqual([...Array(10).fill(['page: other instead', 'page: main instead']).flat(), circle]);
  session.openPage('other', {});
  await settle(60);
  expect(said).toHaveLength(42);
});

describe('a form', () => {
  const form = (submit: unknown[]) => ({
    f: part('form', { resetAfterSubmit: true }, { on: { onSubmit: submit } }),
    name: part('textInput', { required: true, label: 'Name' }, { parent: 'f' }),
    age: part('numberInput', { max: 120 }, { parent: 'f', order: 'b' }),
    row: part('text', { text: '{{ JSON.stringify(f.values) }} {{ f.valid }}' }),
  });
  it('validates, submits its values and resets', async () => {
    const { session, runs } = open(form([{ do: 'runQuery', query: 'save' }]), {
      save: query({ effect: 'write', arguments: [argument('name', 'f.values.name')] }),
    });
    await settle();
    expect(await session.control('f', 'submit')).toBe('cancelled');
    expect(session.component('name')).toMatchObject({ touched: true, invalid: 'Name is required.' });
    session.change('name', 'Ada');
    session.change('age', 300);
    expect(await session.control('f', 'submit')).toBe('cancelled');
    session.change('age', 36);
    await settle();
    expect(session.component('row')?.props.text).toBe('{"name":"Ada","age":36} true');
    expect(await session.control('f', 'submit')).toBe('done');
    expect(runs[0]?.arguments).toEqual({ name: 'Ada' });
    expect(session.component('name')?.exposed.value).toBe('');
  });
  it('gives the keyboard to the first that is wrong, and is not sent twice', async () => {
    let answer = (): void => undefined;
    const { session, runs } = open(
      form([{ do: 'runQuery', query: 'save' }]),
      { save: query({ effect: 'write', arguments: [] }) },
      () => new Promise((resolve) => (answer = () => resolve(answerOf([])))),
    );
    const focused: string[] = [];
    session.onFocus((input) => focused.push(input) > 0);
    await settle();
    session.change('age', 300);
    await session.control('f', 'submit');
    session.change('name', 'Ada');
    await session.control('f', 'submit');
    expect(focused).toEqual(['name', 'age']);
    session.change('age', 36);
    const first = session.control('f', 'submit');
    await settle();
    expect(await session.control('f', 'submit')).toBe('cancelled');
    // What is typed while it is on its way is of the next.
    session.change('name', 'Bo');
    answer();
    expect(await first).toBe('done');
    expect(runs).toHaveLength(1);
    expect(['name', 'age'].map((id) => session.component(id)?.exposed.value)).toEqual(['Bo', null]);
  });
  it('has the inputs in it as they are read, box by box, and none of the page or of a form in it', async () => {
    const needed = { required: true };
    const { session } = open({
      f: part('form'),
      first: part('container', {}, { parent: 'f', order: 'a' }),
      second: part('container', {}, { parent: 'f', order: 'b' }),
      inSecond: part('textInput', needed, { parent: 'second', order: 'a' }),
      inFirst: part('textInput', needed, { parent: 'first', order: 'z' }),
      within: part('form', {}, { parent: 'f', order: 'c' }),
      ofWithin: part('textInput', needed, { parent: 'within' }),
      beside: part('textInput', needed),
    });
    const focused: string[] = [];
    session.onFocus((input) => focused.push(input) > 0);
    await settle();
    const form = () => session.component('f')?.exposed;
    expect(await session.control('f', 'submit')).toBe('cancelled');
    session.change('inFirst', 'one');
    expect([form()?.valid, form()?.values]).toEqual([false, { inFirst: 'one', inSecond: '' }]);
    expect(await session.control('f', 'submit')).toBe('cancelled');
    expect(focused).toEqual(['inFirst', 'inSecond']);
    session.change('inSecond', 'two');
    expect(form()?.valid).toBe(true);
    expect(await session.control('f', 'submit')).toBe('done');
    expect(['ofWithin', 'beside'].map((id) => session.component(id)?.touched)).toEqual([false, false]);
  });
  it('starts over only when it says so, and was sent', async () => {
    const parts = form([{ do: 'runQuery', query: 'save' }]);
    const write = { save: query({ effect: 'write', arguments: [] }) };
    const stays = open({ ...parts, f: { ...parts.f, props: {} } }, write).session;
    const fails = open(parts, write, () => Promise.reject(new Error('away'))).session;
    await settle();
    for (const session of [stays, fails]) {
      // By a step, so that it is no edit, which would stay anyway.
      await session.control('name', 'setValue', 'Ada');
      await session.control('f', 'submit');
      expect(session.component('name')?.exposed.value).toBe('Ada');
      await session.control('f', 'reset');
      expect(session.component('name')?.exposed.value).toBe('');
      session.dispose();
    }
  });
  it.each(['disabled', 'hidden'])('waits for nothing that nobody can correct: %s', async (beyond) => {
    const parts = form([{ do: 'runQuery', query: 'save' }]);
    const name = part('textInput', { required: true, [beyond]: true }, { parent: 'f' });
    const { session, runs } = open({ ...parts, name }, { save: query({ effect: 'write', arguments: [] }) });
    await settle();
    expect(session.component('row')?.props.text).toBe('{"name":"","age":null} true');
    expect(await session.control('f', 'submit')).toBe('done');
    expect(runs).toHaveLength(1);
  });
});

it('an input does what a step asks of it, and says of anything else that it cannot', async () => {
  const { session } = open({
    name: part('textInput', { value: 'first', maxLength: 5 }),
    many: part('select', { multiple: true, options: ['a', 'b'] }),
  });
  const focused: string[] = [];
  session.onFocus((input) => focused.push(input) > 0);
  const value = (id: string) => session.component(id)?.exposed.value;
  await settle();
  expect(await session.control('name', 'setValue', 'too long')).toBe('done');
  expect(value('name')).toBe('too long');
  expect(await session.control('name', 'validate')).toBe('cancelled');
  expect(session.component('name')?.touched).toBe(true);
  await session.control('name', 'clearValue');
  expect(value('name')).toBe('');
  expect(await session.control('name', 'validate')).toBe('done');
  await session.control('name', 'resetValue');
  expect(value('name')).toBe('first');
  await session.control('name', 'focus');
  expect(focused).toEqual(['name']);
  // Each in its own kind: of several there is a list.
  await session.control('many', 'setValue', 'b');
  expect(value('many')).toEqual(['b']);
  await session.control('many', 'clearValue');
  expect(value('many')).toEqual([]);
  await expect(session.control('name', 'refresh')).rejects.toThrow('name cannot refresh.');
  await expect(session.control('gone', 'focus')).rejects.toThrow('Component “gone” does not exist.');
});

it('R5 an input that shows a row starts over when another row is chosen, even when both say the same', async () => {
  const { session } = open({
    t: part('table', { data: [] }),
    status: part('textInput', { value: '{{ t.selectedRow.status }}' }),
  });
  await settle();
  session.expose('t', { selectedRow: { id: 1, status: 'open' }, selectedKey: '1' });
  await settle();
  session.change('status', 'typed for row 1');
  session.expose('t', { selectedRow: { id: 2, status: 'open' }, selectedKey: '2' });
  await settle();
  expect(session.component('status')?.exposed.value).toBe('open');
});

describe('R5 the choices of a select that hang on another input', () => {
  const cities = { no: ['Oslo', 'Bergen'], se: ['Malmö'], dk: [] };
  const row = (country: string, city: string) => ({
    selectedRow: { id: country + city, country, city },
    selectedKey: country + city,
  });
  const start = async (city: object = {}) => {
    const { session } = open({
      t: part('table', { data: [] }),
      country: part('select', { options: ['no', 'se', 'dk'], value: '{{ t.selectedRow.country }}' }),
      city: part('select', { options: `{{ (${JSON.stringify(cities)})[country.value] }}`, ...city }),
    });
    await settle();
    const held = () => [
      session.component('city')?.exposed.value,
      session.component('city')?.aside.map((one) => one.label),
    ];
    const change = async (id: string, value: unknown) => {
      session.change(id, value);
      await settle();
    };
    return { session, held, change };
  };
  it('take out what is none of them, say so, and bring it back with its choice', async () => {
    const { held, change } = await start();
    await change('country', 'no');
    await change('city', 'Oslo');
    await change('country', 'se');
    expect(held()).toEqual([null, ['Oslo']]);
    await change('country', 'no');
    expect(held()).toEqual(['Oslo', []]);
    await change('country', 'dk');
    await change('country', 'se');
    expect(held()).toEqual([null, ['Oslo']]);
    await change('city', 'Malmö');
    expect(held()).toEqual(['Malmö', []]);
  });
  it('keep of several those that are among them', async () => {
    const { held, change } = await start({ multiple: true });
    await change('country', 'no');
    await change('city', ['Bergen', 'Oslo', 'Malmö']);
    await change('country', 'se');
    expect(held()).toEqual([['Malmö'], ['Bergen', 'Oslo']]);
  });
  it('take out what a query for another parent does not answer', async () => {
    const { session } = open(
      { country: part('textInput', { value: 'no' }), city: part('select', { options: '{{ list.data }}' }) },
      { list: query({ run: 'auto', arguments: [argument('country', 'country.value')] }) },
      async ({ arguments: { country } }) =>
        answerOf([{ value: 1, label: `Capital of ${country}` }].slice(country === 'no' ? 0 : 1)),
    );
    await settle();
    session.change('city', 1);
    session.change('country', 'se');
    await settle(250);
    expect(session.component('city')).toMatchObject({
      exposed: { value: null },
      aside: [{ label: 'Capital of no' }],
    });
  });
  it('R5 are waited for by what sends them: neither the old choice goes, nor one that nobody saw', async () => {
    let country = 0;
    let fail = false;
    const { session, runs, said } = open(
      {
        f: part('form', {}, { on: { onSubmit: [{ do: 'runQuery', query: 'save' }] } }),
        country: part('textInput', { value: 'no' }, { parent: 'f' }),
        city: part('select', { label: 'City', options: '{{ list.data }}' }, { parent: 'f' }),
        go: part('button', {}, { on: { onClick: [{ do: 'runQuery', query: 'save' }] } }),
      },
      {
        list: query({ run: 'auto', arguments: [argument('country', 'country.value')] }),
        save: query({
          effect: 'write',
          arguments: [
            argument('country', 'f.values.country'),
            argument('city', 'f.values.city', { nullable: true }),
          ],
        }),
      },
      async ({ query: name, arguments: { country: of } }) => {
        if (name === 'save') return answerOf([]);
        await new Promise((resolve) => setTimeout(resolve, 30));
        if (fail) throw new Error('gone');
        country += 1;
        return answerOf([{ value: of === 'no' ? 'Oslo' : 'Malmö', label: 'x' }]);
      },
    );
    const saved = () => runs.filter((one) => one.query === 'save').map((one) => one.arguments);
    await settle(50);
    session.change('city', 'Oslo');
    for (const send of [() => session.control('f', 'submit'), () => session.fire('go', 'onClick')]) {
      session.change('country', 'se');
      expect(await send()).toBe('cancelled');
      expect(session.component('city')).toMatchObject({
        exposed: { value: null },
        aside: [{ value: 'Oslo' }],
      });
      session.change('country', 'no');
      expect(await send(), 'it came back, and is seen first').toBe('cancelled');
    }
    expect([saved(), country]).toEqual([[], 5]);
    expect(await session.control('f', 'submit')).toBe('done');
    expect(saved()).toEqual([{ country: 'no', city: 'Oslo' }]);
    fail = true;
    session.change('country', 'dk');
    expect(await session.control('f', 'submit')).toBe('cancelled');
    expect(said.at(-1)).toBe(
      'bad: The options of City could not be loaded. Nothing was sent. What you typed is kept.',
    );
    expect(saved()).toHaveLength(1);
    expect(session.component('f')).toMatchObject({ busy: 0 });
  });
  it('take out what a row has once a person chose another parent, and never before', async () => {
    const { session, held, change } = await start({ value: '{{ t.selectedRow.city }}' });
    const choose = async (country: string, city: string) => {
      session.expose('t', row(country, city));
      await settle();
    };
    await choose('no', 'Oslo');
    await choose('se', 'Oslo');
    expect(held()).toEqual(['Oslo', []]);
    await choose('no', 'Oslo');
    await change('country', 'se');
    expect(held()).toEqual([null, ['Oslo']]);
    await change('country', 'no');
    expect(held()).toEqual(['Oslo', []]);
    await change('country', 'se');
    await choose('dk', 'Nuuk');
    expect(held()).toEqual(['Nuuk', []]);
  });
});

describe('what was typed and not sent', () => {
  const edited = (edit: object, queries: Record<string, QuerySignature> = {}) =>
    open({ edit: part('textInput'), rows: part('text', { text: '{{ list.data }}' }), ...edit }, queries);
  const reads = (run: 'auto' | 'manual') => query({ run, arguments: [argument('edit', 'edit.value')] });
  const save = query({ effect: 'write', arguments: [argument('edit', 'edit.value')] });
  const row = (note: string) => ({ selectedRow: { id: 1, note }, selectedKey: '1' });
  const ofARow = {
    t: part('table', { data: [] }),
    edit: part('textInput', { value: '{{ t.selectedRow.note }}' }),
  };
  it('R5 is asked for before the app is left', async () => {
    const { session, said } = edited({}, { save });
    await settle();
    session.change('edit', 'typed');
    expect(session.hasEdits()).toBe(true);
    expect(await session.mayLeave()).toBe(true);
    expect(said).toEqual(['asked: Discard changes?']);
    expect(session.hasEdits()).toBe(false);
    expect(session.component('edit')?.exposed.value).toBe('');
  });
  it('R5 is kept when the person steps back, and until what sends it is done', async () => {
    let yes = false;
    const started: string[] = [];
    const changed = new Set(['a', 'b', 'c']);
    const edits = createUnsavedEdits(
      { isChanged: (id) => changed.has(id), resetValue: (id) => void started.push(id) },
      { confirm: async () => yes },
      () => false,
    );
    edits.note('a');
    edits.note('b');
    expect(await edits.mayLose(['c']), 'nobody typed into it').toBe(true);
    expect(await edits.mayLose(['a'])).toBe(false);
    expect([edits.held(), started]).toEqual([['a', 'b'], []]);
    const failed = edits.send(['a']);
    expect([edits.holds('a'), await edits.mayLose(['a'])], 'it is on its way').toEqual([false, false]);
    failed(false);
    expect(edits.holds('a')).toBe(true);
    const sent = edits.send(['a']);
    edits.note('a');
    sent(true);
    expect(edits.holds('a'), 'typed meanwhile').toBe(true);
    edits.send(['a'])(true);
    expect(edits.held()).toEqual(['b']);
    changed.delete('b');
    expect([edits.holds('b'), edits.held()], 'taken back').toEqual([false, []]);
    changed.add('b');
    yes = true;
    expect(await edits.mayLose()).toBe(true);
    expect([edits.held(), started]).toEqual([[], ['b']]);
  });
  it('is no filter, which was sent as it was typed; in a form, it may be more', async () => {
    const filter = edited({}, { list: reads('auto'), search: reads('manual') });
    await settle();
    filter.session.change('edit', 'typed');
    expect(filter.session.hasEdits()).toBe(false);
    const inForm = edited(
      { f: part('form'), edit: part('textInput', {}, { parent: 'f' }) },
      { list: reads('auto') },
    );
    await settle();
    inForm.session.change('edit', 'typed');
    expect(inForm.session.hasEdits()).toBe(true);
  });
  it('in a modal that a step closes is given up', async () => {
    const { session } = open({ m: part('modal'), edit: part('textInput', {}, { parent: 'm' }) });
    await settle();
    await session.control('m', 'open');
    session.change('edit', 'typed');
    const before = session.hasEdits();
    await session.control('m', 'close');
    expect([before, session.hasEdits()]).toEqual([true, false]);
  });
  it('of what is no row goes with its default, as everything that follows one', async () => {
    const { session, said } = open({
      edit: part('textInput', { value: '{{ variables.seen }}' }),
      go: part('button', {}, { on: { onClick: [{ do: 'setVariable', name: 'seen', value: 'new' }] } }),
    });
    await settle();
    session.change('edit', 'typed');
    await session.fire('go', 'onClick');
    await settle();
    expect([session.component('edit')?.exposed.value, said]).toEqual(['new', []]);
  });
  it('of a row stays when the row is read again with another value, and that is said', async () => {
    const { session, said } = open(ofARow, { save });
    await settle();
    session.expose('t', row('old'));
    await settle();
    session.change('edit', 'typed');
    session.expose('t', row('of somebody else'));
    await settle();
    expect(session.component('edit')?.exposed.value).toBe('typed');
    expect(said).toEqual([expect.stringContaining('this value changed in the data source')]);
    expect(await session.mayLeave()).toBe(true);
    expect(session.component('edit')?.exposed.value).toBe('of somebody else');
  });
  it('is none once a change took it, but what is typed meanwhile is another', async () => {
    const answers: (() => void)[] = [];
    const press = part('button', {}, { on: { onClick: [{ do: 'runQuery', query: 'save' }] } });
    const { session, said } = open(
      { ...ofARow, press },
      { save },
      () => new Promise<RunAnswer>((resolve) => void answers.push(() => resolve(answerOf([])))),
    );
    await settle();
    session.expose('t', row('old'));
    await settle();
    session.change('edit', 'first');
    const first = session.fire('press', 'onClick');
    await settle();
    session.expose('t', row('FIRST, as a trigger wrote it'));
    await settle();
    expect(session.component('edit')?.exposed.value).toBe('FIRST, as a trigger wrote it');
    session.change('edit', 'second');
    answers[0]?.();
    expect(await first).toBe('done');
    expect(session.hasEdits()).toBe(true);
    const second = session.fire('press', 'onClick');
    await settle();
    answers[1]?.();
    await second;
    expect([session.hasEdits(), said]).toEqual([false, []]);
  });
  it('R9 is told when a newer release has no such input, and not waited for', async () => {
    const { session, said } = edited({
      edit: part('textInput', { label: 'Total' }),
      other: part('textInput'),
    });
    await settle();
    session.change('edit', '12,50');
    session.change('other', 'typed');
    const { pages, ...rest } = session.pages();
    const { edit: _gone, ...components } = pages.main!.components;
    session.update({ ...rest, pages: { ...pages, main: { ...pages.main!, components } } }, {});
    expect(said).toEqual([
      'bad: This release has no field for some of what you typed. Total: 12,50. Type it again where it belongs.',
    ]);
    session.change('other', '');
    expect(session.hasEdits()).toBe(false);
  });
  it('in a modal stays, and is remembered, when another page takes its place', async () => {
    const { session } = edited({ m: part('modal'), edit: part('textInput', {}, { parent: 'm' }) });
    await settle();
    await session.control('m', 'open');
    session.change('edit', 'typed');
    session.openPage('other', {});
    await settle();
    expect(session.hasEdits()).toBe(true);
    session.openPage('main', {});
    await session.control('m', 'open');
    expect(session.component('edit')?.exposed.value).toBe('typed');
    await session.leave('m');
    expect(session.component('edit')?.exposed.value).toBe('');
  });
});

it('an edited document keeps what did not change', async () => {
  const { session } = open({ name: part('textInput'), echo: part('text', { text: '{{ name.value }}' }) });
  await settle();
  session.change('name', 'typed');
  const pages = session.pages();
  const main = pages.pages.main!;
  session.update(
    {
      ...pages,
      pages: {
        ...pages.pages,
        main: {
          ...main,
          components: { ...main.components, more: part('text', { text: '{{ name.value }}!' }) },
        },
      },
    } as unknown as AppPages,
    {},
  );
  await settle();
  expect(session.component('name')?.exposed.value).toBe('typed');
  expect(session.component('more')?.props.text).toBe('typed!');
});

it('an edited document does not begin its page anew', async () => {
  const onLoad = [{ do: 'notify', tone: 'ok', message: 'Begun' }];
  const { session, said } = open({ name: part('textInput') }, {}, undefined, { onLoad });
  await settle();
  session.update({ ...session.pages() }, {});
  await settle();
  expect(said).toEqual(['ok: Begun']);
});

it('what nothing on the page reads is there for what is evaluated on demand', async () => {
  const { session } = open(
    { go: part('button', {}, { on: { onClick: [{ do: 'runQuery', query: 'find' }] } }) },
    { find: query() },
    async () => answerOf([{ n: 1 }, { n: 2 }]),
  );
  await settle();
  await session.fire('go', 'onClick');
  expect(await session.evaluate('{{ find.data.length }}')).toEqual({ value: 2 });
});

it('R4 another address of a page changes what it reads and begins nothing anew; another page closes its modals', async () => {
  const onLoad = [{ do: 'notify', tone: 'ok', message: 'Begun' }];
  const { session, said } = open(
    { m: part('modal'), echo: part('text', { text: '{{ url.searchParams.id }}' }) },
    {},
    undefined,
    { onLoad },
  );
  await settle();
  await session.control('m', 'open');
  session.openPage('main', { id: '8' });
  await settle();
  const isOpen = () => session.component('m')?.exposed.open;
  expect([session.component('echo')?.props.text, isOpen(), said]).toEqual(['8', true, ['ok: Begun']]);
  session.openPage('other', {});
  session.openPage('main', {});
  await settle();
  expect([isOpen(), said]).toEqual([false, ['ok: Begun', 'ok: Begun']]);
});

it('what a person changes runs the steps of the change', async () => {
  const onChange = [{ do: 'notify', tone: 'ok', message: 'Now {{ name.value }}' }];
  const { session, said } = open({ name: part('textInput', {}, { on: { onChange } }) });
  await settle();
  session.change('name', 'Ada');
  await settle();
  expect(said).toEqual(['ok: Now Ada']);
});

it('R11 the first page of a table is asked for at once, and the whole of a query only where it has no pages', async () => {
  const { runs } = open(
    { t: part('table', { query: 'list', pageSize: 25 }), whole: part('table', { query: 'all' }) },
    { list: query({ run: 'auto', windowed: true }), all: query({ run: 'auto' }) },
  );
  await settle(60);
  expect(runs.map(({ query: name, window }) => [name, window?.limit])).toEqual([
    ['list', 25],
    ['all', undefined],
  ]);
});

it('R11 a canvas asks for the page that the document says now, also of a query that got pages after its table', async () => {
  const pages = (pageSize: number) => ({ t: part('table', { query: 'list', pageSize }) });
  const { session, runs } = open(pages(25), { list: query({ run: 'auto' }) }, undefined, {}, {}, 'edit');
  const asked = async () => {
    await settle(60);
    return runs.map(({ window }) => window?.limit);
  };
  expect(await asked()).toEqual([undefined]);
  const list = query({ run: 'auto', windowed: true });
  session.update(session.pages(), { list });
  expect(await asked()).toEqual([undefined, 25]);
  const { main } = session.pages().pages;
  const next = { ...main, components: pages(5) };
  session.update({ ...session.pages(), pages: { main: next } } as unknown as AppPages, { list });
  expect(await asked()).toEqual([undefined, 25, 5]);
});

it('expressions read whether a modal is open', async () => {
  const { session } = open({ m: part('modal'), echo: part('text', { text: '{{ m.open }}' }) });
  const echo = async () => {
    await settle();
    return session.component('echo')?.props.text;
  };
  const before = await echo();
  await session.control('m', 'open');
  const opened = await echo();
  await session.control('m', 'close');
  expect([before, opened, await echo()]).toEqual(['false', 'true', 'false']);
});

it('an edited document brings the initial values of its variables, and takes back none that a step has set', async () => {
  const { session } = open({
    echo: part('text', { text: '{{ variables.tab }} {{ variables.seen }}' }),
    see: part('button', {}, { on: { onClick: [{ do: 'setVariable', name: 'seen', value: 'yes' }] } }),
  });
  const shown = async (variables: AppPages['variables']) => {
    session.update({ ...session.pages(), variables }, {});
    await settle();
    return session.component('echo')?.props.text;
  };
  await settle();
  await session.fire('see', 'onClick');
  expect(await shown({ tab: 'closed', seen: 'no' })).toBe('closed yes');
  // One that is removed is gone, and another of its name begins anew.
  session.update({ ...session.pages(), variables: { tab: 'closed' } }, {});
  expect(await shown({ tab: 'closed', seen: 'no' })).toBe('closed no');
});

it('a table has what is no object as a value, and the same list as the same rows', async () => {
  const data = [1, null, ['a'], { id: 2 }];
  const { session } = open({ t: part('table', { data }) });
  await settle();
  const { rows } = session.component('t')!.exposed;
  expect(rows).toEqual([{ value: 1 }, { value: null }, { value: ['a'] }, { id: 2 }]);
  const { pages, ...rest } = session.pages();
  const show = (props: object) =>
    session.update(
      { ...rest, pages: { ...pages, main: page({ t: part('table', props) }) } } as unknown as AppPages,
      {},
    );
  show({ data, title: 'Named' });
  expect(session.component('t')?.props.title).toBe('Named');
  expect(session.component('t')?.exposed.rows).toBe(rows);
  const objects = [{ id: 1 }];
  show({ data: objects });
  expect(session.component('t')?.exposed.rows).toBe(objects);
});

it('an edited document shows nothing of a query that was removed in another of its name', async () => {
  const { session } = open({ t: part('table', { query: 'q' }) }, { q: query() }, async () =>
    answerOf([{ of: 'the first' }]),
  );
  await settle();
  await session.runQuery('q');
  session.update(session.pages(), {});
  session.update(session.pages(), { q: query() });
  await settle();
  expect(session.query('q')).toMatchObject({ data: null, lastRunAt: null });
  expect(session.component('t')?.exposed.rows).toEqual([]);
});

it('R8 a document that is bound as it came has every digit of its numbers', async () => {
  const rows = parseAnswer('[{"doc":{"id":9007199254740993,"in":[0.12345678901234567890]}}]');
  const bound = (name: string, expression: string) => argument(name, expression, { type: 'json' });
  const { session, runs } = open(
    { shown: part('text', { text: '{{ list.data[0].doc }}' }) },
    {
      list: query({ run: 'auto' }),
      save: query({
        effect: 'write',
        arguments: [bound('doc', 'list.data[0].doc'), bound('inner', 'list.data[0].doc.in')],
      }),
    },
    async () => answerOf(rows as RunAnswer['rows']),
  );
  await settle();
  expect(session.component('shown')?.props.text).toBe(
    '{"id":9007199254740993,"in":[0.12345678901234567890]}',
  );
  await session.runQuery('save');
  expect(jsonText(runs.at(-1)?.arguments)).toBe(
    '{"doc":{"id":9007199254740993,"in":[0.12345678901234567890]},"inner":[0.12345678901234567890]}',
  );
});

it('an edit draws again only what it changed: not what made room, nor the other inputs', async () => {
  const { session } = open({
    name: part('textInput', { label: 'Name', required: true }),
    moved: part('select', { label: 'Moved', options: ['a', 'b'] }),
    renamed: part('numberInput', { label: 'Before' }),
  });
  await settle();
  const { pages, ...rest } = session.pages();
  const { renamed, moved, ...others } = pages.main!.components;
  const drawn: string[] = [];
  for (const id of ['name', 'moved', 'renamed']) session.store.subscribe(`c:${id}`, () => drawn.push(id));
  const components = {
    ...others,
    moved: { ...moved!, layout: { ...moved!.layout, y: 9 } },
    renamed: { ...renamed!, props: { label: 'After' } },
  };
  session.update({ ...rest, pages: { ...pages, main: { ...pages.main!, components } } }, {});
  await settle();
  expect([...new Set(drawn)]).toEqual(['renamed']);
  expect(session.component('renamed')?.props.label).toBe('After');
});
