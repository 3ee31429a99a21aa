import type { RunAnswer } from '@sallyport/contract';
import { describe, expect, it, vi } from 'vitest';
import { answerOf, argument, open, part, query, settle } from '../../../test/open-session.ts';
import { explainError } from '../../lib/explain-error.ts';

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
  it('X4 is no error of what reads its rows before they are there, and one where they are not what was meant', async () => {
    let arrive = () => {};
    const { session } = open(
      {
        most: part('text', { text: '{{ Math.max(...sales.data.map((row) => row.n)) }}' }),
        names: part('select', { options: '{{ Object.keys(sales.data[0]) }}' }),
        wrong: part('text', { text: '{{ Object.keys(sales.data[5]) }}' }),
        asked: part('text', { text: '{{ Object.keys(detail.data[0]) }}' }),
      },
      {
        sales: query({ run: 'auto' }),
        detail: query({ run: 'auto', arguments: [argument('n', 'Object.keys(sales.data[5]).length')] }),
      },
      () =>
        new Promise((resolve) => {
          arrive = () => resolve(answerOf([{ n: 3 }, { n: 7 }]));
        }),
    );
    const errors = () =>
      ['most', 'names', 'wrong', 'asked'].flatMap((id) => Object.keys(session.component(id)?.errors ?? {}));
    await settle();
    expect(errors()).toEqual([]);
    arrive();
    await settle();
    expect(session.component('most')?.props.text).toBe('7');
    expect(session.component('names')?.props.options).toEqual(['n']);
    expect(session.component('wrong')?.errors.text).toBeDefined();
    // What a query is asked with is never empty instead.
    expect(session.query('detail').waiting).toContain('expected');
    expect(session.component('asked')?.errors).toEqual({});
  });
  it('X4 a row that nobody chose is no error of what reads it', async () => {
    const { session } = open({
      t: part('table', { data: [{ at: '2026-03-01T10:00:00Z' }, { at: 'never' }] }),
      day: part('text', { text: '{{ new Date(t.selectedRow.at).toISOString().slice(0, 10) }}' }),
    });
    const day = async () => {
      await settle();
      const { props, errors } = session.component('day') ?? {};
      return [props?.text, Object.keys(errors ?? {})];
    };
    expect(await day()).toEqual(['', []]);
    session.expose('t', { selectedRow: { at: '2026-03-01T10:00:00Z' }, selectedKey: '1' });
    expect(await day()).toEqual(['2026-03-01', []]);
    session.expose('t', { selectedRow: { at: 'never' }, selectedKey: '2' });
    expect(await day()).toEqual(['', ['text']]);
    session.expose('t', { selectedRow: null, selectedKey: null });
    expect(await day()).toEqual(['', []]);
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
    const names = [
      'list.isFetching',
      'list.total',
      'list.truncated',
      'list.error.title',
      'save.changed',
      "list.headers['x-total']",
    ];
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    let answer: () => Promise<RunAnswer> = async () => {
      await arrived;
      const { end, ...head } = answerOf([{ id: 1 }]);
      const headers = { 'x-total': '7' };
      return { ...head, headers, end: { ...end, total: 9, changed: 3, truncated: { by: 'rows', cap: 1 } } };
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
    expect([said()[4], said()[5], session.component('at')?.props.text]).toEqual(['3', '"7"', 'string']);
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
