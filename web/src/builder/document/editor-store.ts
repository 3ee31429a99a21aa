import type { AppPages, AppRow, Draft } from '@sallyport/contract';
import { createStore } from 'zustand/vanilla';
import { emptyHistory, type History, record, redo, type Step, undo } from './history.ts';
import { componentIds } from './identifiers.ts';
import { locate, topmost } from './locate.ts';
import type { Rename } from './rename-expression.ts';

/** What the top bar says about the pages; B6. */
export type SaveState =
  | { readonly state: 'saved'; readonly at: number | undefined }
  | { readonly state: 'waiting' }
  | { readonly state: 'saving' }
  /** `retries`: it is tried again by itself. */
  | { readonly state: 'failed'; readonly title: string; readonly next: string; readonly retries: boolean }
  | { readonly state: 'conflict'; readonly theirs: Draft };

export interface EditorState {
  readonly app: AppRow;
  /** The version on the server that `base` is. */
  readonly version: number;
  readonly base: AppPages;
  readonly document: AppPages;
  readonly queries: Draft['queries'];
  readonly history: History;
  readonly page: string;
  readonly selection: readonly string[];
  readonly save: SaveState;
  /** Whether this browser has a copy of what is unsaved. */
  readonly kept: boolean;
}

export interface EditOptions {
  /** Edits with the same key within a second are undone as one. */
  readonly key?: string;
  readonly select?: readonly string[];
  readonly page?: string;
  readonly rename?: Rename;
}

export interface EditorActions {
  edit(label: string, change: (document: AppPages) => AppPages, options?: EditOptions): void;
  /** Takes a step back; gives it, so that its rename can be taken back in the queries too. */
  undo(): Step | undefined;
  redo(): Step | undefined;
  select(ids: readonly string[]): void;
  toggle(id: string): void;
  showPage(slug: string): void;
  set(part: Partial<Pick<EditorState, 'app' | 'version' | 'base' | 'queries' | 'save' | 'kept'>>): void;
  /** Component ids and query names: what a new name must not be. */
  takenNames(): Set<string>;
}
export type EditorStore = ReturnType<typeof createEditorStore>;

/** The state of one open editor. */
export function createEditorStore(draft: Draft, now: () => number = Date.now) {
  return createStore<EditorState & EditorActions>()((set, get) => ({
    app: draft.app,
    version: draft.version,
    base: draft.pages,
    document: draft.pages,
    queries: draft.queries,
    history: emptyHistory,
    page: draft.pages.home,
    selection: [],
    save: { state: 'saved', at: undefined },
    kept: true,

    edit(label, change, options = {}) {
      const state = get();
      const after = change(state.document);
      if (after === state.document) {
        if (options.select) get().select(options.select);
        return;
      }
      const page = present(after, options.page ?? state.page);
      const step: Step = {
        label,
        before: state.document,
        after,
        page,
        at: now(),
        key: options.key,
        rename: options.rename,
      };
      set({
        document: after,
        history: record(state.history, step),
        page,
        selection: standing(after, page, options.select ?? renamed(state.selection, options.rename)),
        save: state.save.state === 'conflict' ? state.save : { state: 'waiting' },
      });
    },

    undo() {
      const taken = undo(get().history);
      if (taken) set(arrive(get(), taken.history, taken.step.before, taken.step));
      return taken?.step;
    },
    redo() {
      const taken = redo(get().history);
      if (taken) set(arrive(get(), taken.history, taken.step.after, taken.step));
      return taken?.step;
    },

    select(ids) {
      const { document, page, selection } = get();
      const next = standing(document, page, ids);
      if (next.length !== selection.length || next.some((id, i) => id !== selection[i]))
        set({ selection: next });
    },
    toggle(id) {
      const { selection } = get();
      get().select(selection.includes(id) ? selection.filter((other) => other !== id) : [...selection, id]);
    },
    showPage(slug) {
      const page = present(get().document, slug);
      if (page !== get().page) set({ page, selection: [] });
    },
    set,
    takenNames() {
      const { document, queries } = get();
      return new Set([...componentIds(document), ...Object.keys(queries)]);
    },
  }));
}

const present = (document: AppPages, slug: string): string =>
  Object.hasOwn(document.pages, slug) ? slug : document.home;

const standing = (document: AppPages, page: string, ids: readonly string[]): string[] =>
  ids.filter((id) => locate(document, id)?.slug === page);

const renamed = (ids: readonly string[], rename: Rename | undefined): readonly string[] =>
  rename?.kind === 'component' ? ids.map((id) => (id === rename.from ? rename.to : id)) : ids;

function arrive(state: EditorState, history: History, document: AppPages, step: Step): Partial<EditorState> {
  const page = present(document, step.page);
  const back = document === step.before;
  const rename =
    step.rename && (back ? { ...step.rename, from: step.rename.to, to: step.rename.from } : step.rename);
  // What a step brings back is what the person looks for: they may want to move it at once.
  const before = state.document.pages[page]?.components ?? {};
  const here = document.pages[page];
  const brought = here
    ? topmost(
        here,
        Object.keys(here.components).filter((id) => !before[id]),
      )
    : [];
  const selection = rename || brought.length === 0 ? renamed(state.selection, rename) : brought;
  return {
    history,
    document,
    page,
    selection: standing(document, page, selection),
    save: state.save.state === 'conflict' ? state.save : { state: 'waiting' },
  };
}
