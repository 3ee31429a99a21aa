import { z } from 'zod';
import { ValueType } from './queries.ts';
import { route } from './route.ts';
import { Environment, Id, Instant, Name, page, pageQueryOf, Slug } from './values.ts';

export const Engine = z.enum(['postgres', 'mysql', 'rest']);
export type Engine = z.infer<typeof Engine>;
/** What Sallyport will do there: `read` refuses every write before it leaves. */
export const SourceMode = z.enum(['read', 'read-write']);

const Host = z.string().trim().min(1).max(253);
const Port = z.number().int().min(1).max(65_535);
/** `verify`: certificate and name are checked (default). `encrypt`: TLS without a check. `off`: none. Both relaxations are audited. */
const Tls = z.enum(['verify', 'encrypt', 'off']).default('verify');
const Ca = z.string().max(100_000).optional();

export const PostgresSettings = z.strictObject({
  engine: z.literal('postgres'),
  host: Host,
  port: Port.default(5432),
  database: z.string().min(1).max(63),
  tls: Tls,
  ca: Ca,
});
export const MysqlSettings = z.strictObject({
  engine: z.literal('mysql'),
  host: Host,
  port: Port.default(3306),
  database: z.string().min(1).max(64),
  tls: Tls,
  ca: Ca,
});
export const RestSettings = z.strictObject({
  engine: z.literal('rest'),
  /** `https://api.example.com/v2`: the only host that requests of this source can reach. */
  baseUrl: z.url({ protocol: /^https?$/ }).max(500),
  tls: z.enum(['verify', 'encrypt']).default('verify'),
  ca: Ca,
  /** Sent with every request; no credentials here. */
  headers: z
    .array(z.strictObject({ name: z.string().min(1).max(100), value: z.string().max(1_000) }))
    .max(20)
    .default([]),
  /** Fetched by a connection test, below `baseUrl`. */
  testPath: z.string().max(500).default('/'),
});
export const ConnectionSettings = z.discriminatedUnion('engine', [
  PostgresSettings,
  MysqlSettings,
  RestSettings,
]);
export type ConnectionSettings = z.output<typeof ConnectionSettings>;

const SecretText = z.string().max(20_000);
/** Write-only. `none` is for a REST source without authentication. */
export const Credential = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('password'), user: z.string().min(1).max(128), password: SecretText }),
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('basic'), user: z.string().max(200), password: SecretText }),
  z.strictObject({ kind: z.literal('bearer'), token: SecretText }),
  z.strictObject({
    kind: z.literal('api-key'),
    in: z.enum(['header', 'query']),
    name: z.string().min(1).max(100),
    value: SecretText,
  }),
  z.strictObject({
    kind: z.literal('oauth2-client-credentials'),
    tokenUrl: z.url({ protocol: /^https?$/ }).max(500),
    clientId: z.string().max(300),
    clientSecret: SecretText,
    scope: z.string().max(500).optional(),
    /** What the token is for: some servers give none without, and have no scope of it. */
    audience: z.string().max(500).optional(),
  }),
]);
export type Credential = z.infer<typeof Credential>;

/** Some APIs take a key in place of the user, and nothing or any letter as the password: the user is the secret then. */
export const isKeyAsUser = (basic: { readonly password: string }): boolean => basic.password.length < 2;

export const PrivilegeReport = z.strictObject({
  /** The role that the source knows us as. */
  role: z.string(),
  /** True when it can do more than the source's mode needs. */
  exceeds: z.boolean(),
  lines: z.array(z.strictObject({ privilege: z.string(), needed: z.boolean(), has: z.boolean() })),
  /** Statements that would take the surplus away, for the engine's administrator. */
  remedy: z.string().nullable(),
});
export type PrivilegeReport = z.infer<typeof PrivilegeReport>;

/** What the egress guard decided about the address, and the rule that decided. */
export const EgressDecision = z.strictObject({
  allowed: z.boolean(),
  rule: z.string(),
  host: z.string(),
  address: z.string().nullable(),
  reason: z.string(),
});
export type EgressDecision = z.infer<typeof EgressDecision>;

export const SourceStatus = z.enum(['untested', 'healthy', 'failing', 'paused', 'no-credential']);

