import type { CompiledView, Draft, QueryDocument } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { StoredQueries, StoredQuery } from './app.ts';
import { deleteDraftQuery, putDraftQuery, stampDraft } from './apps.store.ts';
import { assertImportable } from './bundle.ts';
import { targetOf } from './create-app.ts';
import type { AppsDeps } from './deps.ts';
import { hasMeaning, isReserved } from './document-rules.ts';
import { lockApp, needDraft, readApp } from './find.ts';
import { refuse } from './refusals.ts';
import { digestOf, draftQueryOf } from './views.ts';

interface Input {
  readonly name: string;
  readonly document: QueryDocument;
  /** The name that it had, when this renames it. */
  readonly from?: string | undefined;
  /** The digest of what it was made from, null for nothing; undefined when the caller does not mind. */
  readonly was?: string | null | undefined;
}

/**
 * Compiles a query and saves both forms. What cannot be bound safely is refused with its place, and the draft keeps
 * what it had; so is one that somebody else saved since it was opened (`was`). Compiling asks the source, so it happens
 * before the transaction begins.
 */
export async function saveQuery(
  deps: AppsDeps,
  call: Call,
  id: string,
  input: Input,
): Promise<{ version: number; query: Draft['queries'][string] }> {
  if (isReserved(input.name))
    throw refuse('app_document_invalid', { places: [{ path: 'name', message: hasMeaning(input.name) }] });
  const compiled = await compileFor(deps, call, id, input.document);
  const version = await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const app = await lockApp(deps, tx, call, id, 'app:edit');
    const draft = await needDraft(tx, app);
    if (input.was !== undefined && digestIn(draft.queries, input.from ?? input.name) !== input.was)
      throw refuse('draft_conflict', { extra: { version: draft.version } });
    const taken = new Set(Object.values(draft.pages.pages).flatMap((page) => Object.keys(page.components)));
    const renames = input.from !== undefined && input.from !== input.name;
    if (taken.has(input.name) || (renames && Object.hasOwn(draft.queries, input.name))) {
      throw refuse('query_name_taken', { values: { name: input.name } });
    }
    if (renames && !(await deleteDraftQuery(tx, app.id, input.from as string)))
      throw refuse('draft_query_not_found', { values: { name: input.from as string } });
    const queries = { ...draft.queries, [input.name]: { document: input.document } };
    if (renames) delete queries[input.from as string];
    assertImportable({ pages: draft.pages, queries }, draft);
    await putDraftQuery(tx, app, input.name, { document: input.document, compiled });
    const next = await stampDraft(tx, app.id, call.actor.personId);
    await deps.audit.record(tx, call, {
      event: 'apps.query_saved',
      target: targetOf(app),
      data: {
        query: input.name,
        hash: compiled.hash,
        effect: compiled.effect,
        version: next,
        ...(renames ? { from: input.from as string } : {}),
      },
    });
    return next;
  });
  return { version, query: draftQueryOf({ document: input.document, compiled }, deps.compiler) };
}

const digestIn = (queries: StoredQueries, name: string): string | null =>
  Object.hasOwn(queries, name) ? digestOf(queries[name] as StoredQuery) : null;

/** Compiles without saving, for the editor. */
export async function checkQuery(
  deps: AppsDeps,
  call: Call,
  id: string,
  document: QueryDocument,
): Promise<CompiledView> {
  return deps.compiler.view(await compileFor(deps, call, id, document));
}

async function compileFor(deps: AppsDeps, call: Call, id: string, document: QueryDocument) {
  await deps.db.tenant(call.actor.organizationId, (tx) => readApp(deps, tx, call, id, 'app:edit'));
  return deps.compiler.compile(call, document);
}

export async function removeQuery(
  deps: AppsDeps,
  call: Call,
  id: string,
  name: string,
): Promise<{ version: number }> {
  return deps.db.tenant(call.actor.organizationId, async (tx) => {
    const app = await lockApp(deps, tx, call, id, 'app:edit');
    if (!(await deleteDraftQuery(tx, app.id, name)))
      throw refuse('draft_query_not_found', { values: { name } });
    const version = await stampDraft(tx, app.id, call.actor.personId);
    await deps.audit.record(tx, call, {
      event: 'apps.query_removed',
      target: targetOf(app),
      data: { query: name, version },
    });
    return { version };
  });
}
