import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mysql } from '@sallyport/connectors/mysql/index.ts';
import { postgres } from '@sallyport/connectors/postgres/index.ts';
import { rest } from '@sallyport/connectors/rest/index.ts';
import { contract, routes as operations } from '@sallyport/contract';
import type { FastifyInstance } from 'fastify';
import own from '../package.json' with { type: 'json' };
import { composeTables } from './compose-tables.ts';
import * as access from './contexts/access/index.ts';
import * as apps from './contexts/apps/index.ts';
import * as audit from './contexts/audit/index.ts';
import * as catalog from './contexts/catalog/index.ts';
import * as gateway from './contexts/gateway/index.ts';
import * as identity from './contexts/identity/index.ts';
import * as sources from './contexts/sources/index.ts';
import * as vault from './contexts/vault/index.ts';
import * as demo from './demo/index.ts';
import { baseUrl, type Config } from './platform/config/config.ts';
import { listenersOf } from './platform/config/listeners-of.ts';
import { openDb } from './platform/db/db.ts';
import { openNotifications } from './platform/db/notifications.ts';
import type { DatabasePlace } from './platform/db/open-place.ts';
import { prepare } from './platform/db/prepare.ts';
import { handle } from './platform/http/binding.ts';
import { freePort } from './platform/http/free-port.ts';
import { createIdempotency, forgetKeptAnswers } from './platform/http/idempotency.ts';
import { listening } from './platform/http/listening.ts';
import { mount } from './platform/http/mount.ts';
import { redirectToHttps } from './platform/http/redirect-to-https.ts';
import { refuse } from './platform/http/refusals.ts';
import { createHttpServer } from './platform/http/server.ts';
import { stopServing } from './platform/http/stop-serving.ts';
import { renewCertificate, tlsOptions } from './platform/http/tls-options.ts';
import { serveWebApp } from './platform/http/web-app.ts';
import type { Lifecycle } from './platform/lifecycle/lifecycle.ts';
import type { Log, openLog } from './platform/log/log.ts';
import { createOutbound } from './platform/outbound/outbound.ts';

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface StartOptions {
  readonly config: Config;
  readonly log: ReturnType<typeof openLog>;
  readonly lifecycle: Lifecycle;
  readonly place: DatabasePlace;
  /** A PostgreSQL that we started ended for good. */
  readonly onLost: (error: Error) => void;
  /** Start the demo's PostgreSQL too. */
  readonly demo: boolean;
  /** The built web app; null serves the API alone. */
  readonly web: string | null;
}

export interface Running {
  /** The origin that people use. */
  readonly url: URL;
  /** Given while there is no owner: `/setup?token=…` at that origin. */
  readonly setupLink: string | null;
}

