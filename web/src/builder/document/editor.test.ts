import type { AppPages, Draft, QueryDocument } from '@sallyport/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../../lib/api-problem.ts';
import { reparentComponents } from './arrange-components.ts';
import { createCopies, placeOfPerson } from './browser-copies.ts';
import type { BrowserDatabase } from './browser-database.ts';
import { setProperty } from './configure-component.ts';
import { deleteComponents } from './delete-components.ts';
import { addPage, moveAddress, retitlePage, setHome, setVariable } from './edit-pages.ts';
import { createEditorStore } from './editor-store.ts';
import { mergePages } from './merge-pages.ts';
import { goTo, type Place, placeOf } from './place.ts';
import { placeComponent } from './place-component.ts';
import { createSaver, type DraftCalls } from './saver.ts';
import { overlaps } from './settle.ts';
import {
  clearPages,
  clearText,
  type ShelvedText,
  shelvedPages,
  shelvedTexts,
  shelvePages,
  shelveText,
  visitsLeft,
} from './shelf.ts';

/** Names of queries. */
const NONE: ReadonlySet<string> = new Set();

const pages: AppPages = {
  home: 'p',
  pages: { p: { title: 'P', order: 'a0', components: {}, onLoad: [] } },
  variables: {},
};
const draft = (version = 1, of: AppPages = pages): Draft => ({
  app: { id: 'a', name: 'A' } as unknown as Draft['app'],
  version,
  changedByYou: false,
  pages: of,
  queries: {},
});
const rest = {
  kind: 'rest',
  source: 's',
  arguments: {},
  maxRows: 1,
  timeoutMs: 100,
  run: 'auto',
  method: 'GET',
  path: '/',
  query: [],
  headers: [],
} satisfies QueryDocument;
const add = (id: string) => (d: AppPages) => placeComponent(d, { slug: 'p', type: 'text', id });

describe('B1 undo and redo', () => {
  it('goes back to the beginning and forth to the end', () => {
    const store = createEditorStore(draft());
    const { edit, undo, redo } = store.getState();
    for (let i = 0; i < 300; i += 1) edit('Place', add(`t${i}`));
    const end = store.getState().document;
    for (let i = 0; i < 300; i += 1) undo();
    expect(store.getState().document).toEqual(pages);
    expect(undo()).toBeUndefined();
    for (let i = 0; i < 300; i += 1) redo();
    expect(store.getState().document).toEqual(end);
  });
  it('typing in one field is one step; a pause begins another', () => {
    let now = 0;
    const store = createEditorStore(draft(), () => now);
    const { edit, undo } = store.getState();
    edit('Place', add('t'));
    for (const text of ['a', 'ab', 'abc']) {
      now += 100;
      edit('Text', (d) => setProperty(d, 't', 'text', text), { key: 't.text' });
    }
    now += 5_000;
    edit('Text', (d) => setProperty(d, 't', 'text', 'abcd'), { key: 't.text' });
    undo();
    expect(store.getState().document.pages.p?.components.t?.props.text).toBe('abc');
    undo();
    expect(store.getState().document.pages.p?.components.t?.props.text).toBeUndefined();
  });
  it('what a step brings back is selected, and what stands in it is not', () => {
    const store = createEditorStore(draft(1, add('other')(pages)));
    const { edit, undo, redo, select } = store.getState();
    edit('Place', (d) => placeComponent(d, { slug: 'p', type: 'container', id: 'box' }));
    edit('Place', (d) => placeComponent(d, { slug: 'p', type: 'text', id: 'inner', parent: 'box' }));
    edit('Delete box', (d) => deleteComponents(d, 'p', ['box']), { select: [] });
    undo();
    expect(store.getState().selection).toEqual(['box']);
    redo();
    select(['other']);
    undo();
    expect(store.getState().selection).toEqual(['box']);
    edit('Text', (d) => setProperty(d, 'other', 'text', 'x'), { select: ['other'] });
    undo();
    expect(store.getState().selection).toEqual(['other']);
  });
  it('an edit that changes nothing is no step', () => {
    const store = createEditorStore(draft());
    store.getState().edit('Nothing', (d) => d);
    expect(store.getState().history.past).toHaveLength(0);
  });
});

