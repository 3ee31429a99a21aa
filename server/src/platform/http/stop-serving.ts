import type { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';

/**
 * Takes no connection any more, and lets the answers that are under way go out: a change that was made is to be told to who
 * made it. What takes longer, as a run of minutes does, is cut off, which stops it at its source.
 */
export async function stopServing(app: FastifyInstance, graceMs = 3_000): Promise<void> {
  const late = setTimeout(() => (app.server as Server).closeAllConnections(), graceMs);
  await app.close().finally(() => clearTimeout(late));
}
