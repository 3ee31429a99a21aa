import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** Some proxies add the port of the client. */
const WITH_PORT = /^(?:(\d+\.\d+\.\d+\.\d+)|\[([\da-f:.]+)\])(?::\d+)?$/i;

/**
 * The address of the client: its own, or what a trusted proxy says in `X-Forwarded-For`. What a proxy passes on there that
 * is no address is not taken for one; then it is the proxy's.
 */
export function clientAddress(request: FastifyRequest): string {
  const said = request.ip;
  const [, v4, v6] = WITH_PORT.exec(said) ?? [];
  const address = v4 ?? v6 ?? said;
  // A zone is a name that the client may choose, and means nothing beyond the proxy's own network.
  const isAddress = isIP(address) !== 0 && !address.includes('%');
  return isAddress ? address : (request.socket.remoteAddress ?? '');
}
