import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../kernel/actor.ts';
import type { Call } from '../../kernel/call.ts';
import type { SessionId } from '../../kernel/ids.ts';
import type { Secret } from '../../kernel/secret.ts';
import type { Wire } from './binding.ts';
import { clearedCookie, sessionCookie } from './cookies.ts';

interface Deps {
  /** Of the base URL. */
  readonly origin: string;
  onRevoked(sessionId: SessionId, abort: () => void): () => void;
}

/**
 * The `Wire` of one request. Nothing is set up before it is asked for: most handlers never do. A class, since an object
 * literal with a getter is given a hidden class of its own each time, which keeps the whole request from being collected.
 */
export class RequestWire implements Wire {
  readonly #request: FastifyRequest;
  readonly #reply: FastifyReply;
  readonly #call: Call<Actor>;
  readonly #deps: Deps;
  #controller: AbortController | undefined;

  constructor(request: FastifyRequest, reply: FastifyReply, call: Call<Actor>, deps: Deps) {
    this.#request = request;
    this.#reply = reply;
    this.#call = call;
    this.#deps = deps;
  }

  get signal(): AbortSignal {
    return this.#watched().signal;
  }

  stop(reason: string): void {
    this.#watched().abort(reason);
  }

  get accept(): string {
    return this.#request.headers.accept ?? '';
  }

  setSession(token: Secret, seconds: number): void {
    this.#reply.header(
      'set-cookie',
      sessionCookie(this.#request, this.#deps.origin, token.reveal(), seconds),
    );
  }

  clearSession(): void {
    this.#reply.header('set-cookie', clearedCookie(this.#request, this.#deps.origin));
  }

  stream(contentType: string, headers: Readonly<Record<string, string>> = {}): ServerResponse {
    const { raw } = this.#reply;
    this.#reply.hijack();
    // At once and in one go: a hijacked answer skips the hooks, and setting a dozen headers one by one is slow.
    raw.writeHead(200, {
      ...this.#request.server.apiHeaders,
      'x-request-id': this.#call.requestId,
      'content-type': contentType,
      ...headers,
    });
    return raw;
  }

  #watched(): AbortController {
    this.#controller ??= watch(this.#reply, this.#call, this.#deps);
    return this.#controller;
  }
}

function watch(reply: FastifyReply, call: Call<Actor>, deps: Deps): AbortController {
  const controller = new AbortController();
  const stop =
    call.actor.kind === 'person'
      ? deps.onRevoked(call.actor.sessionId, () => controller.abort('revoked'))
      : () => undefined;
  const close = () => {
    stop();
    if (!reply.raw.writableFinished) controller.abort('client-left');
  };
  // Who left before it was asked is told of no more.
  if (reply.raw.closed) close();
  else reply.raw.once('close', close);
  return controller;
}
