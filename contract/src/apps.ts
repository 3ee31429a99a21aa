import { z } from 'zod';
import { AppBundle, AppPages } from './app-document.ts';
import { atMost, membersOf } from './at-most.ts';
import { CompiledView, QueryDocument, QuerySignature } from './queries.ts';
import { route } from './route.ts';
import {
  Environment,
  Group,
  Hash,
  Id,
  Identifier,
  Instant,
  Name,
  page,
  pageQueryOf,
  Slug,
} from './values.ts';

/** Who may open the released app. Builders and above always may. */
export const Audience = z.strictObject({ everyone: z.boolean(), groups: z.array(Group).max(50) });

export const AppRow = z.strictObject({
  id: Id,
  name: z.string(),
  slug: Slug,
  audience: z.strictObject({ everyone: z.boolean(), groups: z.array(z.string()) }),
  /** Null until first published. */
  release: z
    .strictObject({ hash: Hash, number: z.number().int(), publishedAt: Instant, publishedBy: z.string() })
    .nullable(),
  /** True when the draft differs from the current release. Null for those who may not edit. */
  changed: z.boolean().nullable(),
  updatedAt: Instant,
  updatedBy: z.string(),
  canEdit: z.boolean(),
});
export type AppRow = z.infer<typeof AppRow>;

/** What an app may be, in parts and in bytes of the request that imports it; one that is kept may be more, of an earlier version. */
export const MOST_PARTS = 5_000;
export const LARGEST_IMPORT = 8 * 1024 * 1024;

const sent = <S extends z.ZodType>(schema: S) =>
  atMost(MOST_PARTS, 'pages, components, variables and queries in all', schema, partsOf);

/** How many pages, components, variables and queries there are in all. */
export function partsOf(given: {
  readonly pages?: unknown;
  readonly variables?: unknown;
  readonly queries?: unknown;
}) {
  const { pages, variables, queries } = given;
  const inPages = Object.values(pages ?? {}).map((page) => membersOf(page?.components));
  return [pages, variables, queries]
    .map(membersOf)
    .concat(inPages)
    .reduce((sum, count) => sum + count);
}

/** A query of a draft: what was written, and its compiled form. A query that does not compile was not saved. */
export const DraftQuery = z.strictObject({
  document: QueryDocument,
  compiled: CompiledView,
  /** SHA-256 of what was saved: a save names the one that it was made from. */
  digest: Hash,
});
export const Draft = z.strictObject({
  app: AppRow,
  /** Rises by one with each save; a save names the version that it was made from. */
  version: z.number().int(),
  /** Whether who reads it changed the app last: names are not unique. */
  changedByYou: z.boolean(),
  pages: AppPages,
  queries: z.record(Identifier, DraftQuery),
});
export type Draft = z.infer<typeof Draft>;

/** Q10: what a release can do, enumerated. */
export const ManifestQuery = z.strictObject({
  name: Identifier,
  sourceName: z.string(),
  compiled: CompiledView,
});
export const Manifest = z.strictObject({
  queries: z.array(ManifestQuery),
  pages: z.array(z.strictObject({ slug: Slug, title: z.string(), hash: Hash })),
});
export type Manifest = z.infer<typeof Manifest>;

/** What publishing would change in what the app can do. */
export const Plan = z.strictObject({
  draftVersion: z.number().int(),
  /** The release's identity if published now (Q9). */
  hash: Hash,
  current: z.strictObject({ hash: Hash, number: z.number().int() }).nullable(),
  newStatements: z.array(
    z.strictObject({
      query: Identifier,
      statement: z.string(),
      effect: z.enum(['read', 'write', 'schema']),
      replaces: z.string().nullable(),
    }),
  ),
  removedStatements: z.array(z.strictObject({ query: Identifier, statement: z.string() })),
  newTables: z.array(
    z.strictObject({
      source: z.string(),
      table: z.string(),
      access: z.enum(['read', 'write']),
      /** As in `TouchedTable`. */
      columns: z.array(z.string()).nullable().optional(),
      whole: z.boolean().optional(),
    }),
  ),
  /** Columns newly read or newly written, of tables that were touched that way already. */
  newColumns: z.array(
    z.strictObject({
      source: z.string(),
      table: z.string(),
      access: z.enum(['read', 'write']),
      /** Those that are new; null: every column, since which ones could not be told. */
      columns: z.array(z.string()).nullable(),
      /** Newly the row as a whole, with columns that are added later. */
      whole: z.boolean(),
    }),
  ),
  newWrites: z.array(Identifier),
  becameUser: z.array(z.strictObject({ query: Identifier, argument: Identifier })),
  pagesChanged: z.array(Slug),
  /** What would not work: a missing environment, a query that no component names. Blocking ones refuse publication. */
  problems: z.array(z.strictObject({ blocking: z.boolean(), message: z.string() })),
  manifest: Manifest,
});
export type Plan = z.infer<typeof Plan>;

