import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { buildSandbox } from '../../web/sandbox/build-sandbox.ts';

/** The page's side of the sandbox, as the web app has it. */
async function pageScript(): Promise<string> {
  const input = fileURLToPath(new URL('../../web/src/runtime/sandbox/open-sandbox.ts', import.meta.url));
  const build = await rolldown({ input, logLevel: 'warn' });
  const { output } = await build.generate({ format: 'iife', name: 'sallyport' });
  await build.close();
  return `${output[0].code}\nglobalThis.openSandbox = sallyport.openSandbox;`;
}

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });

export interface SandboxSite {
  readonly address: string;
  /** Another server, which nothing in the sandbox may ever reach. */
  readonly trap: string;
  readonly caught: readonly string[];
  /** Requests that reached the site itself, other than for the page, its script and the sandbox. */
  readonly strays: readonly string[];
  close(): Promise<void>;
}

/** A page under the product's strict policy with a real sandbox in it, and a trap beside it. */
export async function openSandboxSite(): Promise<SandboxSite> {
  const [script, sandbox] = await Promise.all([pageScript(), buildSandbox()]);
  const caught: string[] = [];
  const strays: string[] = [];
  const trapServer = createServer((request, response) => {
    caught.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('caught');
  });
  trapServer.on('upgrade', (request, socket) => {
    caught.push(`upgrade ${request.url}`);
    socket.destroy();
  });
  const policy =
    "default-src 'none'; script-src 'self'; frame-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";
  const server = createServer((request, response) => {
    if (request.url === '/') {
      const html = '<!doctype html><title>Host</title><body><script src="/host.js"></script>';
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy }).end(html);
    } else if (request.url === '/host.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    } else if (request.url === '/sandbox') {
      response.writeHead(200, sandbox.headers).end(sandbox.html);
    } else if (request.url === '/sandbox-without-policy') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(sandbox.html);
    } else if (request.url === '/favicon.ico') {
      response.writeHead(204).end();
    } else {
      strays.push(`${request.method} ${request.url}`);
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end('stray');
    }
  });
  const [address, trap] = await Promise.all([listen(server), listen(trapServer)]);
  const stop = (one: Server) =>
    new Promise<void>((resolve) => {
      one.closeAllConnections();
      one.close(() => resolve());
    });
  return {
    address,
    trap,
    caught,
    strays,
    close: async () => {
      await Promise.all([stop(server), stop(trapServer)]);
    },
  };
}
