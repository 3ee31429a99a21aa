import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openLog } from '../log/log.ts';
import { createHttpServer } from './server.ts';
import { stopServing } from './stop-serving.ts';

/** One address, as the router takes it apart: percent signs are undone before a route is looked for. */
const SPELLINGS = ['/v1/setup', '/%761/setup', '/v%31/setup', '/%76%31/setup?a=b'];
const PER_MINUTE = 10;

let app: FastifyInstance;
let logged: string[];
beforeEach(async () => {
  logged = [];
  app = await createHttpServer({
    log: openLog('info', { write: (line) => void logged.push(line) }) as unknown as FastifyBaseLogger,
    tls: null,
    trustedProxies: [],
    publicPerMinute: PER_MINUTE,
  });
  app.get('/v1/setup', async () => ({}));
  app.get('/page', async () => 'a page');
});
afterEach(() => app.close());

describe.each(SPELLINGS)('%s is the API, however it is spelled', (url) => {
  test('requests of nobody are counted', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < PER_MINUTE + 2; i++) statuses.push((await app.inject({ url })).statusCode);
    expect(statuses).toEqual([...Array<number>(PER_MINUTE).fill(200), 429, 429]);
  });
  test('its answers are never kept, framed or run as a page', async () => {
    const { headers } = await app.inject({ url });
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
  });
});

test('a page is not counted', async () => {
  for (let i = 0; i < PER_MINUTE + 2; i++)
    expect((await app.inject({ url: '/page' })).statusCode, String(i)).toBe(200);
});

test('that a node is well is in no line of the log, for it is asked every second; that it is not, and the rest, is', async () => {
  let status = 200;
  app.get('/v1/health', async (_request, reply) => reply.code(status).send({}));
  await app.inject({ url: '/v1/health' });
  expect(logged).toEqual([]);
  status = 503;
  await app.inject({ url: '/v1/health' });
  await app.inject({ url: '/v1/setup' });
  expect(logged.map((line) => JSON.parse(line))).toMatchObject([
    { route: '/v1/health', status: 503 },
    { route: '/v1/setup', status: 200 },
  ]);
});