it('the address says the page and what is selected, as far as they are there', () => {
  const at = (place: Place) => {
    const store = createEditorStore(draft(1, { ...add('t')(add('u')(pages)), home: 'p' }));
    store.getState().edit('Add page', (d) => ({ ...d, pages: { ...d.pages, q: d.pages.p! } }));
    goTo(store, place);
    return placeOf(store.getState());
  };
  expect([at({ select: 't,u' }), at({ page: 'q' }), at({}), at({ page: 'gone', select: 'gone,t' })]).toEqual([
    { select: 't,u' },
    { page: 'q' },
    {},
    { select: 't' },
  ]);
  expect(at({ page: 'constructor' })).toEqual({});
});

describe('mergePages', () => {
  /** Containers side by side, each with room for the one before. */
  const roomy = (...ids: string[]): AppPages => {
    const components = ids.map((id, i) => {
      const placed = placeComponent(pages, { slug: 'p', type: 'container', id }).pages.p!.components[id]!;
      return [id, { ...placed, order: `a${i}`, layout: { x: i * 6, y: 0, w: 6, h: 20 + i * 40 } }];
    });
    return { ...pages, pages: { p: { ...pages.pages.p!, components: Object.fromEntries(components) } } };
  };
  it('joins changes of different things without a clash', () => {
    const base = add('t')(pages);
    const mine = add('mine')(base);
    const theirs = retitlePage(setVariable(add('theirs')(base), 'v', 1), 'p', 'Q');
    const { merged, clashes } = mergePages(base, mine, theirs, NONE);
    expect(clashes).toEqual([]);
    expect(Object.keys(merged.pages.p!.components).sort()).toEqual(['mine', 't', 'theirs']);
    expect(merged.pages.p!.title).toBe('Q');
    expect(merged.variables).toEqual({ v: 1 });
  });
  it('names a clash and keeps mine; deleting loses to changing', () => {
    const base = add('t')(add('u')(pages));
    const mine = setProperty(base, 't', 'text', 'mine');
    const { u: _gone, ...left } = mine.pages.p!.components;
    const deleted = { ...mine, pages: { p: { ...mine.pages.p!, components: left } } };
    const theirs = setProperty(setProperty(base, 't', 'text', 'theirs'), 'u', 'text', 'kept');
    const { merged, clashes } = mergePages(base, deleted, theirs, NONE);
    expect(clashes).toEqual(['t on P', 'u on P']);
    expect(merged.pages.p!.components.t?.props.text).toBe('mine');
    expect(merged.pages.p!.components.u?.props.text).toBe('kept');
  });
  it('keeps both of what both added under one name, and what each reads', () => {
    const mine = setProperty(add('b')(add('t')(pages)), 'b', 'text', '{{ t.value }}');
    const theirs = setProperty(add('t')(pages), 't', 'text', 'theirs');
    const { merged, clashes, renamed } = mergePages(pages, mine, theirs, new Set(['b', 't2']));
    expect(clashes).toEqual([]);
    expect(renamed.map(({ from, to }) => [from, to])).toEqual([
      ['t', 't3'],
      ['b', 'b2'],
    ]);
    const { components } = merged.pages.p!;
    expect(components.t?.props.text).toBe('theirs');
    expect(components.b2?.props.text).toBe('{{ t3.value }}');
    expect(components.t3).toBeDefined();
    // Elsewhere too: an id is unique in the app.
    const there = placeComponent(addPage(pages, 'q', 'Q'), { slug: 'q', type: 'text', id: 't' });
    expect(Object.keys(mergePages(pages, add('t')(pages), there, NONE).merged.pages.p!.components)).toEqual([
      't2',
    ]);
  });
  it('keeps two pages of one address apart, and places mine after theirs', () => {
    const mine = setHome(addPage(pages, 'q', 'Q'), 'q');
    const theirs = placeComponent(addPage(pages, 'q', 'Q'), { slug: 'q', type: 'text', id: 't' });
    const { merged, clashes, renamed } = mergePages(pages, mine, theirs, NONE);
    expect([clashes, renamed]).toEqual([[], [{ kind: 'page', from: 'q', to: 'q-2' }]]);
    expect(merged.home).toBe('q-2');
    expect(Object.keys(merged.pages.q!.components)).toEqual(['t']);
    expect(Object.keys(merged.pages['q-2']!.components)).toEqual([]);
    expect(merged.pages['q-2']!.order > merged.pages.q!.order).toBe(true);
  });
  it('takes a page with another address for the page that it was', () => {
    const base = add('t')(pages);
    const theirs = setProperty(base, 't', 'text', 'theirs');
    for (const [mine, other] of [
      [moveAddress(base, 'p', 'new'), theirs],
      [theirs, moveAddress(base, 'p', 'new')],
    ] as const) {
      const { merged, clashes, renamed } = mergePages(base, mine, other, NONE);
      expect([clashes, renamed, Object.keys(merged.pages), merged.home]).toEqual([[], [], ['new'], 'new']);
      expect(merged.pages.new!.components.t?.props.text).toBe('theirs');
    }
  });
  it('B4 lets nothing overlap, nor stand within itself, and theirs stays where it is', () => {
    const base = add('t')(pages);
    const { merged } = mergePages(base, add('mine')(base), add('theirs')(base), NONE);
    const { mine, theirs } = merged.pages.p!.components;
    expect(theirs!.layout).toEqual(add('theirs')(base).pages.p!.components.theirs!.layout);
    expect(overlaps(mine!.layout, theirs!.layout)).toBe(false);
    expect(mine!.order > theirs!.order).toBe(true);

    // What changes by making room as well clashes, and ends no circle: b grows for nothing, and nothing moves up.
    const boxes = roomy('a', 'b');
    const into = (id: string, parent: string) => reparentComponents(boxes, 'p', new Map([[id, { parent }]]));
    const { components } = mergePages(boxes, into('a', 'b'), into('b', 'a'), NONE).merged.pages.p!;
    expect(
      [components.a?.parent, components.b?.parent].filter((parent) => parent === undefined),
    ).toHaveLength(1);
  });
  it('puts on the page what one side put into a container that the other deleted', () => {
    const base = roomy('a');
    const mine = placeComponent(base, { slug: 'p', type: 'text', id: 't', parent: 'a' });
    const { merged, clashes } = mergePages(base, mine, deleteComponents(base, 'p', ['a']), NONE);
    expect(clashes).toEqual([]);
    expect(Object.keys(merged.pages.p!.components)).toEqual(['t']);
    expect(merged.pages.p!.components.t).not.toHaveProperty('parent');
  });
});

