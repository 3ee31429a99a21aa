import type { AppRow, Draft, ReleaseRow } from '@sallyport/contract';
import { canonicalHash } from '../../kernel/canonical-json.ts';
import type { PersonId } from '../../kernel/ids.ts';
import type { App, DraftState, StoredQuery } from './app.ts';
import type { ReleaseLabel, ReleaseSummary } from './apps.store.ts';
import type { AppsDeps } from './deps.ts';

export interface Standing {
  readonly current: ReleaseLabel | undefined;
  readonly contentHash: string | undefined;
  readonly canEdit: boolean;
  readonly names: ReadonlyMap<PersonId, string>;
}

export const GONE = 'a former member';

export function appRow(app: App, standing: Standing): AppRow {
  const { current, contentHash, canEdit, names } = standing;
  return {
    id: app.id,
    name: app.name,
    slug: app.slug,
    audience: { everyone: app.audience.everyone, groups: [...app.audience.groups] },
    release:
      current === undefined
        ? null
        : {
            hash: current.hash,
            number: current.number,
            publishedAt: current.publishedAt.toISOString(),
            publishedBy: names.get(current.publishedBy) ?? GONE,
          },
    changed: canEdit ? contentHash !== current?.hash : null,
    updatedAt: app.updatedAt.toISOString(),
    updatedBy: names.get(app.updatedBy) ?? GONE,
    canEdit,
  };
}

/** What a save names as what it was made from. The compiled form is not in it: the same text may compile to another. */
export const digestOf = (query: StoredQuery): string => canonicalHash(query.document);

export const draftQueryOf = (
  query: StoredQuery,
  compiler: AppsDeps['compiler'],
): Draft['queries'][string] => ({
  document: query.document,
  compiled: compiler.view(query.compiled),
  digest: digestOf(query),
});

export function draftView(
  app: AppRow,
  draft: DraftState,
  changedByYou: boolean,
  compiler: AppsDeps['compiler'],
): Draft {
  return {
    app,
    version: draft.version,
    changedByYou,
    pages: draft.pages,
    queries: Object.fromEntries(
      Object.entries(draft.queries).map(([name, query]) => [name, draftQueryOf(query, compiler)]),
    ),
  };
}

export function releaseRow(
  app: App,
  release: ReleaseSummary,
  names: ReadonlyMap<PersonId, string>,
): ReleaseRow {
  const { hash, number, note, publishedAt, publishedBy, statements, writes } = release;
  return {
    hash,
    number,
    note,
    publishedAt: publishedAt.toISOString(),
    publishedBy: names.get(publishedBy) ?? GONE,
    current: app.releaseHash === hash,
    statements,
    writes,
  };
}
