import { contract, type Draft, type QueryDocument, type SourceView } from '@sallyport/contract';
import { call } from '../../lib/api.ts';
import { ApiProblem, isRefused } from '../../lib/api-problem.ts';
import { explainError } from '../../lib/explain-error.ts';
import { sameValue } from '../../lib/same-value.ts';
import { notify, notifyError, retract } from '../../ui/toast-store.ts';
import type { Builder } from '../builder-context.ts';
import { copyId, freeId, nameProblem } from '../document/identifiers.ts';
import { withSettingsInUse } from '../document/settings-in-use.ts';
import { clearText, shelvedTexts, shelveText } from '../document/shelf.ts';
import type { Check } from './check.ts';
import { opened } from './panel-store.ts';
import { newQuery, saysNothing } from './query-draft.ts';

const QUIET_MS = 450;
const timers = new WeakMap<Builder, Map<string, ReturnType<typeof setTimeout>>>();

type DraftQuery = Draft['queries'][string];

/** Opens a query in the panel; text that was not saved the last time comes back. */
export function openQuery(builder: Builder, name: string): void {
  const { panel, editor, view } = builder;
  view.getState().show({ panelOpen: true });
  if (panel.getState().open[name]) {
    panel.getState().show(name);
    return;
  }
  const query = editor.getState().queries[name];
  if (!query) return;
  const found = findText(builder, name);
  const unsaved = found?.text;
  const check: Check = { state: 'compiles', compiled: query.compiled };
  panel
    .getState()
    .show(name, opened(unsaved?.document ?? query.document, { over: unsaved?.over ?? query.digest, check }));
  if (!found) return;
  takeOver(builder, name, found);
  notify({
    tone: 'ok',
    title: `Restored unsaved text of ${name}.`,
    text: 'It was kept in your browser.',
    action: { label: 'Use the saved version', run: () => revertQuery(builder, name) },
  });
  void checkNow(builder, name);
}

/** Brings back queries that were begun and never saved: only this browser has them. */
export function reopenBegun(builder: Builder): void {
  const { editor, panel, copies, appId, left } = builder;
  for (const { visit, name, text } of shelvedTexts(copies, appId)) {
    if (!left.includes(visit) || editor.getState().queries[name]) continue;
    const taken = takenOrBegun(builder);
    const free = nameProblem(name, taken) === undefined ? name : copyId(name, taken);
    panel.getState().show(free, opened(text.document));
    takeOver(builder, free, { visit, name });
    void checkNow(builder, free);
  }
}

/** Keeps what is unsaved of a query in this browser, and nothing of one that is saved; says where it stands when it cannot. */
export async function keepText(builder: Builder, name: string): Promise<boolean> {
  const { panel, copies, appId, visit } = builder;
  const open = panel.getState().open[name];
  let kept = true;
  if (!open || !isDirty(builder, name)) clearText(copies, appId, visit, name);
  else {
    const { over, document } = open;
    kept = await shelveText(copies, appId, visit, name, { over, at: Date.now(), document });
  }
  const now = panel.getState().open[name];
  if (now && now.document === open?.document && now.kept !== kept) panel.getState().change(name, { kept });
  return kept;
}

/** The newest text of a query that this visit closed, or one before it left. */
function findText({ editor, copies, appId, visit, left }: Builder, name: string) {
  const saved = editor.getState().queries[name]?.document;
  for (const found of shelvedTexts(copies, appId)) {
    if (found.name !== name || (found.visit !== visit && !left.includes(found.visit))) continue;
    if (!sameValue(found.text.document, saved)) return found;
    clearText(copies, appId, found.visit, name);
  }
  return undefined;
}

/** From here on, this visit keeps what another left; where it cannot, what that one kept stays. */
function takeOver(builder: Builder, name: string, from: { readonly visit: string; readonly name: string }) {
  const { copies, appId, visit } = builder;
  void keepText(builder, name).then((kept) => {
    if (kept && from.visit !== visit) clearText(copies, appId, from.visit, from.name);
  });
}

/** What a new name must not be: also the names of queries that were begun and never saved. */
export const takenOrBegun = ({ editor, panel }: Builder): Set<string> =>
  new Set([...editor.getState().takenNames(), ...Object.keys(panel.getState().open)]);

/** Gives a query that was begun another name, where one that is saved comes to have its own. */
export function setAsideBegun(builder: Builder, name: string): void {
  const { panel } = builder;
  if (!panel.getState().open[name]) return;
  const free = copyId(name, takenOrBegun(builder));
  panel.getState().rename(name, free);
  void keepText(builder, free);
  notify({
    tone: 'warn',
    title: `The query ${name} that is not saved is now called ${free}.`,
    text: 'Its name is that of a saved query again.',
  });
}