export const ReleaseRow = z.strictObject({
  hash: Hash,
  number: z.number().int(),
  note: z.string(),
  publishedAt: Instant,
  publishedBy: z.string(),
  current: z.boolean(),
  statements: z.number().int(),
  writes: z.number().int(),
});
export type ReleaseRow = z.infer<typeof ReleaseRow>;

/** What a member's browser gets: pages and signatures, no statement, no source. */
export const ReleasedApp = z.strictObject({
  app: z.strictObject({ id: Id, name: z.string(), slug: Slug }),
  release: z.strictObject({ hash: Hash, number: z.number().int(), publishedAt: Instant }),
  pages: AppPages,
  queries: z.record(Identifier, QuerySignature),
});
export type ReleasedApp = z.infer<typeof ReleasedApp>;

const byId = z.strictObject({ id: Id });
const byQuery = z.strictObject({ id: Id, name: Identifier });
const saved = z.strictObject({ version: z.number().int() });

export const apps = {
  listApps: route({
    operationId: 'listApps',
    method: 'GET',
    path: '/v1/apps',
    permission: 'app:list',
    audit: null,
    summary:
      'List the apps that you may open, and drafts if you may edit, newest first. Filtering by `source` is for editors only',
    query: z.strictObject({
      ...pageQueryOf(Id),
      /** Only this one, when you may open it. */
      app: Id.optional(),
      /** Only those whose draft or current release asks this data source. */
      source: Id.optional(),
    }),
    response: page(AppRow),
  }),
  createApp: route({
    operationId: 'createApp',
    method: 'POST',
    path: '/v1/apps',
    permission: 'app:edit',
    audit: 'apps.created',
    status: 201,
    location: '/v1/apps/:id/draft',
    idempotent: true,
    summary: 'Create an empty app',
    body: z.strictObject({ name: Name }),
    response: AppRow,
  }),
  generateApp: route({
    operationId: 'generateApp',
    method: 'POST',
    path: '/v1/apps/generate',
    permission: 'app:edit',
    audit: 'apps.generated',
    status: 201,
    location: '/v1/apps/:id/draft',
    idempotent: true,
    summary: 'Generate a list, detail and edit app for a table',
    body: z.strictObject({
      name: Name,
      sourceId: Id,
      environment: Environment,
      schema: z.string().max(200),
      table: z.string().max(200),
    }),
    response: AppRow,
  }),
  importApp: route({
    operationId: 'importApp',
    method: 'POST',
    path: '/v1/apps/import',
    permission: 'app:edit',
    audit: 'apps.imported',
    status: 201,
    location: '/v1/apps/:id/draft',
    idempotent: true,
    bodyLimit: LARGEST_IMPORT,
    summary: 'Create an app from a bundle, or replace the draft of an app',
    body: z.strictObject({
      bundle: sent(AppBundle),
      appId: Id.optional(),
      /** Also a draft that changed since you last exported or imported it. */
      replace: z.boolean().optional(),
    }),
    response: AppRow,
  }),
  exportApp: route({
    operationId: 'exportApp',
    method: 'GET',
    path: '/v1/apps/:id/export',
    permission: 'app:edit',
    audit: 'apps.exported',
    summary: 'Export the draft as one JSON bundle, without credentials',
    params: byId,
    response: AppBundle.extend({ name: z.string() }),
  }),
  changeApp: route({
    operationId: 'changeApp',
    method: 'PATCH',
    path: '/v1/apps/:id',
    permission: 'app:edit',
    audit: 'apps.changed',
    summary: 'Change an app’s name, address or audience',
    params: byId,
    body: z.strictObject({ name: Name.optional(), slug: Slug.optional(), audience: Audience.optional() }),
    response: AppRow,
  }),
  removeApp: route({
    operationId: 'removeApp',
    method: 'DELETE',
    path: '/v1/apps/:id',
    permission: 'app:edit',
    audit: 'apps.removed',
    status: 204,
    summary: 'Delete an app; its releases stop running at once',
    params: byId,
    response: null,
  }),
  getDraft: route({
    operationId: 'getDraft',
    method: 'GET',
    path: '/v1/apps/:id/draft',
    permission: 'app:edit',
    audit: null,
    summary: 'Get the draft: pages, queries and their compiled forms',
    params: byId,
    response: Draft,
  }),
  savePages: route({
    operationId: 'savePages',
    method: 'PUT',
    path: '/v1/apps/:id/draft/pages',
    permission: 'app:edit',
    audit: 'apps.draft_saved',
    bodyLimit: LARGEST_IMPORT,
    summary: 'Save the pages of a draft; refused if someone else saved since `version`',
    params: byId,
    body: z.strictObject({ version: z.number().int(), pages: sent(AppPages) }),
    response: saved,
  }),
  checkQuery: route({
    operationId: 'checkQuery',
    method: 'POST',
    path: '/v1/apps/:id/draft/check',
    permission: 'app:edit',
    audit: null,
    safe: true,
    summary: 'Compile a query without saving it',
    params: byId,
    body: z.strictObject({ document: QueryDocument }),
    response: CompiledView,
  }),
  saveQuery: route({
    operationId: 'saveQuery',
    method: 'PUT',
    path: '/v1/apps/:id/draft/queries/:name',
    permission: 'app:edit',
    audit: 'apps.query_saved',
    summary:
      'Compile and save a query; if it cannot be bound safely, it is not saved, and the error points at the place',
    params: byQuery,
    body: z.strictObject({
      document: QueryDocument,
      /** The name it had, when this renames it. */ from: Identifier.optional(),
      /** The digest of the saved query that this was made from, null for none; refused when it is another by now. */
      was: Hash.nullable().optional(),
    }),
    response: z.strictObject({ version: z.number().int(), query: DraftQuery }),
  }),
  removeQuery: route({
    operationId: 'removeQuery',
    method: 'DELETE',
    path: '/v1/apps/:id/draft/queries/:name',
    permission: 'app:edit',
    audit: 'apps.query_removed',
    summary: 'Remove a query from the draft',
    params: byQuery,
    response: saved,
  }),
  planRelease: route({
    operationId: 'planRelease',
    method: 'GET',
    path: '/v1/apps/:id/plan',
    permission: 'app:edit',
    audit: null,
    summary: 'Show what publishing the draft would change',
    params: byId,
    response: Plan,
  }),
  /** `hash` is the one that `planRelease` answered; of a draft that changed since, `release_reviewed_differs`. */
  publish: route({
    operationId: 'publish',
    method: 'POST',
    path: '/v1/apps/:id/releases',
    permission: 'app:publish',
    audit: 'apps.published',
    status: 201,
    location: '/v1/apps/:id/releases/:hash/manifest',
    idempotent: true,
    summary: 'Publish the draft as a new, immutable release; `hash` states what was reviewed',
    params: byId,
    body: z.strictObject({ hash: Hash, note: z.string().max(500).default('') }),
    response: ReleaseRow,
  }),
  listReleases: route({
    operationId: 'listReleases',
    method: 'GET',
    path: '/v1/apps/:id/releases',
    permission: 'app:edit',
    audit: null,
    summary: 'List all releases, newest first',
    params: byId,
    query: z.strictObject({ ...pageQueryOf(z.string().regex(/^[1-9]\d{0,8}$/, 'a number of a release')) }),
    response: page(ReleaseRow),
  }),
  getManifest: route({
    operationId: 'getManifest',
    method: 'GET',
    path: '/v1/apps/:id/releases/:hash/manifest',
    permission: 'app:edit',
    audit: null,
    summary: 'List every statement that a release can issue',
    params: z.strictObject({ id: Id, hash: Hash }),
    response: Manifest,
  }),
  rollBack: route({
    operationId: 'rollBack',
    method: 'PUT',
    path: '/v1/apps/:id/release',
    permission: 'app:publish',
    audit: 'apps.rolled_back',
    summary: 'Make an earlier release the current one',
    params: byId,
    body: z.strictObject({ hash: Hash }),
    response: ReleaseRow,
  }),
  openApp: route({
    operationId: 'openApp',
    method: 'GET',
    path: '/v1/open/:slug',
    permission: 'app:open',
    audit: 'apps.opened',
    summary: 'Get the current release of an app, if you are in its audience',
    params: z.strictObject({ slug: Slug }),
    response: ReleasedApp,
  }),
};
