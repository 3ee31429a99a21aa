import { contract, type Draft } from '@sallyport/contract';
import { call } from '../lib/api.ts';
import type { Builder } from './builder-context.ts';
import type { Copies } from './document/browser-copies.ts';
import { createEditorStore } from './document/editor-store.ts';
import { createSaver } from './document/saver.ts';
import { beginVisit } from './document/visit.ts';
import { createRunLog } from './live/run-log.ts';
import { createPanelStore } from './queries/panel-store.ts';
import { followQueries } from './queries/query-commands.ts';
import { createViewStore } from './view-store.ts';

/** Opens an editor over a draft and what earlier visits left; `close` stops its saving after what waits is sent. */
export function openBuilder(
  draft: Draft,
  copies: Copies,
  left: readonly string[],
): { builder: Builder; close: () => void } {
  const appId = draft.app.id;
  const params = { id: appId };
  const editor = createEditorStore(draft);
  const visit = beginVisit();
  const saver = createSaver(
    editor,
    {
      getDraft: () => call(contract.apps.getDraft, { params }),
      savePages: (version, pages) => call(contract.apps.savePages, { params, body: { version, pages } }),
      saveQuery: (name, document, was, from) =>
        call(contract.apps.saveQuery, {
          params: { id: appId, name },
          body: { document, was, ...(from !== undefined && { from }) },
        }),
      removeQuery: (name) => call(contract.apps.removeQuery, { params: { id: appId, name } }),
    },
    copies,
    visit.id,
  );
  const builder: Builder = {
    appId,
    visit: visit.id,
    copies,
    left,
    editor,
    saver,
    view: createViewStore(),
    panel: createPanelStore(),
    live: { current: undefined },
    canvas: { current: undefined },
    runs: createRunLog(),
  };
  const unfollow = followQueries(builder);
  return {
    builder,
    close: () => {
      unfollow();
      visit.end();
      void saver.flush().finally(() => saver.stop());
    },
  };
}
