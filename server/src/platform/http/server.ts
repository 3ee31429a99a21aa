import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { ServerOptions as TlsOptions } from 'node:https';
import type { Socket } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import { contract, exactNumber, mayRound, parseExact } from '@sallyport/contract';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { AddressCounts } from './address-counts.ts';
import { boundConnections } from './bound-connections.ts';
import { clientAddress } from './client-address.ts';
import { assertPlain, assertShallow, assertUtf8, assertWhole, readUtf8, repetition } from './json-body.ts';
import { assertExact } from './json-numbers.ts';
import { createLargeBodies, LARGE_BYTES } from './large-bodies.ts';
import { answerMalformed, assertFramed } from './malformed.ts';
import { problemOf, refusalOf } from './problem.ts';
import { refuse } from './refusals.ts';
import { apiHeaders, pageHeaders } from './security-headers.ts';

export interface HttpOptions {
  readonly log: FastifyBaseLogger;
  readonly tls: TlsOptions | null;
  /** Addresses of proxies whose `x-forwarded-for` is believed; none by default. */
  readonly trustedProxies: readonly string[];
  /** Requests a minute and address on public routes, beside what sign-in itself limits. */
  readonly publicPerMinute: number;
}

type Read = (error: Error | null, body?: unknown) => void;

function noCompiler(): never {
  throw new Error('A route has a schema of its own instead of the one of the contract.');
}

/** The HTTP server with its limits, headers and error form; routes are mounted on it by `mount`. */
export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const ofApi = apiHeaders(options.tls !== null);
  const ofPages = Object.entries(pageHeaders(options.tls !== null));
  const app = Fastify({
    loggerInstance: options.log,
    // Requests are read by the contract's schemas (mount.ts): Fastify need not load what compiles its own.
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
    // One line a request, with the person, is written below instead.
    logController: new LogController({ disableRequestLogging: true }),
    // Lines name their request themselves; a logger for each would be made thousands of times a second.
    childLoggerFactory: (logger: FastifyBaseLogger) => logger,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    bodyLimit: 1024 * 1024,
    // A client that never finishes its request is let go; answers may stream for as long as their own limits allow.
    requestTimeout: 30_000,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    // See stopServing.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // An address that is no address, or holds a name longer than any: before any hook, and otherwise in another form.
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) => {
      reply.header('x-request-id', request.id);
      reply.headers(ofApi);
      answerProblem(refuse('route_not_found'), request, reply);
    },
    // What is no HTTP at all, or has larger headers than any of ours.
    clientErrorHandler: (error: Error, socket: Socket) => answerMalformed(error, socket, ofApi),
    // Node would refuse what lacks it with an empty answer; see assertFramed.
    ...(options.tls === null
      ? { http: { requireHostHeader: false } }
      : { https: { ...options.tls, requireHostHeader: false } }),
  } as Parameters<typeof Fastify>[0]) as unknown as FastifyInstance;
  (app.server as Server).headersTimeout = 15_000;
  // Node's own answer to an `Expect` of another kind is empty, too.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  boundConnections(app.server, options.log);

  app.decorate('apiHeaders', ofApi);
  app.addHook('onRequest', (request, reply, done) => {
    // An answer that nobody took to its end is no response to `onResponse`.
    reply.raw.once('close', () => {
      if (request.raw.errored instanceof Error) request.log.info(lineOf(request, reply), 'the client left');
    });
    assertFramed(request.raw);
    done();
  });
  await app.register(rateLimit, {
    max: options.publicPerMinute,
    timeWindow: '1 minute',
    keyGenerator: clientAddress,
    store: AddressCounts,
    // Pages and their files are not counted: a whole office may come from one address, and a page is many files.
    allowList: (request) => !isOfApi(request),
    errorResponseBuilder: (_request, context) =>
      refuse('too_many_requests', {
        values: { seconds: Math.ceil(context.ttl / 1000) },
        extra: { retryAfter: Math.ceil(context.ttl / 1000) },
      }),
  });

  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  const inTurn = createLargeBodies();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (bytes.length < LARGE_BYTES) readJson(request, bytes as Buffer, done);
    else inTurn(() => readJson(request, bytes as Buffer, done));
  });
  const readJson = (request: FastifyRequest, bytes: Buffer, done: Read) => {
    let text: string;
    let members: number;
    try {
      assertUtf8(request.headers['content-type']);
      assertPlain(request.headers['content-encoding']);
      assertWhole(request.headers['content-range']);
      text = readUtf8(bytes);
      members = assertShallow(text);
      if (request.routeOptions.config.exactNumbers !== true) assertExact(text);
    } catch (error) {
      done(error as Error);
      return;
    }
    // A browser's DELETE with a content type and no body is an absent body, not a broken one.
    if (text === '') {
      done(null, undefined);
      return;
    }
    parse(request, text, (error, parsed) => {
      const refusal = error ?? repetition(parsed, members);
      // Looked through as every body is, and read again with all digits.
      if (refusal === null) done(null, mayRound(text) ? parseExact(text, exactNumber) : parsed);
      else done(refusal);
    });
  };

  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (isOfApi(request)) reply.headers(ofApi);
    // The sandbox says otherwise where it must.
    else for (const [name, value] of ofPages) if (!reply.hasHeader(name)) reply.header(name, value);
  });
  app.addHook('onResponse', (request, reply, done) => {
    // A balancer asks every node every second: that all is well would fill the log.
    const isHealth = request.routeOptions.url === contract.system.health.path;
    request.log[isHealth && reply.statusCode === 200 ? 'debug' : 'info'](lineOf(request, reply), 'request');
    done();
  });

  app.setErrorHandler(answerProblem);
  return app;
}

/** What the log says of a request; of one that was left before its answer began, no status. */
function lineOf(request: FastifyRequest, reply: FastifyReply) {
  const { call } = request;
  return {
    request: request.id,
    method: request.method,
    route: request.routeOptions.url,
    status: reply.raw.headersSent ? reply.statusCode : undefined,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    person: call?.actor.kind === 'person' ? call.actor.personId : undefined,
    address: call?.address ?? clientAddress(request),
  };
}

/** By the route that was found: the router undoes percent signs, so that the address may spell `/v1/` as `/%761/`. */
function isOfApi(request: FastifyRequest): boolean {
  return (request.routeOptions.url ?? request.url).startsWith('/v1/');
}

function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error, request.routeOptions.bodyLimit);
  // Who left before the request was whole is neither a fault nor the database's, though the error is of a lost connection.
  const left = !request.raw.complete && request.raw.errored !== null;
  if (!left && refusal.row.status >= 500)
    request.log.error(
      { request: request.id, err: refusal.cause ?? error, code: refusal.code },
      'request failed',
    );
  const retry = refusal.extra.retryAfter;
  if (typeof retry === 'number') reply.header('retry-after', String(retry));
  // Asked for by RFC 9110 (15.5.2); no browser asks a person for a token because of it.
  if (refusal.row.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(refusal.row.status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemOf(refusal, request.id)));
}
