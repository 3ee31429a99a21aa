import type { Draft, QueryDocument } from '@sallyport/contract';
import { expect, it } from 'vitest';
import type { Builder } from '../builder-context.ts';
import { redoStep, undoStep } from '../commands.ts';
import type { Copies } from '../document/browser-copies.ts';
import { retitlePage } from '../document/edit-pages.ts';
import { createEditorStore } from '../document/editor-store.ts';
import { createSaver } from '../document/saver.ts';
import { createRunLog } from '../live/run-log.ts';
import { createPanelStore, opened } from './panel-store.ts';
import { takenOrBegun } from './query-commands.ts';
import { renameInQueries } from './rename-queries.ts';

const sql = (text: string) => ({ kind: 'sql', source: 's', text, arguments: {} }) as unknown as QueryDocument;
const saved = (document: QueryDocument) =>
  ({
    document,
    compiled: { arguments: [] },
    digest: JSON.stringify(document),
  }) as unknown as Draft['queries'][string];

/** An editor whose server saves no query that asks the table `away`. */
function builderOf(texts: Readonly<Record<string, string>>) {
  const copies: Copies = {
    below: () => [],
    put: async () => true,
    take: () => undefined,
    unkept: () => false,
  };
  const editor = createEditorStore({
    app: { id: 'a' } as unknown as Draft['app'],
    version: 1,
    changedByYou: false,
    pages: {
      home: 'p',
      pages: { p: { title: 'P', order: 'a0', components: {}, onLoad: [] } },
      variables: {},
    },
    queries: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, saved(sql(text))])),
  });
  let version = 1;
  const saver = createSaver(
    editor,
    {
      getDraft: () => Promise.reject(new Error('not asked for')),
      savePages: () => Promise.reject(new Error('not asked for')),
      removeQuery: () => Promise.reject(new Error('not asked for')),
      saveQuery: async (_name, document) => {
        if (document.kind === 'sql' && document.text.includes('away')) throw new Error('away');
        return { version: ++version, query: saved(document) };
      },
    },
    copies,
    'visit',
  );
  const builder = {
    appId: 'a',
    visit: 'visit',
    left: [],
    editor,
    saver,
    copies,
    panel: createPanelStore(),
    runs: createRunLog(),
  };
  return builder as unknown as Builder;
}
const textsOf = ({ editor }: Builder) =>
  Object.entries(editor.getState().queries).map(([name, { document }]) => [
    name,
    document.kind === 'sql' && document.text,
  ]);

it('B3 a rename that one query cannot follow changes none', async () => {
  const texts = { first: 'select {{ find.value }}', second: 'select {{ find.value }} from away' };
  const builder = builderOf(texts);
  await expect(renameInQueries(builder, { kind: 'component', from: 'find', to: 'search' })).rejects.toThrow(
    'away',
  );
  expect(textsOf(builder).sort()).toEqual(Object.entries(texts));
});

it('B3 a query that cannot be saved under its new name keeps the one it has, where it is open too', async () => {
  const builder = builderOf({ second: 'select 1 from away' });
  builder.panel.getState().show('second', opened(sql('select 2 from away')));
  await expect(renameInQueries(builder, { kind: 'query', from: 'second', to: 'third' })).rejects.toThrow();
  expect(builder.panel.getState().tabs).toEqual(['second']);
  expect(textsOf(builder)).toEqual([['second', 'select 1 from away']]);
});

it('B3 a rename that a query cannot take back stays, in the pages too', async () => {
  const builder = builderOf({ second: 'select {{ search.value }} from away' });
  const rename = { kind: 'component', from: 'find', to: 'search' } as const;
  builder.editor.getState().edit('Rename find to search', (d) => retitlePage(d, 'p', 'search'), { rename });
  await undoStep(builder);
  expect(builder.editor.getState().document.pages.p?.title).toBe('search');
  expect(textsOf(builder)).toEqual([['second', 'select {{ search.value }} from away']]);
});

it('B3 renames that are undone at once reach the queries one after another, and so when they are done again', async () => {
  const builder = builderOf({ orders: 'select {{ find.value }}' });
  const steps = [
    { kind: 'component', from: 'find', to: 'search' },
    { kind: 'query', from: 'orders', to: 'sales' },
    { kind: 'component', from: 'search', to: 'seek' },
    { kind: 'query', from: 'sales', to: 'revenue' },
  ] as const;
  for (const rename of steps) {
    await renameInQueries(builder, rename);
    builder.editor.getState().edit('Rename', (d) => retitlePage(d, 'p', rename.to), { rename });
  }
  expect(textsOf(builder)).toEqual([['revenue', 'select {{ seek.value }}']]);
  await Promise.all(steps.map(() => undoStep(builder)));
  expect(textsOf(builder)).toEqual([['orders', 'select {{ find.value }}']]);
  await Promise.all(steps.map(() => redoStep(builder)));
  expect(textsOf(builder)).toEqual([['revenue', 'select {{ seek.value }}']]);
});

it('B6 a query that was begun keeps its text where an undone rename takes its name', async () => {
  const builder = builderOf({ query1: 'select 1' });
  const { editor, panel } = builder;
  const rename = { kind: 'query', from: 'query1', to: 'orders' } as const;
  await renameInQueries(builder, rename);
  editor.getState().edit('Rename query1 to orders', (d) => retitlePage(d, 'p', 'orders'), { rename });
  panel.getState().show('orders', opened(sql('select 1')));
  panel.getState().show('query1', opened(sql('select 2')));
  expect([...takenOrBegun(builder)].sort()).toEqual(['orders', 'query1']);
  await undoStep(builder);
  expect(textsOf(builder)).toEqual([['query1', 'select 1']]);
  const { open, tabs, active } = panel.getState();
  expect(Object.entries(open).map(([name, { document }]) => [name, document])).toEqual([
    ['query2', sql('select 2')],
    ['query1', sql('select 1')],
  ]);
  expect([tabs, active]).toEqual([['query1', 'query2'], 'query2']);
});
