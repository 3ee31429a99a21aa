import type { AppPages, Component, Draft, Layout } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { dismiss, toasts } from '../ui/toast-store.ts';
import type { Builder } from './builder-context.ts';
import { duplicateSelection, duplicateWholePage, nudge, pasteText } from './commands.ts';
import { copyComponents } from './document/clipboard.ts';
import { createEditorStore } from './document/editor-store.ts';

const part = (
  type: Component['type'],
  [x, y, w, h]: readonly [number, number, number, number],
  parent?: string,
): Component => ({ type, parent, order: `a${x}`, layout: { x, y, w, h }, props: {}, on: {} });

/** Two inputs beside each other, and a form below them with a third. */
const components = {
  one: part('textInput', [0, 0, 4, 3]),
  two: part('textInput', [4, 0, 4, 3]),
  form: part('form', [0, 3, 8, 8]),
  inner: part('textInput', [0, 0, 6, 3], 'form'),
};

function open(shown: Record<string, Component> = components, queries: object = {}) {
  const pages: AppPages = {
    home: 'p',
    pages: { p: { title: 'P', order: 'a0', components: shown, onLoad: [] } },
    variables: {},
  };
  const editor = createEditorStore({ app: { id: 'a' }, version: 1, pages, queries } as unknown as Draft);
  const places = () =>
    Object.fromEntries(
      Object.entries(editor.getState().document.pages.p!.components).map(([id, { layout }]) => [
        id,
        (['x', 'y', 'w', 'h'] satisfies (keyof Layout)[]).map((side) => layout[side]),
      ]),
    );
  return { editor, builder: { editor } as unknown as Builder, places };
}

describe('B4 several that are arranged at once come to stand on none of each other', () => {
  it('stop together at the edges', () => {
    const { editor, builder, places } = open();
    editor.getState().select(['one', 'two']);
    for (const change of [{ x: -1 }, { y: -1 }]) nudge(builder, change);
    expect(places()).toMatchObject({ one: [0, 0, 4, 3], two: [4, 0, 4, 3] });
    // Where nothing moved there is nothing to undo.
    expect(editor.getState().history.past).toEqual([]);
    for (let step = 0; step < 6; step += 1) nudge(builder, { x: 1 });
    expect(places()).toMatchObject({ one: [4, 0, 4, 3], two: [8, 0, 4, 3] });
    editor.getState().select(['form']);
    nudge(builder, { y: 2 });
    editor.getState().select(['one', 'form']);
    nudge(builder, { y: -1 });
    expect(places()).toMatchObject({ one: [4, 0, 4, 3], form: [0, 5, 8, 8] });
  });
  it('make room for each other where both grow, and all others for both', () => {
    const { editor, builder, places } = open();
    editor.getState().select(['one', 'two']);
    nudge(builder, { w: 1 });
    expect(places()).toMatchObject({ one: [0, 0, 5, 3], two: [4, 3, 5, 3], form: [0, 6, 8, 8] });
  });
  it('move once, also where one stands in another', () => {
    const { editor, builder, places } = open();
    editor.getState().select(Object.keys(components));
    nudge(builder, { y: 2 });
    expect(places()).toEqual({
      one: [0, 2, 4, 3],
      two: [4, 2, 4, 3],
      form: [0, 5, 8, 8],
      inner: [0, 0, 6, 3],
    });
  });
  it('make room for each other where they are pasted out of different boxes', () => {
    const { editor, builder, places } = open();
    const copied = copyComponents(editor.getState().document, 'p', ['one', 'inner']);
    pasteText(builder, JSON.stringify(copied));
    expect(places()).toMatchObject({ one2: [0, 11, 4, 3], inner2: [0, 14, 6, 3] });
  });
});

it('says of copies that run a query which queries go on with what was copied', () => {
  const save: Component = {
    ...part('button', [0, 3, 6, 2], 'form'),
    on: { onClick: [{ do: 'runQuery', query: 'save' }] },
  };
  const { editor, builder } = open(
    { ...components, save },
    {
      save: { document: { text: 'update notes set text = {{ inner.value }} where id = {{ one.value }}' } },
      list: { document: { text: 'select * from notes where id = {{ inner.value }}' } },
    },
  );
  const said = () => toasts.read().map(({ title }) => title);
  for (const alone of ['save', 'inner', 'one']) duplicateSelection(builder, [alone]);
  expect(said()).toEqual([]);
  duplicateSelection(builder, ['form']);
  expect(said()).toEqual(['save reads inner, and not its copy.']);
  pasteText(builder, JSON.stringify(copyComponents(editor.getState().document, 'p', ['one', 'form'])));
  expect(said()).toContain('save reads one and inner, and not their copies.');
  for (const { id } of toasts.read()) dismiss(id);
  duplicateWholePage(builder, 'p');
  expect(said()).toEqual(['save reads one and inner, and not their copies.']);
  expect(Object.values(editor.getState().document.pages).map(({ title }) => title)).toEqual(['P', 'P copy']);
});
