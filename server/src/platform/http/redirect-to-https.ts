import type { Server } from 'node:http';
import { createServer } from './node-http.ts';

/**
 * The plain listener beside HTTPS: answers every GET and HEAD with a redirect to the configured base URL (the Host header
 * is not asked), and refuses the rest, whose bodies have already crossed the network in clear.
 */
export async function redirectToHttps(
  at: { readonly host: string; readonly port: number },
  base: URL,
): Promise<Server> {
  const server = createServer(
    { maxHeaderSize: 8_192, requestTimeout: 5_000, headersTimeout: 5_000 },
    (request, response) => {
      response.setHeader('connection', 'close');
      const path = request.url ?? '/';
      const readable = request.method === 'GET' || request.method === 'HEAD';
      // `//host` and absolute forms would leave the base; what does not start with one slash goes to the root.
      const target = new URL(/^\/(?![/\\])/.test(path) ? path : '/', base);
      if (!readable || target.origin !== base.origin) {
        response.writeHead(readable ? 400 : 403, { 'content-type': 'text/plain; charset=utf-8' });
        response.end(`Use ${base.origin}\n`);
        return;
      }
      response.writeHead(308, { location: target.href });
      response.end();
    },
  );
  server.maxConnections = 256;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  return server;
}