test('of many large bodies at once one is read at a time, and others are served in between', async () => {
  const order: string[] = [];
  app.post('/v1/large', async () => {
    order.push('large');
    return {};
  });
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const body = JSON.stringify({ text: 'x'.repeat(300_000) });
  // Whole but for its end, so that all of them end at one time.
  const sockets = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const socket = connect(Number(port), '127.0.0.1');
      const head = `POST /v1/large HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
      await new Promise((resolve) => socket.write(`${head}\r\n\r\n${body.slice(0, -1)}`, resolve));
      return socket;
    }),
  );
  const others = setInterval(() => order.push('other'), 0);
  for (const socket of sockets) socket.end('}');
  await vi.waitFor(() => expect(order.filter((one) => one === 'large')).toHaveLength(4), { timeout: 10_000 });
  clearInterval(others);
  expect(order.join(' ')).not.toContain('large large');
});

test('an address below /v1/ that no route has is answered as the API too', async () => {
  const { headers, statusCode } = await app.inject({ url: '/v1/nothing' });
  expect([statusCode, headers['cache-control']]).toEqual([404, 'no-store']);
});

describe('a body', () => {
  const send = (body: string | Buffer, type = 'application/json', encoding = 'identity') =>
    app.inject({
      method: 'POST',
      url: '/v1/setup',
      headers: { 'content-type': type, 'content-encoding': encoding },
      body,
    });
  beforeEach(() => app.post('/v1/setup', async ({ body }) => ({ body })));

  test('is read as it was sent', async () => {
    const { json } = await send('{"a":[1,"é"]}', 'application/json; charset=utf-8');
    expect(json()).toEqual({ body: { a: [1, 'é'] } });
  });
  test.each<[string, string | Buffer, string, string?, string?]>([
    ['of 100,000 levels', '['.repeat(100_000) + ']'.repeat(100_000), 'json_too_deep'],
    ['not in UTF-8', Buffer.from('{"a":"é"}', 'latin1'), 'json_invalid'],
    ['said to be in another encoding', '{}', 'media_type_unsupported', 'application/json; charset=latin1'],
    ['with a number that would be another', '{"a":9007199254740993}', 'input_invalid'],
    ['with a prototype', '{"__proto__":{"isAdmin":true}}', 'json_invalid'],
    ['with a constructor', '{"a":{"constructor":{"prototype":{"isAdmin":true}}}}', 'json_invalid'],
    ['of text', '{}', 'media_type_unsupported', 'text/plain'],
    ['that is compressed', gzipSync('{}'), 'media_type_unsupported', 'application/json', 'gzip'],
    ['of a form', 'a=1', 'media_type_unsupported', 'application/x-www-form-urlencoded'],
    ['of more than a megabyte', JSON.stringify('x'.repeat(1024 * 1024)), 'body_too_large'],
  ])('%s is refused', async (_what, body, code, type, encoding) => {
    expect((await send(body, type, encoding)).json().code).toBe(code);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});

test('a part of a body is not kept as the whole', async () => {
  app.put('/v1/part', async ({ body }) => ({ body }));
  const put = (headers: Record<string, string>) =>
    app.inject({
      method: 'PUT',
      url: '/v1/part',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
    });
  expect((await put({ 'content-range': 'bytes 0-1/5' })).json().code).toBe('input_invalid');
  expect((await put({})).json()).toEqual({ body: {} });
});

test('whoever does not finish a request, or its headers, is let go', () => {
  expect(app.server).toMatchObject({ requestTimeout: 30_000, headersTimeout: 15_000 });
});

test('of each request there is one line, also of one whose client left before the answer, or within it', async () => {
  const begun = Promise.withResolvers<void>();
  app.get('/v1/whole', async () => ({}));
  app.get('/v1/never', () => {
    begun.resolve();
    return new Promise(() => undefined);
  });
  app.get('/v1/half', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-length': '9' }).write('half');
  });
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const ask = (path: string) => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`);
    return socket;
  };
  for (const path of ['/v1/whole', '/v1/half']) {
    const socket = ask(path);
    await once(socket, 'data');
    socket.destroy();
  }
  const waiting = ask('/v1/never');
  await begun.promise;
  waiting.destroy();
  const lines = () => logged.map((line) => JSON.parse(line)).filter(({ route }) => route !== undefined);
  await vi.waitFor(() => expect(lines()).toHaveLength(3));
  expect(lines().find(({ route }) => route === '/v1/whole')).toMatchObject({ status: 200, msg: 'request' });
  expect(lines().find(({ route }) => route === '/v1/half')).toMatchObject({
    status: 200,
    msg: 'the client left',
  });
  const never = lines().find(({ route }) => route === '/v1/never');
  expect(never).toMatchObject({ method: 'GET', ms: expect.any(Number), msg: 'the client left' });
  expect(never).not.toHaveProperty('status');
});

test('a caller who leaves in the middle of a body is no fault, and not the database’s', async () => {
  const begun = Promise.withResolvers<void>();
  app.post('/v1/setup', { onRequest: async () => begun.resolve() }, async () => ({}));
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    'POST /v1/setup HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
  );
  await begun.promise;
  socket.destroy();
  await vi.waitFor(() => expect(logged.join('')).toContain('the client left'));
  expect(logged.join('')).not.toContain('"error"');
});

test('a stop lets an answer under way go out, takes no new request, and cuts off what does not end', async () => {
  const begun = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<string>();
  app.get('/slow', () => {
    begun.resolve();
    return answer.promise;
  });
  app.get('/endless', () => new Promise(() => undefined));
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const slow = fetch(`${origin}/slow`);
  const endless = fetch(`${origin}/endless`).catch(() => 'cut off');
  await begun.promise;
  const stopped = stopServing(app, 500);
  await expect(fetch(`${origin}/page`)).rejects.toThrow();
  answer.resolve('made');
  expect(await (await slow).text()).toBe('made');
  expect(await endless).toBe('cut off');
  await stopped;
});
