import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../kernel/actor.ts';
import type { Call } from '../../kernel/call.ts';
import type { SessionId } from '../../kernel/ids.ts';
import type { Wire } from './binding.ts';
import { CLEARED_COOKIE, sessionCookie } from './cookies.ts';

/** The `Wire` of one request. Nothing is set up before it is asked for: most handlers never do. */
export function wireOf(
  request: FastifyRequest,
  reply: FastifyReply,
  call: Call<Actor>,
  deps: { onRevoked(sessionId: SessionId, abort: () => void): () => void },
): Wire {
  let controller: AbortController | undefined;
  return {
    get signal() {
      controller ??= watch(reply, call, deps);
      return controller.signal;
    },
    accept: request.headers.accept ?? '',
    userAgent: request.headers['user-agent'] ?? '',
    setSession: (token, seconds) => {
      reply.header('set-cookie', sessionCookie(token.reveal(), seconds));
    },
    clearSession: () => {
      reply.header('set-cookie', CLEARED_COOKIE);
    },
    stream: (contentType, headers = {}) => {
      const raw = reply.raw;
      reply.hijack();
      // At once and in one go: a hijacked answer skips the hooks, and setting a dozen headers one by one is slow.
      raw.writeHead(200, {
        ...request.server.apiHeaders,
        'x-request-id': call.requestId,
        'content-type': contentType,
        ...headers,
      });
      return raw;
    },
  };
}

function watch(
  reply: FastifyReply,
  call: Call<Actor>,
  deps: { onRevoked(sessionId: SessionId, abort: () => void): () => void },
): AbortController {
  const controller = new AbortController();
  const stop =
    call.actor.kind === 'person'
      ? deps.onRevoked(call.actor.sessionId, () => controller.abort('revoked'))
      : () => undefined;
  reply.raw.once('close', () => {
    stop();
    if (!reply.raw.writableFinished) controller.abort('client-left');
  });
  return controller;
}
