import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Method, Route } from '@sallyport/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor, PersonActor } from '../../kernel/actor.ts';
import type { Call } from '../../kernel/call.ts';
import type { SessionId } from '../../kernel/ids.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Binding, type Input, WrittenAnswer } from './binding.ts';
import { clientAddress } from './client-address.ts';
import { sessionToken } from './cookies.ts';
import { deviceOf } from './device.ts';
import type { Idempotency } from './idempotency.ts';
import { inputRefusal, refusalOf } from './problem.ts';
import { refuse } from './refusals.ts';
import { RequestWire } from './wire.ts';

export interface Authenticated {
  readonly actor: PersonActor;
  /** Null for an API token, which no browser sends by itself. */
  readonly csrfToken: string | null;
}

export interface Decision {
  readonly allowed: boolean;
  readonly policies: readonly string[];
}

/** What the mount asks of the contexts; compose.ts wires it. */
export interface MountDeps {
  /** Origin of the configured base URL. The Host header is never asked. */
  readonly origin: string;
  authenticate(
    credential: { readonly kind: 'session' | 'token'; readonly token: string },
    address: string,
  ): Authenticated | undefined | Promise<Authenticated | undefined>;
  decide(actor: PersonActor, action: string): Decision;
  /** Puts a refused call of a known person on the record and says what to answer; failing to is a failure of the call. */
  recordRefusal(
    call: Call<PersonActor>,
    route: Route,
    refusal: Refusal,
    policies: readonly string[],
  ): Promise<Refusal>;
  /** Calls `abort` when the session or the person is revoked; returns the way to stop listening. */
  onRevoked(sessionId: SessionId, abort: () => void): () => void;
  readonly idempotency: Idempotency;
  /** Every action and event that a context declares: a route that names another does not mount. */
  readonly actions: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
}

declare module 'fastify' {
  interface FastifyRequest {
    call: Call<Actor> | null;
  }
  interface FastifyContextConfig {
    /** A body's numbers keep all their digits (`Route.exactNumbers`). */
    exactNumbers?: boolean;
  }
  interface FastifyInstance {
    readonly apiHeaders: Readonly<Record<string, string>>;
  }
}

/** Mounts every operation of the contract; throws when one has no binding, or a permission or an event nobody declares. */
export function mount(
  app: FastifyInstance,
  routes: readonly Route[],
  bindings: readonly Binding[],
  deps: MountDeps,
): void {
  app.decorateRequest('call', null);
  const byRoute = new Map(bindings.map((binding) => [binding.route.operationId, binding]));
  for (const route of routes) {
    const binding = byRoute.get(route.operationId);
    if (binding === undefined) throw new Error(`No context serves ${route.operationId}.`);
    assertDeclared(route, deps);
    mountOne(app, binding, deps);
  }
  if (byRoute.size !== routes.length)
    throw new Error('A context serves an operation that the contract does not have.');
  for (const [path, taken] of methodsOf(routes)) refuseOthers(app, path, taken);
}

/** What each path takes. HEAD is a GET without its body, and so nothing that puts on the record what was sent. */
function methodsOf(routes: readonly Route[]): ReadonlyMap<string, readonly (Method | 'HEAD')[]> {
  const taken = new Map<string, (Method | 'HEAD')[]>();
  for (const route of routes)
    taken.set(route.path, [
      ...(taken.get(route.path) ?? []),
      route.method,
      ...(hasHead(route) ? ['HEAD' as const] : []),
    ]);
  return taken;
}

const hasHead = (route: Route): boolean => route.method === 'GET' && route.audit === null;

/** An address that is there, and does not take the method, says which it takes (RFC 9110, 15.5.6). */
function refuseOthers(app: FastifyInstance, url: string, taken: readonly string[]): void {
  const allow = taken.join(', ');
  app.route({
    method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'].filter(
      (one) => !taken.includes(one),
    ),
    url,
    exposeHeadRoute: false,
    config: { rateLimit: false },
    onRequest: async (_request, reply) => {
      reply.header('allow', allow);
      throw refuse('method_not_allowed', { values: { allow } });
    },
    handler: () => undefined,
  });
}

/** Invariant 5: no permission, or a change without an event, stops the boot. */
export function assertDeclared(route: Route, known: Pick<MountDeps, 'actions' | 'events'>): void {
  const { permission, audit, method, operationId } = route;
  if (permission !== 'public' && permission !== 'signed-in' && !known.actions.has(permission)) {
    throw new Error(`${operationId} asks for ${permission}, which no context defines.`);
  }
  if (audit === null && method !== 'GET' && route.safe !== true)
    throw new Error(`${operationId} changes something and records nothing.`);
  if (audit !== null && !known.events.has(audit))
    throw new Error(`${operationId} records ${audit}, which no context defines.`);
}

/** A body that came so soon came with its head, for whom was just admitted: the hot road is not walked twice. */
const AT_ONCE_MS = 100;

