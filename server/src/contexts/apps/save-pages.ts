import { type AppPages, sparseComponent } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { putPages, stampDraft } from './apps.store.ts';
import { assertImportable } from './bundle.ts';
import { targetOf } from './create-app.ts';
import type { AppsDeps } from './deps.ts';
import { documentProblems } from './document-rules.ts';
import { lockApp, needDraft } from './find.ts';
import { refuse } from './refusals.ts';

/** Saves pages over the version that they were made from; refuses with `draft_conflict` when somebody was faster. */
export async function savePages(
  deps: AppsDeps,
  call: Call,
  id: string,
  input: { version: number; pages: AppPages },
): Promise<{ version: number }> {
  return deps.db.tenant(call.actor.organizationId, async (tx) => {
    const app = await lockApp(deps, tx, call, id, 'app:edit');
    const draft = await needDraft(tx, app);
    if (draft.version !== input.version)
      throw refuse('draft_conflict', { extra: { version: draft.version } });
    assertStructure(input.pages, Object.keys(draft.queries));
    const pages = sparsePages(input.pages);
    assertImportable({ pages, queries: draft.queries }, draft);
    await putPages(tx, app.id, pages);
    const version = await stampDraft(tx, app.id, call.actor.personId);
    await deps.audit.record(tx, call, {
      event: 'apps.draft_saved',
      target: targetOf(app),
      data: { version, pages: Object.keys(input.pages.pages).length },
    });
    return { version };
  });
}

/** As they are kept: a folder or another client that writes a default out, or leaves it away, means the same release. */
export function sparsePages({ pages, ...rest }: AppPages): AppPages {
  const sparse = Object.entries(pages).map(([slug, page]) => [
    slug,
    {
      ...page,
      components: Object.fromEntries(
        Object.entries(page.components).map(([id, component]) => [id, sparseComponent(component)]),
      ),
    },
  ]);
  return { ...rest, pages: Object.fromEntries(sparse) };
}

/** Refuses pages that have no meaning; broken references are kept and stop the publication instead. */
export function assertStructure(pages: AppPages, queries: readonly string[]): void {
  const broken = documentProblems(pages, new Set(queries)).filter((problem) => problem.kind === 'structure');
  if (broken.length > 0)
    throw refuse('app_document_invalid', { places: broken.map(({ path, message }) => ({ path, message })) });
}