/** Composes and starts everything over the database; the lifecycle stops it. Each part is handed only what it uses. */
export async function start(options: StartOptions): Promise<Running> {
  const { config, log, lifecycle, place, onLost, demo: withDemo, web } = options;
  const root = await vault.openRootKey({
    given: config.rootKey,
    file: join(config.dataDirectory, 'root.key'),
    owner: place.owner,
    previous: config.previousRootKey,
    others: [
      (owner, from, to) =>
        audit.resealSigningKey(owner, async (sealed) =>
          to.wrap(await from.unwrap(sealed, 'audit-signing-key'), 'audit-signing-key'),
        ),
      forgetKeptAnswers,
    ],
  });
  if (root.replaced !== undefined)
    log.info(
      { from: root.replaced, to: root.id },
      'the root key was replaced; remove SALLYPORT_ROOT_KEY_PREVIOUS',
    );
  const connections = await prepare({
    owner: place.owner,
    database: config.database,
    deriveKey: (purpose) => root.deriveKey(purpose),
    folder: join(PROJECT, 'server', 'migrations'),
    onWaiting: () => log.warn({}, 'waiting for another node, which is migrating the database'),
  });
  if (connections.migrated.length > 0)
    log.info({ migrations: connections.migrated }, 'the database was migrated');
  const db = await lifecycle.part(
    'pools',
    () => openDb(connections),
    (opened) => opened.close(),
  );
  const notifications = await lifecycle.part(
    'notifications',
    () => openNotifications(connections.app, log),
    (opened) => opened.close(),
  );

  // Where we listen, and the guard that knows it.
  const port = config.listen.port === 0 ? await freePort(config.listen.host) : config.listen.port;
  const url = baseUrl(config, port);
  const ours = [
    ...listenersOf(config, url, port),
    ...place.addresses.map((one) => ({ what: 'database' as const, ...one })),
  ];
  const outbound = createOutbound({
    rules: {
      allow: config.egress.allow,
      deny: config.egress.deny,
      ...(config.egress.loopback === 'auto' ? {} : { loopback: config.egress.loopback }),
    },
    own: () => ours,
    listensOnLoopbackOnly: () => config.egress.onlyThisMachine,
  });

  // The contexts, lowest first. Where a lower one asks a higher one, it gets a function that is called later.
  const tables = composeTables([audit, vault, identity, access, sources, catalog, gateway, apps, demo]);
  const journal = await lifecycle.part(
    'audit',
    () =>
      audit.createAudit({
        db,
        connection: connections.system,
        events: tables.events,
        signedFile: {
          path: join(config.dataDirectory, 'signed-checkpoints.json'),
          onFault: (error) =>
            log.warn({ err: error }, 'the newest checkpoints could not be kept on this node'),
        },
      }),
    (opened) => opened.close(),
  );
  const safe = await lifecycle.part(
    'vault',
    () => vault.createVault({ db, root, audit: journal }),
    (opened) => opened.close(),
  );
  const people = await lifecycle.part(
    'identity',
    () =>
      identity.createIdentity({
        db,
        notifications,
        audit: journal,
        vault: safe,
        baseUrl: url.origin,
        permissionsOf: (actor) => policy.permissionsOf(actor),
      }),
    (opened) => opened.close(),
  );
  const names = async (...[organization, ids]: Parameters<typeof people.names>) =>
    new Map([...(await people.names(organization, ids))].map(([id, person]) => [id, person.name]));
  const policy: access.Access = await lifecycle.part(
    'access',
    () =>
      access.createAccess({
        audit: journal,
        actions: tables.actions,
        actorOf: people.actorOf,
        appResource: (organization, id) => tools.resource(organization, id),
      }),
    (opened) => opened.close(),
  );
  const connectors = { postgres, mysql, rest };
  const data = await lifecycle.part(
    'sources',
    () =>
      sources.createSources({
        db,
        notifications,
        audit: journal,
        vault: safe,
        access: policy,
        names,
        engines: gateway.engines({ connectors, dial: outbound.dial, decide: outbound.decide }),
      }),
    (opened) => opened.close(),
  );
  const schemas = catalog.createCatalog({
    db,
    access: policy,
    sources: data,
    read: (call, id, environment) => road.readCatalog(call, id, environment),
  });
  const road = await lifecycle.part(
    'gateway',
    () =>
      gateway.createGateway({
        db,
        notifications,
        audit: journal,
        vault: safe,
        access: policy,
        sources: data,
        connectors,
        dial: outbound.dial,
        releases: {
          release: (organization, hash) => tools.release(organization, hash),
          draft: (organization, id) => tools.draft(organization, id),
          changed: apps.APPS_CHANGED,
        },
        people,
      }),
    (opened) => opened.close(),
  );
  const tools = apps.createApps({
    db,
    audit: journal,
    access: policy,
    compiler: road,
    catalog: schemas,
    sources: data.list,
    names,
  });
  const leftOut = withDemo ? undefined : demo.demoLeftOut(config.dataDirectory);
  if (leftOut !== undefined) log.warn({}, leftOut);
  const demoServer = !withDemo
    ? null
    : await lifecycle.part(
        'demo',
        () =>
          demo.openDemoServer({
            dataDirectory: config.dataDirectory,
            password: root.deriveKey('demo-database'),
            log,
            onLost,
            decide: outbound.decide,
          }),
        (opened) => opened.stop(),
      );
  const example = demo.createDemo({ db, audit: journal, sources: data, apps: tools, server: demoServer });

  // HTTP, last: nobody is let in before everything stands.
  const app = await createHttpServer({
    log,
    tls: tlsOptions(config.tls),
    trustedProxies: config.trustedProxies,
    publicPerMinute: config.publicRate,
  });
  // Ready only while the log can be written: nothing happens without it, so a node that cannot is of no use.
  const health = handle(contract.system.health, async () => {
    if (lifecycle.phase !== 'ready') throw refuse('node_not_ready');
    if (!(await journal.canWrite())) throw audit.refuse('audit_unavailable');
    return { status: 'ready' as const, version: own.version };
  });
  const idempotency = await lifecycle.part(
    'idempotency',
    () => createIdempotency(db, root.deriveKey('idempotency')),
    (opened) => opened.close(),
  );
  mount(
    app,
    operations,
    [
      health,
      ...audit.routes(journal),
      ...vault.routes(safe),
      ...demo.installAtSetup(identity.routes(people), example, log),
      ...access.routes(policy),
      ...data.routes,
      ...schemas.routes,
      ...road.routes,
      ...tools.routes,
      ...example.routes,
    ],
    {
      origin: url.origin,
      authenticate: people.authenticate,
      decide: policy.decide,
      recordRefusal: policy.recordRefusal,
      onRevoked: people.onRevoked,
      idempotency,
      actions: new Set(Object.keys(tables.actions)),
      events: new Set(Object.keys(tables.events)),
    },
  );
  if (web !== null) await serveWebApp(app, web);
  for (const table of [identity.totpSecrets, sources.sealedCredentials, gateway.secretConstants])
    safe.register(table);
  safe.start((error) => log.error({ err: error }, 'a key rotation failed and will be retried'));
  await journal.start(
    {
      sealKey: (key) => root.wrap(key, 'audit-signing-key'),
      openKey: (sealed) => root.unwrap(sealed, 'audit-signing-key'),
    },
    (error) => log.error({ err: error }, 'the audit log could not be sequenced; retrying'),
    (lost) =>
      log.error(
        { logs: lost.map(({ organization, size, at }) => ({ organization, size, signedAt: at })) },
        'the audit log was rolled back: the database lost records that were committed',
      ),
  );
  await lifecycle.part(
    'http',
    () =>
      listening('SALLYPORT_LISTEN', { host: config.listen.host, port }, () =>
        app.listen({ host: config.listen.host, port }),
      ),
    () => stopServing(app),
  );
  await listenBeside(config, url, app, lifecycle, log);
  lifecycle.ready();
  const token = await people.setupToken();
  return { url, setupLink: token === null ? null : new URL(`/setup?token=${token.reveal()}`, url).href };
}

/** The redirect from plain HTTP, and SIGHUP for a renewed certificate. */
async function listenBeside(
  config: Config,
  url: URL,
  app: FastifyInstance,
  lifecycle: Lifecycle,
  log: Log,
): Promise<void> {
  const { httpRedirect, tls } = config;
  if (httpRedirect !== null)
    await lifecycle.part(
      'redirect',
      () => listening('SALLYPORT_HTTP_REDIRECT', httpRedirect, () => redirectToHttps(httpRedirect, url)),
      (server) => server.close(),
    );
  if (tls === null) return;
  process.on('SIGHUP', () => {
    try {
      renewCertificate(app.server as unknown as Parameters<typeof renewCertificate>[0], tls);
      log.info({}, 'the certificate was reloaded');
    } catch (error) {
      log.error({ err: error }, 'the new certificate cannot be used; keeping the current one');
    }
  });
}
