import type { AppBundle, AppRow } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { Refusal, type RefusalPlace } from '../../kernel/refusal.ts';
import type { App, DraftContent, StoredQuery } from './app.ts';
import {
  deleteDraftQueries,
  isDraftCopyCurrent,
  putDraftCopy,
  putDraftQuery,
  putPages,
  stampDraft,
} from './apps.store.ts';
import { assertImportable } from './bundle.ts';
import { addApp, targetOf } from './create-app.ts';
import type { AppsDeps } from './deps.ts';
import { lockApp } from './find.ts';
import { rowOf } from './list-apps.ts';
import { refuse } from './refusals.ts';
import { assertStructure, sparsePages } from './save-pages.ts';
import { GONE } from './views.ts';

/**
 * Makes an app from a bundle, or replaces the draft of one. All of it or nothing: every query must compile here. A draft
 * that changed since this person last exported or imported it is replaced only when they say so.
 */
export async function importApp(
  deps: AppsDeps,
  call: Call,
  input: { bundle: AppBundle; appId?: string | undefined; replace?: boolean | undefined },
): Promise<AppRow> {
  deps.access.authorise(call, 'app:edit');
  const { bundle, appId, replace = false } = input;
  const { personId } = call.actor;
  const content = await contentOf(deps, call, bundle);
  const data = { name: bundle.name, queries: Object.keys(content.queries).length };
  const { app, changed } = await deps.db.tenant(call.actor.organizationId, async (tx) => {
    if (appId === undefined) {
      const made = await addApp(tx, call, bundle.name, content);
      await putDraftCopy(tx, made, personId, 1);
      await deps.audit.record(tx, call, { event: 'apps.imported', target: targetOf(made), data });
      return { app: made, changed: undefined };
    }
    const found = await lockApp(deps, tx, call, appId, 'app:edit');
    if (!replace && !(await isDraftCopyCurrent(tx, found.id, personId)))
      return { app: found, changed: found };
    await deleteDraftQueries(tx, found.id);
    await putPages(tx, found.id, content.pages);
    for (const [name, query] of Object.entries(content.queries)) await putDraftQuery(tx, found, name, query);
    await putDraftCopy(tx, found, personId, await stampDraft(tx, found.id, personId));
    await deps.audit.record(tx, call, { event: 'apps.imported', target: targetOf(found), data });
    return { app: found, changed: undefined };
  });
  if (changed !== undefined) throw await changedSince(deps, call, changed);
  return rowOf(deps, call, app);
}

/** Names whose work would be lost, and of when it is. */
async function changedSince(deps: AppsDeps, call: Call, app: App): Promise<Refusal> {
  const by = app.updatedBy;
  const names = await deps.names(call.actor.organizationId, [by]);
  return refuse('draft_changed_since_export', {
    values: {
      who: by === call.actor.personId ? 'You' : (names.get(by) ?? GONE),
      when: `${app.updatedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    },
  });
}

/** What is the matter with one query; anything else, such as who may not import any more, ends the whole. */
const OF_THE_QUERY = new Set([404, 409, 422]);

/** Compiles every query of a bundle; what is wrong in any of them is told at once, by query. */
export async function contentOf(deps: AppsDeps, call: Call, bundle: AppBundle): Promise<DraftContent> {
  const pages = sparsePages({ home: bundle.home, pages: bundle.pages, variables: bundle.variables });
  assertStructure(pages, Object.keys(bundle.queries));
  const known = new Set((await deps.sources(call.actor.organizationId)).map((source) => source.slug));
  const missing = new Set(
    Object.values(bundle.queries).flatMap(({ source }) => (known.has(source) ? [] : [source])),
  );
  if (missing.size > 0)
    throw refuse('import_source_missing', { values: { sources: [...missing].sort().join(', ') } });
  const queries: Record<string, StoredQuery> = {};
  const places: RefusalPlace[] = [];
  for (const [name, document] of Object.entries(bundle.queries)) {
    try {
      queries[name] = { document, compiled: await deps.compiler.compile(call, document) };
    } catch (error) {
      if (!(error instanceof Refusal) || !OF_THE_QUERY.has(error.row.status)) throw error;
      places.push({
        path: `queries.${name}`,
        message: [error.row.title, ...error.places.map((place) => place.message)].join(' '),
      });
    }
  }
  if (places.length > 0) throw refuse('app_document_invalid', { places });
  assertImportable({ pages, queries });
  return { pages, queries };
}