function mountOne(app: FastifyInstance, { route, serve }: Binding, deps: MountDeps): void {
  const { admit, admitAgain } = gate(route, deps);
  const validate = validator(route);
  app.route({
    method: route.method,
    url: route.path,
    exposeHeadRoute: hasHead(route),
    bodyLimit: route.bodyLimit ?? 1024 * 1024,
    config: {
      ...(route.permission === 'public' && route.polled !== true ? {} : { rateLimit: false }),
      exactNumbers: route.exactNumbers === true,
    },
    onRequest: admit,
    ...(route.method === 'GET' || route.permission === 'public'
      ? {}
      : {
          preHandler: (request, reply, done) => {
            if (reply.elapsedTime < AT_ONCE_MS) done();
            else admitAgain(request).then(() => done(), done);
          },
        }),
    handler: async (request, reply) => {
      const call = request.call as Call<Actor>;
      try {
        const input = validate(request);
        const answer = () => serve(call, input, new RequestWire(request, reply, call, deps));
        const result =
          route.idempotent === true
            ? await deps.idempotency.once(request, route, call, answer)
            : await answer();
        if (reply.sent || reply.raw.headersSent) return reply;
        if (route.audit !== null && !call.recorded.has(route.audit)) {
          throw new Error(`${route.operationId} ended without recording ${route.audit}`);
        }
        if (result instanceof WrittenAnswer) return sendWritten(request, reply, route, result);
        return send(request, reply, route, result);
      } catch (error) {
        throw afterChange(await record(error, call, route, deps), call);
      }
    },
  });
}

/** Who is it, may they do this at all, and does the request come from our own page: all before the body is read. */
function gate(route: Route, deps: MountDeps) {
  const assertAllowed = async (call: Call<PersonActor>): Promise<void> => {
    if (route.permission === 'public' || route.permission === 'signed-in') return;
    const decision = deps.decide(call.actor, route.permission);
    if (!decision.allowed) {
      const refusal = refuse('permission_denied', { values: { permission: route.permission } });
      throw await deps.recordRefusal(call, route, refusal, decision.policies);
    }
    for (const policy of decision.policies) call.decided.add(policy);
  };
  /** A body may come, or an answer or a change be ready, long after the head was admitted: what ended or was taken away meanwhile counts. */
  const admitAgain = async (request: FastifyRequest): Promise<void> => {
    const call = request.call as Call<PersonActor>;
    const pending = whoIs(request, deps);
    const found = pending instanceof Promise ? await pending : pending;
    if (found === undefined) throw refuse('sign_in_required');
    // What is kept in memory is the same object for as long as nothing changed.
    if (found.actor === call.actor) return;
    const now = { ...call, actor: found.actor, decided: new Set<string>() };
    request.call = now;
    await assertAllowed(now);
  };
  const elsewhere = () => refuse('origin_refused', { values: { address: deps.origin } });
  return {
    admitAgain,
    async admit(request: FastifyRequest): Promise<void> {
      const base = {
        requestId: request.id,
        address: clientAddress(request),
        device: deviceOf(request.headers['user-agent']),
        decided: new Set<string>(),
        recorded: new Map(),
      };
      const changes = route.method !== 'GET';
      if (route.permission === 'public') {
        // A browser always names its origin on a change; another site's is refused, so that nobody is signed in by force.
        if (changes && request.headers.origin !== undefined && request.headers.origin !== deps.origin)
          throw elsewhere();
        request.call = { ...base, actor: { kind: 'anonymous' } };
        return;
      }
      const pending = whoIs(request, deps);
      const found = pending instanceof Promise ? await pending : pending;
      if (found === undefined) throw refuse('sign_in_required');
      const call = { ...base, actor: found.actor, assertStillAdmitted: () => admitAgain(request) };
      request.call = call;
      const ofBrowser = found.actor.via === 'session';
      // A link brings the cookie along: nobody exports, or is said to have, by following it.
      if (ofBrowser && !changes && route.audit !== null && isLedHere(request))
        throw await deps.recordRefusal(call, route, elsewhere(), []);
      if (changes && ofBrowser) {
        if (request.headers.origin !== deps.origin)
          throw await deps.recordRefusal(call, route, elsewhere(), []);
        if (found.csrfToken === null || !sameText(request.headers['x-csrf-token'], found.csrfToken)) {
          throw await deps.recordRefusal(call, route, refuse('csrf_refused'), []);
        }
      }
      await assertAllowed(call);
    },
  };
}

/**
 * Whether a browser says that another site's page sent it here, or a link in one of ours: that may stand in a row of
 * somebody's data, or in an app. Our own pages ask without going anywhere.
 */
const isLedHere = ({ headers }: FastifyRequest): boolean => {
  const site = String(headers['sec-fetch-site']);
  if (site === 'same-origin') return headers['sec-fetch-mode'] === 'navigate';
  return site === 'cross-site' || site === 'same-site';
};

