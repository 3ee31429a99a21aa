import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { clientAddress } from './client-address.ts';

/**
 * Writes a line for each request when its answer has ended, with the person. Those that end in one turn of the event loop
 * are written together at its end, which takes each half the time.
 */
export function requestLog(log: FastifyBaseLogger): (request: FastifyRequest, reply: FastifyReply) => void {
  let ended: object[] = [];
  const write = () => {
    const lines = ended;
    ended = [];
    for (const line of lines) log.info(line, 'request');
  };
  return (request, reply) => {
    const { call } = request;
    if (ended.length === 0) setImmediate(write);
    ended.push({
      request: request.id,
      method: request.method,
      route: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      person: call?.actor.kind === 'person' ? call.actor.personId : undefined,
      address: call?.address ?? clientAddress(request),
    });
  };
}