export const SourceEnvironmentView = z.strictObject({
  environment: Environment,
  settings: ConnectionSettings,
  /** What is known of the credential; the value never comes back. */
  credential: z
    .strictObject({
      kind: z.string(),
      user: z.string().nullable(),
      boundTo: z.string(),
      keyId: z.string(),
      version: z.number().int(),
      setAt: Instant,
      setBy: z.string(),
    })
    .nullable(),
  status: SourceStatus,
  serverVersion: z.string().nullable(),
  checkedAt: Instant.nullable(),
  latencyMs: z.number().nullable(),
  lastError: z
    .strictObject({
      code: z.string(),
      title: z.string(),
      next: z.string(),
      detail: z.string().optional(),
      at: Instant,
    })
    .nullable(),
  privileges: PrivilegeReport.nullable(),
  egress: EgressDecision.nullable(),
});
export type SourceEnvironmentView = z.infer<typeof SourceEnvironmentView>;

export const SourceView = z.strictObject({
  id: Id,
  name: z.string(),
  slug: Slug,
  engine: Engine,
  mode: SourceMode,
  paused: z.boolean(),
  createdAt: Instant,
  createdBy: z.string(),
  environments: z.array(SourceEnvironmentView),
});
export type SourceView = z.infer<typeof SourceView>;

const byId = z.strictObject({ id: Id });
const byEnvironment = z.strictObject({ id: Id, environment: Environment });

export const sources = {
  listSources: route({
    operationId: 'listSources',
    method: 'GET',
    path: '/v1/sources',
    permission: 'source:read',
    audit: null,
    summary: 'List data sources and their state, newest first',
    query: z.strictObject({ ...pageQueryOf(Id) }),
    response: page(SourceView),
  }),
  getSource: route({
    operationId: 'getSource',
    method: 'GET',
    path: '/v1/sources/:id',
    permission: 'source:read',
    audit: null,
    summary: 'Get a data source',
    params: byId,
    response: SourceView,
  }),
  connectSource: route({
    operationId: 'connectSource',
    method: 'POST',
    path: '/v1/sources',
    permission: 'source:manage',
    audit: 'sources.connected',
    status: 201,
    location: '/v1/sources/:id',
    idempotent: true,
    summary: 'Add a data source with its first environments',
    body: z.strictObject({
      name: Name,
      mode: SourceMode.default('read-write'),
      /** One entry for each environment; the credential is sealed for each apart. */
      environments: z
        .array(
          z.strictObject({ environment: Environment, settings: ConnectionSettings, credential: Credential }),
        )
        .min(1)
        .max(3),
    }),
    response: SourceView,
  }),
  changeSource: route({
    operationId: 'changeSource',
    method: 'PATCH',
    path: '/v1/sources/:id',
    permission: 'source:manage',
    audit: 'sources.changed',
    summary: 'Rename a data source, change its mode, pause or resume it',
    params: byId,
    body: z.strictObject({
      name: Name.optional(),
      mode: SourceMode.optional(),
      paused: z.boolean().optional(),
    }),
    response: SourceView,
  }),
  removeSource: route({
    operationId: 'removeSource',
    method: 'DELETE',
    path: '/v1/sources/:id',
    permission: 'source:manage',
    audit: 'sources.removed',
    status: 204,
    summary: 'Delete a data source and its sealed credentials',
    params: byId,
    response: null,
  }),
  setSourceEnvironment: route({
    operationId: 'setSourceEnvironment',
    method: 'PUT',
    path: '/v1/sources/:id/environments/:environment',
    permission: 'source:manage',
    audit: 'sources.settings_changed',
    summary: 'Set the address of one environment; another scheme, host or port voids the credential',
    params: byEnvironment,
    body: z.strictObject({ settings: ConnectionSettings }),
    response: SourceView,
  }),
  removeSourceEnvironment: route({
    operationId: 'removeSourceEnvironment',
    method: 'DELETE',
    path: '/v1/sources/:id/environments/:environment',
    permission: 'source:manage',
    audit: 'sources.environment_removed',
    summary: 'Delete an environment and its credential',
    params: byEnvironment,
    response: SourceView,
  }),
  setCredential: route({
    operationId: 'setCredential',
    method: 'PUT',
    path: '/v1/sources/:id/environments/:environment/credential',
    permission: 'source:manage',
    audit: 'sources.credential_set',
    summary: 'Seal a new credential, bound to the host and port',
    params: byEnvironment,
    body: z.strictObject({
      credential: Credential,
      /** Those that it is meant for; refused when the connection has another address or TLS by now. */
      settings: ConnectionSettings.optional(),
    }),
    response: SourceView,
  }),
  testSource: route({
    operationId: 'testSource',
    method: 'POST',
    path: '/v1/sources/:id/environments/:environment/test',
    permission: 'source:read',
    audit: 'sources.tested',
    summary: 'Test a connection: read version and privileges, and store the outcome as the status',
    params: byEnvironment,
    response: SourceEnvironmentView,
  }),
  tryConnection: route({
    operationId: 'tryConnection',
    method: 'POST',
    path: '/v1/sources/try',
    permission: 'source:manage',
    audit: 'sources.tried',
    summary: 'Test settings and a credential without saving them',
    body: z.strictObject({
      mode: SourceMode.default('read-write'),
      settings: ConnectionSettings,
      credential: Credential,
    }),
    response: z.strictObject({
      ok: z.boolean(),
      serverVersion: z.string().nullable(),
      latencyMs: z.number().nullable(),
      privileges: PrivilegeReport.nullable(),
      egress: EgressDecision.nullable(),
      error: z
        .strictObject({
          code: z.string(),
          title: z.string(),
          next: z.string(),
          detail: z.string().optional(),
        })
        .nullable(),
    }),
  }),
};

