import type { Builder } from '../builder-context.ts';
import type { Rename } from '../document/rename-expression.ts';
import { renameInQuery } from '../document/rename-in-query.ts';
import { keepText, setAsideBegun } from './query-commands.ts';

/** The last rename of each editor. */
const last = new WeakMap<Builder, Promise<unknown>>();

/**
 * Carries a rename into the queries: their own name, and every expression in them. Saves each that changed; when one
 * cannot be saved, those that were go back to the name before. One after another: two steps that are undone at once would
 * both start from the queries as they were before the first.
 */
export function renameInQueries(builder: Builder, rename: Rename): Promise<void> {
  const done = (last.get(builder) ?? Promise.resolve()).then(() => carryOrGoBack(builder, rename));
  last.set(
    builder,
    done.catch(() => undefined),
  );
  return done;
}

async function carryOrGoBack(builder: Builder, rename: Rename): Promise<void> {
  try {
    await carry(builder, rename);
  } catch (error) {
    await carry(builder, { ...rename, from: rename.to, to: rename.from }).catch(() => undefined);
    throw error;
  }
}

async function carry(builder: Builder, rename: Rename): Promise<void> {
  const { editor, saver, panel, runs } = builder;
  const own = rename.kind === 'query' && editor.getState().queries[rename.from];
  if (own) {
    const document = renameInQuery(own.document, rename);
    const saved = await saver.saveQuery(rename.to, document, { from: rename.from });
    setAsideBegun(builder, rename.to);
    panel.getState().rename(rename.from, rename.to);
    runs.getState().rename(rename.from, rename.to);
    void keepText(builder, rename.to);
    void keepText(builder, rename.from);
    panel.getState().change(rename.to, { over: saved.digest });
  }
  for (const [name, query] of Object.entries(editor.getState().queries)) {
    const next = renameInQuery(query.document, rename, query.compiled.arguments);
    if (next === query.document) continue;
    const saved = await saver.saveQuery(name, next);
    panel.getState().change(name, { over: saved.digest });
  }
  // Text that is open and not saved follows as well.
  for (const [name, open] of Object.entries(panel.getState().open)) {
    const document = renameInQuery(
      open.document,
      rename,
      editor.getState().queries[name]?.compiled.arguments,
    );
    if (document === open.document) continue;
    panel.getState().change(name, { document });
    void keepText(builder, name);
  }
}
