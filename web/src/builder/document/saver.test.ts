import type { AppPages, Draft } from '@sallyport/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../../lib/api-problem.ts';
import type { Copies } from './browser-copies.ts';
import { deleteComponents } from './delete-components.ts';
import { createEditorStore } from './editor-store.ts';
import { placeComponent } from './place-component.ts';
import { createSaver, type DraftCalls } from './saver.ts';

const pages: AppPages = {
  home: 'p',
  pages: { p: { title: 'P', order: 'a0', components: {}, onLoad: [] } },
  variables: {},
};
const add = (id: string) => (d: AppPages) => placeComponent(d, { slug: 'p', type: 'text', id });
const draft = (more: object = {}): Draft =>
  ({ app: { id: 'a', name: 'A' }, version: 1, changedByYou: false, pages, queries: {}, ...more }) as never;

/** An editor whose server takes a second for each call, and says which of them it got. */
function open(more: Partial<DraftCalls> = {}) {
  const got: string[] = [];
  const copies = new Set<string>();
  const server = { version: 1, busy: 0, fail: undefined as Error | undefined };
  const answer = async (what: string) => {
    got.push(server.busy > 0 ? `${what} beside another` : what);
    server.busy += 1;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    server.busy -= 1;
    if (server.fail) throw server.fail;
    server.version += 1;
    return { version: server.version };
  };
  const calls: DraftCalls = {
    getDraft: async () => draft(),
    savePages: (version, next) => answer(`${version}: ${Object.keys(next.pages.p!.components)}`),
    saveQuery: async (name, document) => ({
      ...(await answer(name)),
      query: { document, compiled: {} as never, digest: 'd' },
    }),
    removeQuery: (name) => answer(`without ${name}`),
    ...more,
  };
  const browser: Copies = {
    below: () => [],
    put: async (key) => {
      copies.add(key);
      return true;
    },
    take: (key) => void copies.delete(key),
    unkept: () => false,
  };
  const store = createEditorStore(draft());
  return { store, saver: createSaver(store, calls, browser, 'visit'), got, copies, server };
}

describe('B6 the pages are saved by themselves', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('one call at a time, with those that change a query: each needs the version of the one before', async () => {
    const { store, saver, got } = open();
    const saved = saver.saveQuery('q', { kind: 'sql' } as never);
    store.getState().edit('Place', add('a'));
    const removed = saver.removeQuery('q');
    await vi.advanceTimersByTimeAsync(5_000);
    await Promise.all([saved, removed]);
    expect(got).toEqual(['q', 'without q', '3: a']);
    expect(store.getState()).toMatchObject({ version: 4, queries: {}, save: { state: 'saved' } });
  });

  it('what is done while a save is under way waits, and is saved after it', async () => {
    const { store, got, copies } = open();
    const state = () => store.getState().save.state;
    store.getState().edit('Place', add('a'));
    expect(state()).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1_500);
    expect(state()).toBe('saving');
    store.getState().edit('Place', add('b'));
    await vi.advanceTimersByTimeAsync(300);
    expect([state(), copies.size, got.length]).toEqual(['waiting', 1, 1]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([state(), copies.size, got]).toEqual(['saved', 0, ['1: a', '2: a,b']]);
  });

  it('what was taken back by hand is not sent, and no copy of it stays', async () => {
    const { store, got, copies } = open();
    store.getState().edit('Place', add('a'));
    store.getState().edit('Delete', (d) => deleteComponents(d, 'p', ['a']));
    expect(copies.size).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([store.getState().save.state, copies.size, got]).toEqual(['saved', 0, []]);
    expect(store.getState().base).toBe(store.getState().document);
  });

  it('is tried again after pauses that grow, and after a success from the shortest', async () => {
    const { store, got, server } = open();
    server.fail = new TypeError('Failed to fetch');
    store.getState().edit('Place', add('a'));
    await vi.advanceTimersByTimeAsync(1_700 + 3_000 + 6_000);
    expect(got).toHaveLength(3);
    server.fail = undefined;
    await vi.advanceTimersByTimeAsync(16_000);
    expect([store.getState().save.state, got.length]).toEqual(['saved', 4]);
    server.fail = new TypeError('Failed to fetch');
    store.getState().edit('Place', add('b'));
    await vi.advanceTimersByTimeAsync(1_700 + 3_000);
    expect(got).toHaveLength(6);
  });

  it('nothing is sent while somebody is asked about a conflict, whose queries and name are there, nor after the end', async () => {
    const conflict = new ApiProblem({
      type: '',
      code: 'draft_conflict',
      title: 'T',
      status: 409,
      next: 'N',
      requestId: 'r',
    });
    const theirs = draft({
      app: { id: 'a', name: 'Theirs' },
      version: 5,
      pages: add('theirs')(pages),
      queries: { q: {} },
    });
    const { store, saver, got, server } = open({ getDraft: async () => theirs });
    server.fail = conflict;
    store.getState().edit('Place', add('a'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(store.getState()).toMatchObject({
      save: { state: 'conflict' },
      app: { name: 'Theirs' },
      queries: { q: {} },
    });
    store.getState().edit('Place', add('b'));
    await Promise.all([saver.flush(), vi.advanceTimersByTimeAsync(5_000)]);
    expect(got).toHaveLength(1);
    saver.resolve('mine');
    saver.stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(got).toHaveLength(1);
  });
});
