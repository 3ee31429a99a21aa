import { randomBytes } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { refuse } from './refusals.ts';

const NONCE = '__CSP_NONCE__';
/** Also as a client spells it that joins two addresses with a slash too many: a page would be read as an answer. */
const OF_API = /^\/+v1(?=[/?]|$)/i;
const OF_ASSETS = /^\/+assets\//;
const OF_PAGE = ['GET', 'HEAD'];

/**
 * Serves the built web app from `folder`: hashed assets for a year, the page fresh with a nonce of its own, the sandbox
 * document under its own policy, and a problem document for every unknown address of the API, or of a file.
 */
export async function serveWebApp(app: FastifyInstance, folder: string): Promise<void> {
  // Read for each page that is opened: a build that replaces the folder under a running server names other assets.
  const index = () => readFile(join(folder, 'index.html'), 'utf8');
  const sandbox = join(folder, 'sandbox');
  const sandboxHeaders = async () =>
    assertSandboxed(JSON.parse(await readFile(join(sandbox, 'headers.json'), 'utf8')));
  // A web app that was not built, or without its sandbox, stops the boot and not the first person who opens a page.
  await Promise.all([index(), access(join(sandbox, 'index.html')), sandboxHeaders()]);

  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    index: false,
    decorateReply: false,
    acceptRanges: false,
    cacheControl: true,
    immutable: true,
    maxAge: '365d',
    // Made by the build beside each file, so that nobody compresses while people wait.
    preCompressed: true,
  });
  await app.register(fastifyStatic, {
    root: folder,
    prefix: '/',
    index: false,
    wildcard: false,
    decorateReply: false,
    acceptRanges: false,
    allowedPath: (path) => /^\/[a-z0-9-]+\.(svg|png|ico|txt|webmanifest)$/.test(path),
    globIgnore: ['**/assets/**', '**/sandbox/**', '**/*.html', '**/*.br', '**/*.gz'],
  });

  // Compressed by the build, and asked for again by its tag: every app that is opened, and every preview, needs it.
  await app.register(fastifyStatic, {
    root: sandbox,
    serve: false,
    acceptRanges: false,
    cacheControl: false,
    preCompressed: true,
  });
  app.get('/sandbox', async (_request, reply) => {
    reply.headers({ ...(await sandboxHeaders()), 'x-frame-options': 'SAMEORIGIN' });
    return reply.sendFile('index.html');
  });

  app.setNotFoundHandler(async (request, reply) => {
    if (OF_API.test(request.url) || isOfFile(request.url)) throw refuse('route_not_found');
    if (!OF_PAGE.includes(request.method)) {
      const allow = OF_PAGE.join(', ');
      reply.header('allow', allow);
      throw refuse('method_not_allowed', { values: { allow } });
    }
    const nonce = randomBytes(16).toString('base64');
    return reply
      .code(200)
      .header('content-security-policy', pagePolicy(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send((await index()).replaceAll(NONCE, nonce));
  });
}

/** What a policy must say for app code to be at an opaque origin and without a network. */
const OF_SANDBOX = ['sandbox allow-scripts', "default-src 'none'"];
/** And what it may say besides: a source, or a right, that is not here could be a way out. */
const HARMLESS =
  /^(sandbox allow-scripts|[a-z-]+-src 'none'|script-src( 'sha256-[\w+/]{43}='| 'unsafe-eval')+|worker-src blob:|(base-uri|form-action) 'none'|frame-ancestors '(none|self)')$/;

/** App code must run at an opaque origin without a network, or the server does not boot (threats 3 and 8). */
function assertSandboxed(headers: Record<string, string>): Record<string, string> {
  const directives = (headers['content-security-policy'] ?? '')
    .split(';')
    .map((directive) => directive.trim());
  if (
    !OF_SANDBOX.every((one) => directives.includes(one)) ||
    !directives.every((one) => HARMLESS.test(one))
  ) {
    throw new Error('The web app was built without the policy of its sandbox. Build it again.');
  }
  return headers;
}

/** The main page's policy: no eval, no inline, no sink for HTML; it frames the sandbox and nothing frames it. */
function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}

/** What is asked for by its kind is a file, and of the pages none has such an address. */
function isOfFile(url: string): boolean {
  const [path = ''] = url.split('?', 1);
  return OF_ASSETS.test(path) || path.includes('.', path.lastIndexOf('/'));
}