export const CatalogColumn = z.strictObject({
  name: z.string(),
  engineType: z.string(),
  type: z.enum([...ValueType.options, 'binary']),
  nullable: z.boolean(),
  hasDefault: z.boolean(),
  /** The default where it is a plain value, not computed: a text, a truth value, or the figures of a number. */
  default: z.union([z.string(), z.boolean()]).optional(),
  generated: z.boolean(),
  /** The engine sets it whenever a row is changed and no value of it is given. */
  setOnUpdate: z.literal(true).optional(),
  comment: z.string().nullable(),
  /** The domain that the column is of, where it is of one; `engineType` is what that stands on. */
  domain: z.string().optional(),
  /** The values of an enumeration, in its order. */
  choices: z.array(z.string()).max(1_000).optional(),
  /** What the source's role may not do with it, though with others of the table. */
  denied: z.array(z.enum(['select', 'insert', 'update'])).optional(),
});
export const CatalogTable = z.strictObject({
  schema: z.string(),
  name: z.string(),
  kind: z.enum(['table', 'view']),
  columns: z.array(CatalogColumn),
  primaryKey: z.array(z.string()),
  /** Where there is no primary key, a unique key whose columns are never null. */
  uniqueKey: z.array(z.string()).optional(),
  /**
   * What the source's role may do with none of its columns; `delete` where it may delete no row, of which MySQL does not tell;
   * `insert` also where a row needs a value in a column that PostgreSQL does not let the role see, and of a foreign table that
   * takes no rows.
   */
  denied: z.array(z.enum(['select', 'insert', 'update', 'delete'])).optional(),
  foreignKeys: z.array(
    z.strictObject({
      columns: z.array(z.string()),
      schema: z.string(),
      table: z.string(),
      references: z.array(z.string()),
    }),
  ),
  estimatedRows: z.number().int().nullable(),
  comment: z.string().nullable(),
});
/** The first so many tables of a source are read, by schema and name; those of its own database, or search path, before others. */
export const MOST_CATALOG_TABLES = 20_000;
export const Catalog = z.strictObject({
  sourceId: Id,
  environment: Environment,
  readAt: Instant,
  tables: z.array(CatalogTable),
  /** The source has more tables than are read. */
  more: z.boolean(),
});
export type CatalogTable = z.infer<typeof CatalogTable>;
export type CatalogColumn = z.infer<typeof CatalogColumn>;
export type Catalog = z.infer<typeof Catalog>;

export const catalog = {
  getCatalog: route({
    operationId: 'getCatalog',
    method: 'GET',
    path: '/v1/sources/:id/environments/:environment/catalog',
    permission: 'catalog:read',
    audit: null,
    summary: 'Get schemas, tables, columns, types and keys; never rows',
    params: byEnvironment,
    query: z.strictObject({ refresh: z.enum(['true', 'false']).default('false') }),
    response: Catalog,
  }),
};
