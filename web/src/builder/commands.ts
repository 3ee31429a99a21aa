import { COMPONENTS, type ComponentType } from '@sallyport/contract';
import { explainError } from '../lib/explain-error.ts';
import { notify } from '../ui/toast-store.ts';
import type { Builder } from './builder-context.ts';
import { arrangeComponents, moveTogether } from './document/arrange-components.ts';
import { copyComponents, duplicateComponents, pasteComponents, readClipping } from './document/clipboard.ts';
import { deleteComponents } from './document/delete-components.ts';
import { duplicatePage } from './document/edit-pages.ts';
import type { EditorState } from './document/editor-store.ts';
import type { Step } from './document/history.ts';
import { newComponentId } from './document/identifiers.ts';
import { locate, topmost } from './document/locate.ts';
import { placeComponent } from './document/place-component.ts';
import { readsOriginals } from './document/reads-originals.ts';
import { COLUMNS } from './document/settle.ts';
import { renameInQueries } from './queries/rename-queries.ts';

const names = (ids: readonly string[]) =>
  ids.length === 1 ? (ids[0] as string) : `${ids.length} components`;

/** Places a new component: below everything in the selected container, or on the page. */
export function placeNew(
  builder: Builder,
  type: ComponentType,
  at?: { x: number; y: number; parent: string | undefined },
): void {
  const { document, page, selection, edit, takenNames } = builder.editor.getState();
  const id = newComponentId(type, takenNames());
  const chosen = selection.length === 1 ? locate(document, selection[0] as string) : undefined;
  const inside = chosen && COMPONENTS[chosen.component.type].container ? chosen.id : chosen?.component.parent;
  const parent = at ? at.parent : inside;
  edit(`Add ${id}`, (d) => placeComponent(d, { slug: page, type, id, parent, at }), { select: [id] });
  builder.view.getState().show({ inspectorTab: 'content' });
}

export function deleteSelection({ editor }: Builder, ids = editor.getState().selection): void {
  const { page, edit } = editor.getState();
  if (ids.length > 0) edit(`Delete ${names(ids)}`, (d) => deleteComponents(d, page, ids), { select: [] });
}

export function duplicateSelection({ editor }: Builder, ids = editor.getState().selection): void {
  const { document, page, edit, takenNames } = editor.getState();
  const copied = duplicateComponents(document, page, ids, takenNames());
  edit(`Duplicate ${names(ids)}`, () => copied.document, { select: copied.ids });
  tellOriginals(editor.getState(), copied.names);
}

/** Copies a page with all that stands on it. */
export function duplicateWholePage({ editor }: Builder, slug: string): void {
  const { document, edit, takenNames } = editor.getState();
  const copied = duplicatePage(document, slug, takenNames());
  edit(`Duplicate ${document.pages[slug]?.title}`, () => copied.document);
  tellOriginals(editor.getState(), copied.names);
}

const listed = new Intl.ListFormat('en');

/** Says which queries go on with what was copied: on another page, nobody would see whose values they take. */
function tellOriginals({ document, queries }: EditorState, copies: ReadonlyMap<string, string>): void {
  const { queries: readers, originals } = readsOriginals(document, queries, copies);
  if (readers.length === 0) return;
  notify({
    tone: 'warn',
    title: `${listed.format(readers)} ${readers.length === 1 ? 'reads' : 'read'} ${listed.format(originals)}, and not ${originals.length === 1 ? 'its copy' : 'their copies'}.`,
    text: 'The copies use the same queries. To give them queries of their own, duplicate those and change what they read.',
  });
}

/** Puts the selection on the clipboard, as text: it can be pasted into another app. False, and said, when it is not there. */
export async function copySelection(
  { editor }: Builder,
  ids = editor.getState().selection,
): Promise<boolean> {
  const { document, page } = editor.getState();
  const clipping = copyComponents(document, page, ids);
  if (!clipping) return false;
  try {
    await navigator.clipboard.writeText(JSON.stringify(clipping));
    return true;
  } catch {
    notify({
      tone: 'bad',
      title: `${names(ids)} could not be copied.`,
      text: 'Your browser blocked access to the clipboard. Nothing was changed. Allow it for this site, then try again.',
    });
    return false;
  }
}

/** Pastes what a copy put on the clipboard, next to the selection. */
export function pasteText({ editor }: Builder, text: string): boolean {
  const clipping = readClipping(text);
  if (!clipping) return false;
  const { document, page, selection, edit, takenNames } = editor.getState();
  const chosen = selection.length === 1 ? locate(document, selection[0] as string) : undefined;
  const container =
    chosen && COMPONENTS[chosen.component.type].container && !clipping.roots.includes(chosen.id);
  const parent = container ? chosen.id : chosen?.component.parent;
  const pasted = pasteComponents(document, page, clipping, takenNames(), { parent });
  edit(`Paste ${names(pasted.ids)}`, () => pasted.document, { select: pasted.ids });
  tellOriginals(editor.getState(), pasted.names);
  return true;
}

/** Moves or resizes the selection by whole cells. What stands in a component that is chosen too goes with it. */
export function nudge({ editor }: Builder, change: { x?: number; y?: number; w?: number; h?: number }): void {
  const { document, page: slug, selection, edit } = editor.getState();
  const page = document.pages[slug];
  if (!page || selection.length === 0) return;
  const moved = moveTogether(page, topmost(page, selection), { x: change.x ?? 0, y: change.y ?? 0 });
  const layouts = new Map(
    [...moved].map(([id, layout]) => {
      const w = Math.max(1, Math.min(COLUMNS - layout.x, layout.w + (change.w ?? 0)));
      const h = Math.max(1, layout.h + (change.h ?? 0));
      return [id, { ...layout, w, h }];
    }),
  );
  edit(
    `${change.w || change.h ? 'Resize' : 'Move'} ${names(selection)}`,
    (d) => arrangeComponents(d, slug, layouts),
    {
      key: `nudge:${selection.join()}`,
    },
  );
}

/** Takes the last step back, in the queries too when it was a rename. */
export function undoStep(builder: Builder): Promise<void> | undefined {
  const step = builder.editor.getState().undo();
  if (!step?.rename) return undefined;
  const { rename } = step;
  return followRename(builder, step, { ...rename, from: rename.to, to: rename.from }, 'redo');
}

export function redoStep(builder: Builder): Promise<void> | undefined {
  const step = builder.editor.getState().redo();
  return step?.rename && followRename(builder, step, step.rename, 'undo');
}

/** Where a query cannot follow, the pages go back to where the queries are, unless more was done in them meanwhile. */
async function followRename(
  builder: Builder,
  step: Step,
  rename: NonNullable<Step['rename']>,
  back: 'undo' | 'redo',
): Promise<void> {
  try {
    await renameInQueries(builder, rename);
  } catch (error) {
    const { title, next } = explainError(error);
    const { history, [back]: goBack } = builder.editor.getState();
    const isLast = step === (back === 'redo' ? history.future[0] : history.past.at(-1));
    if (isLast) goBack();
    notify({
      tone: 'bad',
      title: isLast
        ? `Could not ${back === 'redo' ? 'undo' : 'redo'} “${step.label}”.`
        : `Queries still use ${rename.from}, but pages now use ${rename.to}.`,
      text: `A query could not be saved. ${title} ${next}`,
    });
  }
}
