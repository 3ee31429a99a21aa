import type { AppPages, Draft, QueryDocument } from '@sallyport/contract';
import { ApiProblem, isRefused } from '../../lib/api-problem.ts';
import { explainError } from '../../lib/explain-error.ts';
import { sameValue } from '../../lib/same-value.ts';
import type { Copies } from './browser-copies.ts';
import type { EditorStore } from './editor-store.ts';
import { mergePages } from './merge-pages.ts';
import { clearPages, shelvePages } from './shelf.ts';

/** The calls that change a draft; each answers with the version that it made. */
export interface DraftCalls {
  getDraft(): Promise<Draft>;
  savePages(version: number, pages: AppPages): Promise<{ version: number }>;
  saveQuery(
    name: string,
    document: QueryDocument,
    /** The digest of the saved query that this was made from; null for none. */
    was: string | null,
    from?: string,
  ): Promise<{ version: number; query: DraftQuery }>;
  removeQuery(name: string): Promise<{ version: number }>;
}
type DraftQuery = Draft['queries'][string];

export interface Saver {
  /** Saves what is unsaved now; resolves when nothing waits, or when it cannot be saved. */
  flush(): Promise<void>;
  /** `was`: the digest of what the text was made from, when that is not the query as this editor knows it. */
  saveQuery(
    name: string,
    document: QueryDocument,
    more?: { readonly from?: string; readonly was?: string | null },
  ): Promise<DraftQuery>;
  removeQuery(name: string): Promise<void>;
  /** Ends a conflict: joins both, or takes one side. Every way can be undone. */
  resolve(how: 'combine' | 'mine' | 'theirs'): void;
  /** Whether this browser has a copy of what is unsaved, as soon as that is known. */
  kept(): Promise<boolean>;
  stop(): void;
}

const QUIET_MS = 700;
const RETRY_MS = [2_000, 5_000, 15_000, 30_000];

/**
 * Saves pages by themselves after a short quiet, one call at a time, each naming the version it was made from (B6).
 * Unsaved work is shelved in this browser until the server has it.
 */
export function createSaver(store: EditorStore, calls: DraftCalls, copies: Copies, visit: string): Saver {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let stopped = false;
  /** What was sent and not answered: the server may have it all the same. */
  let unanswered: AppPages | undefined;
  let last: Promise<unknown> = Promise.resolve();
  /** Calls that change the draft never overlap: each needs the version of the one before. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
  const appId = store.getState().app.id;
  const isDirty = () => store.getState().document !== store.getState().base;

  let keeping: Promise<boolean> = Promise.resolve(true);
  const keep = () => {
    const { version, base, document } = store.getState();
    if (document === base) return forget();
    const now = shelvePages(copies, appId, visit, { version, at: Date.now(), base, pages: document });
    keeping = now;
    void now.then((kept) => {
      if (keeping === now && store.getState().kept !== kept) store.getState().set({ kept });
    });
  };
  const forget = () => {
    clearPages(copies, appId, visit);
    keeping = Promise.resolve(true);
    if (!store.getState().kept) store.getState().set({ kept: true });
  };
  const schedule = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void inTurn(save), ms);
  };

  const save = async (): Promise<void> => {
    const { document, base, version, save: now } = store.getState();
    if (stopped || now.state === 'conflict') return;
    if (document === base || sameValue(document, base)) {
      store.getState().set({ base: document, save: { state: 'saved', at: Date.now() } });
      return forget();
    }
    store.getState().set({ save: { state: 'saving' } });
    try {
      const answer = await calls.savePages(version, document);
      failures = 0;
      unanswered = undefined;
      const still = store.getState().document !== document;
      store.getState().set({
        version: answer.version,
        base: document,
        save: still ? { state: 'waiting' } : { state: 'saved', at: Date.now() },
      });
      keep();
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'draft_conflict') return meet();
      unanswered = document;
      fail(error);
    }
  };

  const fail = (error: unknown) => {
    const { title, next } = explainError(error);
    const refused = isRefused(error);
    store.getState().set({ save: { state: 'failed', title, next, retries: !refused } });
    keep();
    if (!refused) schedule(RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)] ?? 30_000);
  };

  /** Somebody saved in between, maybe this person in another tab: takes their state in when it leaves ours alone, and asks otherwise. */
  const meet = async (): Promise<void> => {
    let theirs: Draft;
    try {
      theirs = await calls.getDraft();
    } catch (error) {
      return fail(error);
    }
    const { base, document } = store.getState();
    const { set } = store.getState();
    set({ app: theirs.app, queries: theirs.queries });
    // Theirs may be ours: saved already, or by a call whose answer was lost.
    const own = [document, base, unanswered].find((one) => one !== undefined && sameValue(theirs.pages, one));
    if (own !== undefined) {
      set({ version: theirs.version, base: own });
      return save();
    }
    if (document === base) {
      store.getState().edit('Merge with the saved version', () => theirs.pages);
      set({ version: theirs.version, base: theirs.pages, save: { state: 'saved', at: Date.now() } });
      return;
    }
    keep();
    set({ save: { state: 'conflict', theirs } });
  };

  const afterQuery = async (version: number): Promise<void> => {
    // One up is ours; more means that it was saved elsewhere as well.
    if (version === store.getState().version + 1) store.getState().set({ version });
    else await meet();
  };

  const unsubscribe = store.subscribe((state, before) => {
    if (state.document === before.document) return;
    keep();
    if (state.save.state !== 'conflict' && state.document !== state.base) schedule(QUIET_MS);
  });

  return {
    async flush() {
      clearTimeout(timer);
      for (let turns = 0; turns < 3 && isDirty(); turns += 1) await inTurn(save);
      await last;
    },
    saveQuery: (name, document, { from, was } = {}) =>
      inTurn(async () => {
        const known = store.getState().queries[from ?? name]?.digest ?? null;
        const answer = await calls.saveQuery(name, document, was === undefined ? known : was, from);
        const { [from ?? name]: _old, ...others } = store.getState().queries;
        store.getState().set({ queries: { ...others, [name]: answer.query } });
        await afterQuery(answer.version);
        return answer.query;
      }),
    removeQuery: (name) =>
      inTurn(async () => {
        const answer = await calls.removeQuery(name);
        const { [name]: _gone, ...queries } = store.getState().queries;
        store.getState().set({ queries });
        await afterQuery(answer.version);
      }),
    resolve(how) {
      const { save: now, base, document, set, edit } = store.getState();
      if (now.state !== 'conflict') return;
      const { theirs } = now;
      set({ save: { state: 'waiting' }, version: theirs.version, base: theirs.pages });
      if (how === 'combine') {
        const names = new Set(Object.keys(theirs.queries));
        edit('Merge with the saved version', () => mergePages(base, document, theirs.pages, names).merged);
      } else if (how === 'theirs') {
        edit('Use the saved version', () => theirs.pages);
      }
      schedule(0);
    },
    kept: () => keeping,
    stop() {
      keep();
      stopped = true;
      clearTimeout(timer);
      unsubscribe();
    },
  };
}