/** Begins a query over a source; it is on the server after its first save. */
export function createQuery(builder: Builder, source: Pick<SourceView, 'slug' | 'engine'>): void {
  const name = freeId('query', takenOrBegun(builder));
  builder.view.getState().show({ panelOpen: true });
  builder.panel.getState().show(name, opened(newQuery(source)));
  // A request says something from the beginning.
  void checkNow(builder, name);
}

export function duplicateQuery(builder: Builder, name: string): void {
  const { panel, editor, view } = builder;
  const document = panel.getState().open[name]?.document ?? editor.getState().queries[name]?.document;
  if (!document) return;
  const copy = copyId(name, takenOrBegun(builder));
  view.getState().show({ panelOpen: true });
  panel.getState().show(copy, opened(document));
  void keepText(builder, copy);
  void checkNow(builder, copy);
}

/** Changes a query's text or settings: kept in this browser at once, checked by the server after a short quiet. */
export function changeQuery(builder: Builder, name: string, document: QueryDocument): void {
  builder.panel.getState().change(name, { document });
  void keepText(builder, name);
  const pending = timers.get(builder) ?? new Map<string, ReturnType<typeof setTimeout>>();
  timers.set(builder, pending);
  clearTimeout(pending.get(name));
  pending.set(
    name,
    setTimeout(() => void checkNow(builder, name), QUIET_MS),
  );
}

/** Makes a hole of this name a choice (Q2), whose list is then written in the settings. */
export function makeChoice(builder: Builder, name: string, choice: string): void {
  const document = builder.panel.getState().open[name]?.document;
  if (document?.kind !== 'sql') return;
  changeQuery(builder, name, { ...document, choices: { ...document.choices, [choice]: ['asc', 'desc'] } });
  builder.panel.getState().showTab('settings');
  // What it may be is for the builder to say: the keyboard is there.
  requestAnimationFrame(() => {
    const texts = globalThis.document.getElementById(choiceField(choice));
    if (texts instanceof HTMLTextAreaElement) texts.select();
    texts?.scrollIntoView({ block: 'nearest' });
  });
}

export const choiceField = (choice: string): string => `choice-${choice}`;

export function isDirty({ panel, editor }: Builder, name: string): boolean {
  const open = panel.getState().open[name];
  return open !== undefined && !sameValue(open.document, editor.getState().queries[name]?.document);
}

/** Queries that stand open with something in them that is not saved. */
export const unsavedQueries = (builder: Builder): string[] =>
  Object.entries(builder.panel.getState().open).flatMap(([name, { document }]) =>
    isDirty(builder, name) && !saysNothing(document) ? [name] : [],
  );

function revertQuery(builder: Builder, name: string): void {
  const query = builder.editor.getState().queries[name];
  if (!query) return;
  builder.panel.getState().change(name, asSaved(query));
  void keepText(builder, name);
}

/** An open query whose text is the saved one. */
const asSaved = ({ document, compiled, digest }: DraftQuery) => ({
  document,
  over: digest,
  check: { state: 'compiles', compiled } as const,
});

/** Asks the server to compile the text as it stands; an answer to older text is dropped. */
export async function checkNow(builder: Builder, name: string): Promise<void> {
  const { panel, appId } = builder;
  const document = panel.getState().open[name]?.document;
  if (!document || isEmpty(document)) return;
  let check: Check;
  try {
    const compiled = await call(contract.apps.checkQuery, {
      params: { id: appId },
      body: { document: withSettingsInUse(document) },
    });
    check = { state: 'compiles', compiled };
  } catch (error) {
    check = refusal(error, builder, name);
  }
  if (panel.getState().open[name]?.document !== document) return;
  const manual = runsManually(document, check);
  if (manual) {
    changeQuery(builder, name, manual);
    return;
  }
  panel.getState().change(name, { check });
}

/** A write never runs by itself: where it was refused for that, what to ask again, for it is not for the builder to correct. */
function runsManually(document: QueryDocument, check: Check): QueryDocument | undefined {
  const refused =
    document.run === 'auto' &&
    check.state === 'refused' &&
    check.places.some(({ path }) => /(^|[./])run$/.test(path ?? ''));
  return refused ? { ...document, run: 'manual' } : undefined;
}

const isEmpty = (document: QueryDocument): boolean => document.kind === 'sql' && document.text.trim() === '';

