import type { AppPages, Draft } from '@sallyport/contract';
import { expect, it } from 'vitest';
import { setProperty } from './configure-component.ts';
import { addPage, setVariable } from './edit-pages.ts';
import { createEditorStore } from './editor-store.ts';
import { placeComponent } from './place-component.ts';
import { renameInPages } from './rename-everywhere.ts';

const empty: AppPages = {
  home: 'p',
  pages: { p: { title: 'P', order: 'a0', components: {}, onLoad: [] } },
  variables: {},
};
const place = (document: AppPages, slug: string, id: string) =>
  placeComponent(document, { slug, type: 'text', id });
const draft = (pages: AppPages): Draft =>
  ({ app: { id: 'a' }, version: 1, changedByYou: false, pages, queries: {} }) as unknown as Draft;
/** Two pages: `p` with a and b, and `q` with c. */
const open = () =>
  createEditorStore(draft(place(place(place(addPage(empty, 'q', 'Q'), 'p', 'a'), 'p', 'b'), 'q', 'c')));

it('what is chosen is of the page that is shown', () => {
  const store = open();
  const { select, toggle, showPage } = store.getState();
  const chosen = () => store.getState().selection;
  toggle('a');
  toggle('b');
  expect(chosen()).toEqual(['a', 'b']);
  toggle('a');
  expect(chosen()).toEqual(['b']);
  // The same page again is no other page, and the same choice no other choice.
  showPage('p');
  const before = chosen();
  select(['b']);
  expect(chosen()).toBe(before);
  select(['a']);
  expect(chosen()).toEqual(['a']);
  select(['c']);
  expect(chosen()).toEqual([]);
  toggle('a');
  showPage('q');
  expect(chosen()).toEqual([]);
});

it('an edit shows the page and chooses what it says, also where it changes nothing', () => {
  const store = open();
  const { edit } = store.getState();
  edit('Set', (d) => setProperty(d, 'c', 'text', 'C'), { page: 'q', select: ['c'] });
  expect(store.getState()).toMatchObject({ page: 'q', selection: ['c'] });
  edit('Set', (d) => setVariable(d, 'v', 1));
  expect(store.getState()).toMatchObject({ page: 'q', selection: ['c'] });
  edit('Delete nothing', (d) => d, { select: [] });
  expect(store.getState().selection).toEqual([]);
});

it('B1 a chosen component stays so under its other name, back and forth', () => {
  const store = open();
  const { edit, undo, redo, select } = store.getState();
  const rename = { kind: 'component', from: 'a', to: 'z' } as const;
  select(['a', 'b']);
  edit('Rename a to z', (d) => renameInPages(d, rename), { rename });
  expect(store.getState().selection).toEqual(['z', 'b']);
  undo();
  expect(store.getState().selection).toEqual(['a', 'b']);
  redo();
  expect(store.getState().selection).toEqual(['z', 'b']);
});

it('B6 what is done meanwhile waits to be saved, and takes no question about a conflict back', () => {
  const store = open();
  const { edit, undo, redo, set } = store.getState();
  for (const change of [() => edit('Place', (d) => place(d, 'p', 'd')), undo, redo]) {
    set({ save: { state: 'saved', at: 1 } });
    change();
    expect(store.getState().save.state).toBe('waiting');
  }
  set({ save: { state: 'conflict', theirs: draft(empty) } });
  for (const change of [() => edit('Place', (d) => place(d, 'p', 'e')), undo, redo]) {
    change();
    expect(store.getState().save.state).toBe('conflict');
  }
});
