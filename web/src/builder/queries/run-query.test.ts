import type { CompiledArgument, Draft } from '@sallyport/contract';
import { afterEach, expect, it, vi } from 'vitest';
import type { Builder } from '../builder-context.ts';
import { createEditorStore } from '../document/editor-store.ts';
import type { Saver } from '../document/saver.ts';
import { createRunLog } from '../live/run-log.ts';
import { createViewStore } from '../view-store.ts';
import { createPanelStore, opened } from './panel-store.ts';
import { newQuery } from './query-draft.ts';
import { argumentValue, runQuery } from './run-query.ts';

afterEach(() => void vi.unstubAllGlobals());

it('a query that is renamed while it runs and is saved can be run and saved again', async () => {
  const document = newQuery({ slug: 'db', engine: 'postgres' });
  const draft = {
    app: { id: 'app' },
    pages: { home: 'p', pages: {}, variables: {} },
    queries: { old: { document, compiled: { arguments: [] }, digest: 'd' } },
  } as unknown as Draft;
  const panel = createPanelStore();
  const builder: Builder = {
    appId: 'app',
    visit: 'v',
    left: [],
    editor: createEditorStore(draft),
    saver: {} as Saver,
    copies: {} as Builder['copies'],
    view: createViewStore(),
    panel,
    live: { current: undefined },
    canvas: { current: undefined },
    runs: createRunLog(),
  };
  let fail: (reason: Error) => void = () => undefined;
  const answer = new Promise<Response>((_, reject) => {
    fail = reject;
  });
  vi.stubGlobal('fetch', () => answer);
  panel.getState().show('old', opened(document));
  const run = runQuery(builder, 'old');
  expect(panel.getState().open.old?.running).toBeDefined();
  panel.getState().change('old', { saving: true });
  panel.getState().rename('old', 'new');
  fail(new TypeError('Failed to fetch'));
  await run;
  expect(panel.getState().open.new).toMatchObject({
    saving: false,
    running: undefined,
    failed: { state: 'failed' },
  });
});

it('a test value of JSON is what it says, a text where it is no JSON, and refused where it sets out to be', async () => {
  const id = { name: 'id', type: 'json', list: false, nullable: true } as CompiledArgument;
  const typed = (text: string) => argumentValue({} as Builder, id, text);
  expect(await Promise.all(['7', '"7"', '{"a":1}', 'ord_7', '', 'null'].map(typed))).toEqual(
    [7, '7', { a: 1 }, 'ord_7', '', null].map((value) => ({ value })),
  );
  for (const text of ['{"a":1', '[1,', '"7']) expect(await typed(text)).toHaveProperty('error');
});