describe('B6 no work is lost', () => {
  const local = (room = Number.POSITIVE_INFINITY) => {
    const map = new Map<string, string>();
    return {
      getItem: (k: string) => map.get(k) ?? null,
      setItem: (k: string, v: string) => {
        if (v.length > room) throw new DOMException('full', 'QuotaExceededError');
        map.set(k, v);
      },
      removeItem: (k: string) => void map.delete(k),
      key: (i: number) => [...map.keys()][i] ?? null,
      get length() {
        return map.size;
      },
    };
  };
  /** A browser's database that takes a while, or none. */
  const database = (held?: Map<string, string>): BrowserDatabase => ({
    read: async () => [...(held ?? [])],
    write: async (key, text) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (text === null) held?.delete(key);
      else held?.set(key, text);
      return held !== undefined;
    },
  });
  const ada = placeOfPerson('ada');
  const memory = (storage = local(), held?: Map<string, string>, place = ada) =>
    createCopies(place, storage, database(held), held);
  const server = () => {
    const state = { version: 1, pages, fail: undefined as Error | undefined, saves: 0 };
    const calls: DraftCalls = {
      getDraft: async () => draft(state.version, state.pages),
      savePages: async (version, next) => {
        state.saves += 1;
        if (state.fail) throw state.fail;
        if (version !== state.version) throw problem(409, 'draft_conflict');
        state.pages = next;
        state.version += 1;
        return { version: state.version };
      },
      saveQuery: async (_name, document) => {
        state.version += 1;
        return { version: state.version, query: { document, compiled: {} as never, digest: 'd' } };
      },
      removeQuery: async () => ({ version: ++state.version }),
    };
    return { state, calls };
  };
  const problem = (status: number, code = 'x') =>
    new ApiProblem({ type: '', code, title: 'T', status, next: 'N', requestId: 'r' });
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('saves once after a burst, under the version it was made from', async () => {
    const { state, calls } = server();
    const store = createEditorStore(draft());
    createSaver(store, calls, memory(), 'visit');
    for (const id of ['a', 'b', 'c']) store.getState().edit('Place', add(id));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(state.saves).toBe(1);
    expect(Object.keys(state.pages.pages.p!.components)).toEqual(['a', 'b', 'c']);
    expect(store.getState()).toMatchObject({ version: 2, save: { state: 'saved' } });
  });

  it('keeps unsaved work in the browser, says why, and tries again', async () => {
    const { state, calls } = server();
    const storage = memory();
    const store = createEditorStore(draft());
    createSaver(store, calls, storage, 'visit');
    state.fail = new TypeError('Failed to fetch');
    store.getState().edit('Place', add('a'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.getState().save).toMatchObject({ state: 'failed', retries: true });
    expect(shelvedPages(storage, 'a')[0]?.work.pages.pages.p?.components).toHaveProperty('a');
    state.fail = undefined;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(store.getState().save.state).toBe('saved');
    expect(shelvedPages(storage, 'a')).toEqual([]);
  });

  it('keeps the unsaved work of each visit: what another tab does leaves it alone', async () => {
    const { state, calls } = server();
    const storage = memory();
    state.fail = new TypeError('Failed to fetch');
    const [crashed, later] = [createEditorStore(draft()), createEditorStore(draft())];
    createSaver(crashed, calls, storage, 'crashed');
    createSaver(later, calls, storage, 'later');
    crashed.getState().edit('Place', add('mine'));
    later.getState().edit('Place', add('later'));
    await vi.advanceTimersByTimeAsync(1_000);
    const kept = () =>
      shelvedPages(storage, 'a').flatMap(({ work }) => Object.keys(work.pages.pages.p!.components));
    expect(kept().sort()).toEqual(['later', 'mine']);
    later.getState().undo();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(kept()).toEqual(['mine']);
  });

  it('keeps it for each person: who else signs in on this browser is offered nothing of it', async () => {
    const [storage, held] = [local(400), new Map<string, string>()];
    const long = setProperty(add('t')(pages), 't', 'text', 'x'.repeat(500));
    const copies = memory(storage, held);
    void shelvePages(copies, 'a', 'small', { version: 1, at: 1, base: pages, pages });
    void shelvePages(copies, 'a', 'large', { version: 1, at: 2, base: pages, pages: long });
    void shelveText(copies, 'a', 'text', 'q', { over: null, at: 3, document: rest });
    await vi.advanceTimersByTimeAsync(100);
    expect([storage.length, held.size]).toEqual([2, 1]);
    const bob = memory(storage, held, placeOfPerson('bob'));
    expect(visitsLeft(bob, 'a')).toEqual([]);
    clearPages(bob, 'a', 'small');
    expect(visitsLeft(memory(storage, held), 'a')).toEqual(['large', 'small', 'text']);
  });

  it('what cannot be read, or is over a limit, hides nothing else that was kept', () => {
    const storage = memory();
    void storage.put('unsaved.a.torn', '{"version":1,');
    void storage.put('unsaved.a.other', '{"version":1}');
    const long = setProperty(add('t')(pages), 't', 'text', 'x'.repeat(30_000));
    void shelvePages(storage, 'a', 'whole', { version: 1, at: 2, base: pages, pages: long });
    expect(shelvedPages(storage, 'a')).toMatchObject([{ visit: 'whole', work: { pages: long } }]);
  });

  it('what the local storage has no room for is kept in the database, and found by a later visit', async () => {
    const { state, calls } = server();
    const [storage, held] = [local(400), new Map<string, string>()];
    const copies = memory(storage, held);
    const store = createEditorStore(draft());
    const saver = createSaver(store, calls, copies, 'visit');
    state.fail = new TypeError('Failed to fetch');
    store.getState().edit('Place', add('a'));
    expect(storage.length).toBe(1);
    for (const id of ['b', 'c', 'd']) store.getState().edit('Place', add(id));
    expect(copies.unkept(), 'until it is written').toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await saver.kept()).toBe(true);
    expect(copies.unkept()).toBe(false);
    expect([storage.length, held.size], 'and the older copy goes').toEqual([0, 1]);
    const found = shelvedPages(memory(storage, held), 'a');
    expect(found.map(({ work }) => Object.keys(work.pages.pages.p!.components))).toEqual([
      ['a', 'b', 'c', 'd'],
    ]);
    state.fail = undefined;
    await vi.advanceTimersByTimeAsync(10_000);
    expect([storage.length, held.size], 'nothing of what is saved').toEqual([0, 0]);
  });

  it('says when this browser has no room for a copy, and keeps the older one', async () => {
    const { state, calls } = server();
    const storage = local(400);
    const copies = memory(storage);
    const store = createEditorStore(draft());
    createSaver(store, calls, copies, 'visit');
    state.fail = new TypeError('Failed to fetch');
    store.getState().edit('Place', add('a'));
    expect(store.getState().kept).toBe(true);
    for (const id of ['b', 'c', 'd']) store.getState().edit('Place', add(id));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.getState()).toMatchObject({ kept: false, save: { state: 'failed' } });
    expect(copies.unkept()).toBe(true);
    const found = shelvedPages(memory(storage), 'a');
    expect(found.map(({ work }) => Object.keys(work.pages.pages.p!.components))).toEqual([['a']]);
    state.fail = undefined;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(store.getState()).toMatchObject({ kept: true, save: { state: 'saved' } });
    expect(copies.unkept()).toBe(false);
  });

  it('of an older copy beside a newer one, a later visit is offered the newer alone', async () => {
    const [storage, held] = [local(), new Map<string, string>()];
    const work = (at: number) => ({ version: 1, at, base: pages, pages });
    await shelvePages(memory(storage), 'a', 'visit', work(2));
    held.set(`${ada}unsaved.a.visit`, JSON.stringify(work(1)));
    const copies = memory(storage, held);
    expect(shelvedPages(copies, 'a').map((one) => one.work.at)).toEqual([2]);
    clearPages(copies, 'a', 'visit');
    await vi.advanceTimersByTimeAsync(100);
    expect([storage.length, held.size]).toEqual([0, 0]);
  });

  it('keeps the text of a query for each visit, and what it was made from', () => {
    const storage = memory();
    const text = (name: string, at: number): ShelvedText => ({
      over: 'digest',
      at,
      // A header whose name is being typed again.
      document: { ...rest, headers: [{ name: '', value: name }] },
    });
    void shelveText(storage, 'a', 'one', 'q', text('one', 1));
    void shelveText(storage, 'a', 'two', 'q', text('two', 2));
    void shelveText(storage, 'b', 'one', 'q', text('of another app', 3));
    expect(shelvedTexts(storage, 'a').map(({ visit, name, text }) => [visit, name, text.at])).toEqual([
      ['two', 'q', 2],
      ['one', 'q', 1],
    ]);
    expect(visitsLeft(storage, 'a')).toEqual(['two', 'one']);
    clearText(storage, 'a', 'two', 'q');
    expect(shelvedTexts(storage, 'a')).toEqual([{ visit: 'one', name: 'q', text: text('one', 1) }]);
  });

  it('what was saved, with its answer lost, is not the work of somebody else', async () => {
    const { state, calls } = server();
    const store = createEditorStore(draft());
    let answers = false;
    const lost: DraftCalls = {
      ...calls,
      savePages: async (version, next) => {
        const answer = await calls.savePages(version, next);
        if (answers) return answer;
        answers = true;
        throw new TypeError('Failed to fetch');
      },
    };
    createSaver(store, lost, memory(), 'visit');
    store.getState().edit('Place', add('a'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.getState().save.state).toBe('failed');
    store.getState().edit('Place', add('b'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(store.getState().save.state).toBe('saved');
    expect(Object.keys(state.pages.pages.p!.components)).toEqual(['a', 'b']);
  });

  it('does not hammer what was refused', async () => {
    const { state, calls } = server();
    const store = createEditorStore(draft());
    createSaver(store, calls, memory(), 'visit');
    state.fail = problem(422);
    store.getState().edit('Place', add('a'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.saves).toBe(1);
    expect(store.getState().save).toMatchObject({ state: 'failed', retries: false });
    // What came without its reason was not refused by the server.
    state.fail = problem(409, 'unreadable_answer');
    store.getState().edit('Place', add('b'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(store.getState().save).toMatchObject({ state: 'failed', retries: true });
  });

  it.each(['combine', 'mine', 'theirs'] as const)('a conflict keeps both sides: %s', async (how) => {
    const { state, calls } = server();
    const store = createEditorStore(draft());
    const saver = createSaver(store, calls, memory(), 'visit');
    state.pages = add('theirs')(pages);
    state.version = 5;
    store.getState().edit('Place', add('mine'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(store.getState().save.state).toBe('conflict');
    expect(state.pages.pages.p!.components).not.toHaveProperty('mine');
    saver.resolve(how);
    await vi.advanceTimersByTimeAsync(2_000);
    const want = { combine: ['mine', 'theirs'], mine: ['mine'], theirs: ['theirs'] }[how];
    expect(Object.keys(state.pages.pages.p!.components).sort()).toEqual(want);
    if (how === 'theirs') {
      store.getState().undo();
      expect(store.getState().document.pages.p!.components).toHaveProperty('mine');
    }
  });

  it('a query is saved over the one that it was made from', async () => {
    const { calls } = server();
    const sent: (string | null)[] = [];
    const store = createEditorStore(draft());
    const saver = createSaver(
      store,
      {
        ...calls,
        saveQuery: async (name, document, was) => {
          sent.push(was);
          const { version } = await calls.saveQuery(name, document, was);
          return { version, query: { document, compiled: {} as never, digest: `d${sent.length}` } };
        },
      },
      memory(),
      'visit',
    );
    await saver.saveQuery('q', { kind: 'sql' } as never);
    await saver.saveQuery('q', { kind: 'sql' } as never);
    await saver.saveQuery('q', { kind: 'sql' } as never, { was: 'older' });
    expect(sent).toEqual([null, 'd1', 'older']);
  });

  it('a query save that skips a version takes their pages in, or asks', async () => {
    const { state, calls } = server();
    const store = createEditorStore(draft());
    const saver = createSaver(store, calls, memory(), 'visit');
    state.pages = add('theirs')(pages);
    state.version = 3;
    await saver.saveQuery('q', { kind: 'sql' } as never);
    expect(store.getState().document.pages.p!.components).toHaveProperty('theirs');
    expect(store.getState()).toMatchObject({ version: 4, save: { state: 'saved' } });
  });
});