/** Whose session or token the request brings; undefined when none that is in force. */
function whoIs(request: FastifyRequest, deps: MountDeps): ReturnType<MountDeps['authenticate']> {
  const bearer = request.headers.authorization;
  const token =
    bearer === undefined
      ? sessionToken(request, deps.origin)
      : /^Bearer +([\x21-\x7e]{20,200})$/i.exec(bearer)?.[1];
  if (token === undefined) return undefined;
  const kind = bearer === undefined ? 'session' : 'token';
  return deps.authenticate({ kind, token }, clientAddress(request));
}

/** A use case's own 403 is on the record too, once; so is acting on what is not there, which may be another's. */
async function record(error: unknown, call: Call<Actor>, route: Route, deps: MountDeps): Promise<unknown> {
  if (!(error instanceof Refusal) || call.actor.kind !== 'person') return error;
  const { status } = error.row;
  if (status !== 403 && (status !== 404 || route.method === 'GET')) return error;
  if (call.recorded.has('access.refused')) return error;
  return deps.recordRefusal(call as Call<PersonActor>, route, error, []);
}

/**
 * A change that is on the record was made. That the database was lost, or full, later, while the answer was read, does not undo it,
 * and nobody may be told that nothing was changed.
 */
function afterChange(error: unknown, call: Call<Actor>): unknown {
  if (![...call.recorded.values()].includes('with a change')) return error;
  const undone = ['database_unavailable', 'database_busy', 'database_full', 'database_read_only'];
  if (!undone.includes(refusalOf(error).code)) return error;
  return refuse('database_outcome_unknown', { cause: error });
}

function sameText(given: string | string[] | undefined, expected: string): boolean {
  if (typeof given !== 'string' || given.length !== expected.length) return false;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) difference |= given.charCodeAt(i) ^ expected.charCodeAt(i);
  return difference === 0;
}

/** What a route does not declare: absent or empty; asked before the schema, which then says what is wrong. */
const nothing = z.union([z.undefined(), z.null(), z.strictObject({})]);

const isNothing = (given: unknown): boolean =>
  given === undefined ||
  given === null ||
  (typeof given === 'object' && !Array.isArray(given) && Object.keys(given).length === 0);

function validator(route: Route) {
  const parts = [
    ['params', route.params ?? nothing],
    ['query', route.query ?? nothing],
    ['body', route.body ?? nothing],
  ] as const;
  return (request: FastifyRequest): Input<Route> => {
    const input: Record<string, unknown> = {};
    assertText(request.query);
    for (const [part, schema] of parts) {
      if (schema === nothing && isNothing(request[part])) continue;
      const parsed = schema.safeParse(request[part]);
      if (!parsed.success) throw inputRefusal(part, parsed.error);
      input[part] = parsed.data;
    }
    return input as unknown as Input<Route>;
  };
}

/** As in a body (json-body.ts): PostgreSQL's text has no U+0000. */
function assertText(query: unknown): void {
  for (const [name, value] of Object.entries(query ?? {})) {
    if (String(value).includes('\0'))
      throw refuse('input_invalid', {
        places: [{ path: `query.${name}`, message: 'A text holds U+0000, which is no character.' }],
      });
  }
}

/** Whoever takes no compressed answer, as few do, gets it unpacked on the way. */
function sendWritten(
  request: FastifyRequest,
  reply: FastifyReply,
  route: Route,
  { gzipped }: WrittenAnswer,
): FastifyReply {
  reply
    .code(route.status ?? 200)
    .type('application/json; charset=utf-8')
    .header('vary', 'accept-encoding');
  const taken = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(String(request.headers['accept-encoding']));
  return taken
    ? reply.header('content-encoding', 'gzip').send(gzipped)
    : reply.send(Readable.from([gzipped]).pipe(createGunzip()));
}

function send(request: FastifyRequest, reply: FastifyReply, route: Route, result: unknown): FastifyReply {
  const status = route.status ?? 200;
  if (route.response === null) return reply.code(status).send();
  // The response schema is an allow-list: an unknown member is a fault of ours, and nothing of it leaves.
  const parsed = route.response.safeParse(result);
  if (!parsed.success)
    throw refusalOf(new Error(`${route.operationId} answered outside its schema`, { cause: parsed.error }));
  if (route.location !== undefined)
    reply.header(
      'location',
      locationOf(route.location, { ...(request.params as object), ...(parsed.data as object) }),
    );
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(parsed.data));
}

function locationOf(path: string, made: object): string {
  return path.replace(/:([\w.]+)/g, (_, names: string) => {
    const named = names
      .split('.')
      .reduce<unknown>((one, name) => (one as Record<string, unknown>)[name], made);
    return encodeURIComponent(String(named));
  });
}