function refusal(error: unknown, { panel, editor }: Builder, name: string): Check {
  const last = panel.getState().open[name]?.check;
  const before =
    (last?.state === 'refused' ? last.before : last?.compiled) ?? editor.getState().queries[name]?.compiled;
  const { title, next, detail, code } = explainError(error);
  const places = error instanceof ApiProblem ? (error.problem.places ?? []) : [];
  const said = error instanceof ApiProblem ? error.problem.detail : detail;
  return { state: 'refused', title, next, detail: said, places, code, before, unanswered: !isRefused(error) };
}

/** What says that a query was not saved: the next save takes it back. */
const savingOf = (name: string): string => `save of ${name}`;

/** Saves a query; false when the server refused it, with the reason at its place. */
export async function saveQuery(builder: Builder, name: string): Promise<boolean> {
  const { panel, saver } = builder;
  const open = panel.getState().open[name];
  if (!open || open.saving) return false;
  if (isEmpty(open.document)) {
    notify({ tone: 'warn', title: `${name} is empty.`, text: 'Write a statement, then save.' });
    return false;
  }
  panel.getState().change(name, { saving: true });
  try {
    const query = await saver.saveQuery(name, withSettingsInUse(open.document), { was: open.over });
    retract(savingOf(name));
    const now = panel.getState().open[name];
    panel.getState().change(name, {
      over: query.digest,
      saving: false,
      // The server fills in defaults; text that was typed meanwhile stays.
      ...(now?.document === open.document && asSaved(query)),
    });
    void keepText(builder, name);
    return true;
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'draft_conflict') {
      panel.getState().change(name, { saving: false });
      return meetQuery(builder, name);
    }
    const check = refusal(error, builder, name);
    const manual = runsManually(open.document, check);
    if (manual && panel.getState().open[name]?.document === open.document) {
      // It was saved sooner than it was checked.
      panel.getState().change(name, { saving: false });
      changeQuery(builder, name, manual);
      return saveQuery(builder, name);
    }
    panel.getState().change(name, {
      saving: false,
      ...(check.state === 'refused' && check.places.length > 0 && { check }),
    });
    notifyError(error, `${name} was not saved.`, savingOf(name));
    return false;
  }
}

/** Saves the query that stands open, where something in it is not saved. */
export function saveBegun(builder: Builder): void {
  const { active, open } = builder.panel.getState();
  const document = active === undefined ? undefined : open[active]?.document;
  if (active !== undefined && document && isDirty(builder, active) && !isEmpty(document))
    void saveQuery(builder, active);
}

/** Another was saved since this one was opened: shows it, and asks whose stays (B6). True when it is this very one. */
async function meetQuery(builder: Builder, name: string): Promise<boolean> {
  const { appId, editor, panel, view } = builder;
  try {
    const { app, changedByYou, queries } = await call(contract.apps.getDraft, { params: { id: appId } });
    const saved = queries[name];
    editor.getState().set({ queries });
    // Saved here, by a call whose answer was lost.
    if (saved && sameValue(saved.document, panel.getState().open[name]?.document)) {
      panel.getState().change(name, asSaved(saved));
      void keepText(builder, name);
      return true;
    }
    const by = changedByYou ? null : app.updatedBy;
    view.getState().show({ dialog: { kind: 'queryConflict', name, theirs: saved, by } });
  } catch (error) {
    notifyError(error, `${name} was not saved.`, savingOf(name));
  }
  return false;
}

/** Ends that question: their text in the place of mine, or mine over theirs. */
export async function settleQuery(
  builder: Builder,
  name: string,
  theirs: DraftQuery | undefined,
  keep: 'mine' | 'theirs',
): Promise<void> {
  builder.panel.getState().change(name, { over: theirs?.digest ?? null });
  if (keep === 'mine') await saveQuery(builder, name);
  else revertQuery(builder, name);
}

/** What was saved elsewhere is taken in where nothing was changed here. */
export function followQueries({ editor, panel }: Builder): () => void {
  return editor.subscribe((now, before) => {
    if (now.queries === before.queries) return;
    for (const [name, open] of Object.entries(panel.getState().open)) {
      const query = now.queries[name];
      const known = before.queries[name];
      if (!query || !known || query === known || open.saving) continue;
      if (!sameValue(open.document, known.document)) continue;
      panel.getState().change(name, asSaved(query));
    }
  });
}

/** Removes a query from the draft, and what is open of it. */
export async function removeQuery(builder: Builder, name: string): Promise<void> {
  if (builder.editor.getState().queries[name]) await builder.saver.removeQuery(name);
  builder.panel.getState().close(name);
  builder.runs.getState().forget(name);
  void keepText(builder, name);
}
