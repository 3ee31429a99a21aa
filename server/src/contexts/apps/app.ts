import { type AppPages, AppPages as AppPagesSchema, type QueryDocument } from '@sallyport/contract';
import { canonicalHash } from '../../kernel/canonical-json.ts';
import type { AppId, OrganizationId, PersonId, ReleaseHash } from '../../kernel/ids.ts';
import type { CompiledQuery } from '../gateway/index.ts';

/** Who may open the released app: everyone of the organization, or these groups; builders and above always. */
export interface Audience {
  readonly everyone: boolean;
  readonly groups: readonly string[];
}

export interface App {
  readonly id: AppId;
  readonly organization: OrganizationId;
  readonly name: string;
  readonly slug: string;
  readonly audience: Audience;
  readonly releaseHash: ReleaseHash | null;
  readonly updatedAt: Date;
  readonly updatedBy: PersonId;
}

/** What was written and what it compiled to, kept together so that neither is ever guessed from the other. */
export interface StoredQuery {
  readonly document: QueryDocument;
  readonly compiled: CompiledQuery;
}
export type StoredQueries = Readonly<Record<string, StoredQuery>>;

export interface DraftContent {
  readonly pages: AppPages;
  readonly queries: StoredQueries;
}

export interface DraftState extends DraftContent {
  readonly version: number;
}

export interface Release extends DraftContent {
  readonly hash: ReleaseHash;
  readonly number: number;
  readonly note: string;
  readonly publishedAt: Date;
  readonly publishedBy: PersonId;
  readonly supersededAt: Date | null;
  readonly withdrawn: boolean;
}

/** How long a superseded release goes on running, so that a form which somebody has half filled can still be sent. */
export const GRACE_MS = 60 * 60 * 1000;

/** A rolled-back release stops at once; one that a newer release superseded runs for an hour yet. */
export function mayRun(release: Pick<Release, 'supersededAt' | 'withdrawn'>, now: number): boolean {
  if (release.withdrawn) return false;
  return release.supersededAt === null || now - release.supersededAt.getTime() < GRACE_MS;
}

/** Q9: the hash of the list of everything that the release pins. The app is in the list, so two apps never share one. */
export function releaseHash(appId: AppId, content: DraftContent): ReleaseHash {
  const { pages } = content;
  return canonicalHash({
    app: appId,
    home: pages.home,
    variables: pages.variables,
    pages: Object.fromEntries(Object.entries(pages.pages).map(([slug, page]) => [slug, canonicalHash(page)])),
    queries: Object.fromEntries(
      Object.entries(content.queries).map(([name, query]) => [
        name,
        // The document too: when it runs and what it asks before are part of what people get.
        { compiled: query.compiled.hash, document: canonicalHash(query.document) },
      ]),
    ),
  }) as ReleaseHash;
}

/** One empty page, which is what a new app is. */
export function emptyPages(name: string): AppPages {
  return AppPagesSchema.parse({ home: 'home', pages: { home: { title: name, order: 'a0' } } }) as AppPages;
}
