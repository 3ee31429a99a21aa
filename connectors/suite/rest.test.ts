import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Credential } from '@sallyport/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createOutbound } from '../../server/src/platform/outbound/outbound.ts';
import { freePort } from '../../server/test/free-port.ts';
import { testCertificate } from '../../server/test/tls-authority.ts';
import { LARGE_BYTES, LIGHT_BYTES, largeAnswers } from '../large-answers.ts';
import type { ConnectorError, Dial, Pool, RestRequest, Runnable } from '../port.ts';
import { rest } from '../rest/index.ts';
import { codeOf, collect, openPool, runnable } from './harness.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let handler: Handler = () => undefined;
const seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = [];
let trapped = 0;
let server: Server;
let trap: Server;
let base: string;
let trapBase: string;

async function listen(one: Server): Promise<number> {
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  return (one.address() as AddressInfo).port;
}

function answering(request: IncomingMessage, response: ServerResponse): void {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    seen.push({ method: request.method!, url: request.url!, headers: request.headers, body });
    handler(request, response, body);
  });
}

const json =
  (value: unknown, status = 200): Handler =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(typeof value === 'string' ? value : JSON.stringify(value));
  };

beforeAll(async () => {
  server = createServer(answering);
  base = `http://localhost:${await listen(server)}`;
  trap = createServer((_, response) => {
    trapped += 1;
    response.end('{}');
  });
  trapBase = `http://localhost:${await listen(trap)}`;
});
afterAll(() => {
  for (const one of [server, trap]) {
    one.close();
    one.closeAllConnections();
  }
});

const get = (path: string, more: Partial<RestRequest> = {}): RestRequest => ({
  method: 'GET',
  path,
  headers: [],
  body: null,
  ...more,
});

function door(
  credential: Credential = { kind: 'none' },
  more: {
    baseUrl?: string;
    mode?: 'read' | 'read-write';
    dial?: Dial;
    ca?: string;
    tls?: 'verify' | 'encrypt';
    headers?: { name: string; value: string }[];
  } = {},
): Pool {
  return openPool(
    rest,
    {
      engine: 'rest',
      baseUrl: more.baseUrl ?? base,
      tls: more.tls ?? 'verify',
      ca: more.ca,
      headers: more.headers ?? [{ name: 'X-Tenant', value: 'acme' }],
      testPath: '/health',
    },
    credential,
    more,
  );
}

async function fetchRows(pool: Pool, request: RestRequest, more: Partial<Runnable> = {}) {
  return collect(await pool.run(runnable(request, more)));
}

describe('REST', () => {
  it('answers rows, from the answer itself or from where they are, with columns as found', async () => {
    const pool = door();
    handler = json({
      data: {
        items: [
          { id: 1, name: 'a' },
          { id: 2.5, name: null, tags: [1] },
        ],
      },
      next: 2,
    });
    const { rows, running, end } = await fetchRows(pool, get('/items?x=1'), { rowsAt: 'data.items' });
    expect(rows).toEqual([
      { id: 1, name: 'a' },
      { id: 2.5, name: null, tags: [1] },
    ]);
    expect(running.columns.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'decimal'],
      ['name', 'text'],
      ['tags', 'json'],
    ]);
    expect(end.rows).toBe(2);
    expect(seen.at(-1)).toMatchObject({ method: 'GET', url: '/items?x=1', headers: { 'x-tenant': 'acme' } });
    handler = json([1, 'two', null]);
    expect((await fetchRows(pool, get('/'))).rows).toEqual([{ value: 1 }, { value: 'two' }, { value: null }]);
    handler = json({ a: 1 });
    expect((await fetchRows(pool, get('/'))).rows).toEqual([{ a: 1 }]);
    expect(await codeOf(fetchRows(pool, get('/'), { rowsAt: '__proto__.a' }))).toBe('source_answer_invalid');
    handler = (_, response) => response.writeHead(204).end();
    expect((await fetchRows(pool, get('/', { method: 'DELETE' }), { effect: 'write' })).rows).toEqual([]);
    for (const rowsAt of [undefined, 'data.items'])
      expect((await fetchRows(pool, get('/'), { rowsAt })).rows).toEqual([]);
    await pool.close();
  });

  it('where an answer has no rows, a builder reads what it has: many APIs fail with 200', async () => {
    const pool = door({ kind: 'bearer', token: 'hidden-word' });
    handler = json({
      error: { info: 'The page does not exist.', for: 'hidden-word' },
      more: 'x'.repeat(900),
    });
    const failed = fetchRows(pool, get('/'), { rowsAt: 'parse.text' }).catch((error: unknown) => error);
    const { code, detail, plain } = (await failed) as ConnectorError;
    expect({ code, plain }).toEqual({ code: 'source_answer_invalid', plain: undefined });
    expect(detail).toMatch(
      /^The response has nothing at “parse\.text”\. .*write “parse\.text\?”\. .*set “Error at” to “error”\. It says: \{"error":\{"info":"The page does not exist\."/,
    );
    expect(detail).not.toContain('hidden');
    expect(detail?.length).toBeLessThan(700);
    const still = fetchRows(pool, get('/'), { rowsAt: 'parse.text?' }).catch((error: unknown) => error);
    expect(((await still) as ConnectorError).detail).toMatch(
      /^The response has nothing at “parse\.text\?”\. If it says so that it failed, set “Error at” to “error”\. It says: /,
    );
    expect((await fetchRows(pool, get('/'), { rowsAt: 'text?' })).rows).toEqual([]);
    await pool.close();
  });

  it('of an answer that is no JSON, a builder reads where, and nothing of what authenticates', async () => {
    const pool = door({ kind: 'bearer', token: 'canary-of-thirty-letters-or-so' });
    const told = async (text: string) => {
      handler = json(text);
      const error = await fetchRows(pool, get('/')).catch((e: unknown) => e);
      return (error as ConnectorError).detail;
    };
    expect(await told('[{"a":NaN}]')).toMatch(/^The response is not valid JSON\. .*"a":NaN/);
    expect(await told(`)]}'\n[{"a":1}]`)).toContain(")]}'");
    expect(await told('["canary-of-thirty-letters-or-so",NaN]')).toMatch(
      /JSON\. (?!.*(?:cana|letters|or-so)).*NaN/,
    );
    await pool.close();
  });

  it('Q16 no digit is lost of numbers that a double would round: a cell is text, within JSON they stay', async () => {
    const pool = door();
    handler = json(
      '[{"big":12345678901234567890,"exact":0.12345678901234567890,"small":1.5,"in":{"a":[12345678901234567890]}},{"big":1},3e400]',
    );
    const { texts, running } = await fetchRows(pool, get('/'));
    expect(texts).toEqual([
      '{"big":"12345678901234567890","exact":"0.12345678901234567890","small":1.5,"in":{"a":[12345678901234567890]}}',
      '{"big":1}',
      '{"value":"3e400"}',
    ]);
    expect(running.columns.map(({ name, type }) => [name, type])).toEqual([
      ['big', 'integer'],
      ['exact', 'decimal'],
      ['small', 'decimal'],
      ['in', 'json'],
      ['value', 'decimal'],
    ]);
    await pool.close();
  });

  it('Q16 an answer that is not UTF-8 is refused, and a mark before one that is does not matter', async () => {
    const pool = door();
    const bytes =
      (body: Buffer): Handler =>
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json; charset=iso-8859-1' });
        response.end(body);
      };
    handler = bytes(Buffer.from('[{"name":"Café"}]', 'latin1'));
    expect(await codeOf(fetchRows(pool, get('/latin1')))).toBe('source_answer_invalid');
    handler = bytes(Buffer.from('\ufeff[{"name":"Café"}]', 'utf8'));
    expect((await fetchRows(pool, get('/marked'))).rows).toEqual([{ name: 'Café' }]);
    await pool.close();
  });

  it.each([
    'text/json; charset=utf-8',
    'application/json-rpc',
    'text/html; charset=UTF-8',
    'text/plain',
    'application/octet-stream',
    '',
  ])('JSON named “%s” is JSON, and a write that was answered with it is made', async (type) => {
    const pool = door();
    const answer = (body: string) => {
      handler = (_, response) =>
        response.writeHead(200, type === '' ? {} : { 'content-type': type }).end(body);
    };
    const post = get('/', { method: 'POST', body: '{}' });
    for (const body of ['{"id": 7}', '\ufeff\n[{"id": 7}]']) {
      answer(body);
      expect((await fetchRows(pool, get('/'))).rows).toEqual([{ id: 7 }]);
      expect((await fetchRows(pool, post, { effect: 'write' })).rows).toEqual([{ id: 7 }]);
    }
    answer('[1] and more');
    expect(await codeOf(fetchRows(pool, get('/')))).toBe('source_answer_invalid');
    expect(await codeOf(fetchRows(pool, post, { effect: 'write' }))).toBe('write_outcome_unknown');
    await pool.close();
  });

  it('tells the headers of an answer that its query names, of those that came, and no other', async () => {
    const pool = door();
    handler = (_, response) =>
      response
        .writeHead(200, {
          'content-type': 'application/json',
          'X-WP-Total': '25',
          'X-Secret': 'canary',
          Link: ['</a>; rel="next"', '</b>; rel="last"'],
        })
        .end('[]');
    const answerHeaders = ['x-wp-total', 'link', 'x-none', 'constructor'];
    expect((await fetchRows(pool, get('/'), { answerHeaders })).running.headers).toEqual({
      'x-wp-total': '25',
      link: '</a>; rel="next", </b>; rel="last"',
    });
    expect((await fetchRows(pool, get('/'))).running).not.toHaveProperty('headers');
    handler = (_, response) => response.writeHead(201, { location: '/things/77' }).end();
    const post = get('/', { method: 'POST', body: '{}' });
    const made = await fetchRows(pool, post, { effect: 'write', answerHeaders: ['location'] });
    expect([made.rows, made.running.headers]).toEqual([[], { location: '/things/77' }]);
    await pool.close();
  });

  it('an address in a header of an answer repeats no key, also where the API sends it back', async () => {
    const pool = door({ kind: 'api-key', in: 'query', name: 'key', value: 'c4n4ry/key' });
    handler = (incoming, response) =>
      response
        .writeHead(200, {
          'content-type': 'application/json',
          link: `<${base}${incoming.url}&page=2>; rel="next"`,
        })
        .end('[]');
    const { running } = await fetchRows(pool, get('/things'), { answerHeaders: ['link'] });
    expect(running.headers).toEqual({ link: `<${base}/things?key=…&page=2>; rel="next"` });
    await pool.close();
  });

  it('caps and limits are said: rows, bytes, depth, kind of answer', async () => {
    const pool = door();
    handler = json(Array.from({ length: 20 }, (_, i) => ({ i })));
    const capped = await fetchRows(pool, get('/'), { maxRows: 5 });
    expect(capped.rows).toHaveLength(5);
    expect(capped.end.truncated).toEqual({ by: 'rows', cap: 5 });
    expect((await fetchRows(pool, get('/'), { maxRows: 20 })).end).toMatchObject({
      rows: 20,
      truncated: null,
    });
    const exactly = (maxBytes: number) => codeOf(fetchRows(pool, get('/'), { maxBytes }));
    handler = json([{ i: 'ten bytes!' }]);
    expect([await exactly(20), await exactly(19)]).toEqual(['no error', 'source_answer_invalid']);
    handler = json('['.repeat(100_000) + ']'.repeat(100_000));
    expect(await codeOf(fetchRows(pool, get('/')))).toBe('source_answer_invalid');
    handler = json('{"cut": ');
    expect(await codeOf(fetchRows(pool, get('/')))).toBe('source_answer_invalid');
    for (const [headers, body] of [
      [{ 'content-type': 'text/html' }, '1'],
      [{ 'content-type': 'application/x-ndjson' }, '{"i": 1}\n{"i": 2}'],
      [{ 'content-type': 'application/json', 'content-encoding': 'gzip' }, '[]'],
    ] as const) {
      // Rows, were it read all the same.
      handler = (_, response) => response.writeHead(200, headers).end(body);
      expect(await codeOf(fetchRows(pool, get('/')))).toBe('source_answer_invalid');
    }
    await pool.close();
  });

  it('a large answer keeps its place until its rows are delivered, and one that is none gives it back', async () => {
    const pool = door();
    handler = json(`["${'x'.repeat(LARGE_BYTES)}`);
    expect(await codeOf(fetchRows(pool, get('/')))).toBe('source_answer_invalid');
    expect(largeAnswers.taken).toBe(0);
    handler = json(['x'.repeat(LIGHT_BYTES)]);
    const running = await pool.run(runnable(get('/')));
    expect(largeAnswers.taken).toBe(1);
    running.release();
    expect(largeAnswers.taken).toBe(0);
    await pool.close();
  });

  it('Q7 neither a path nor a header reaches another host or out of the base address', async () => {
    const pool = door({ kind: 'bearer', token: 'canary-token' }, { baseUrl: `${base}/v2` });
    handler = json([]);
    for (const path of [
      '//evil.example/x',
      '/..',
      '/../admin',
      '/%2e%2e/admin',
      '/a/../../b',
      '@evil.example',
      'x',
      '/\\..\\..\\b',
      '/x\u0000',
    ])
      expect(['source_refused_statement', 'no error'], path).toContain(
        await codeOf(fetchRows(pool, get(path))),
      );
    for (const path of ['/..', '/../admin', '/%2e%2e/admin', '/a/../../b', '/../v2x', 'x'])
      expect(await codeOf(fetchRows(pool, get(path))), path).toBe('source_refused_statement');
    expect(seen.filter(({ headers }) => headers.authorization === 'Bearer canary-token')).not.toEqual([]);
    for (const { url, headers } of seen)
      expect(headers.authorization !== 'Bearer canary-token' || /^\/v2(?=\/|$)/.test(url), url).toBe(true);
    for (const [name, value] of [
      ['Host', 'evil'],
      ['Authorization', 'x'],
      ['Cookie', 'a=b'],
      ['Transfer-Encoding', 'chunked'],
      ['X-Ok', 'a\r\nX-Bad: 1'],
      ['X Bad', 'v'],
    ] as const)
      expect(await codeOf(fetchRows(pool, get('/x', { headers: [[name, value]] }))), name).toBe(
        'source_refused_statement',
      );
    expect(await codeOf(fetchRows(pool, get('/x', { headers: [['X-Ok', 'fine']] })))).toBe('no error');
    await pool.close();
  });

  it('a header that a query has twice is sent as one list, and in place of the source’s own', async () => {
    const pool = door({ kind: 'none' }, { headers: [{ name: 'Prefer', value: 'wait=5' }] });
    handler = json([]);
    const headers = [
      ['Prefer', 'count=exact'],
      ['prefer', 'return=minimal'],
    ] as const;
    await fetchRows(pool, get('/', { headers }));
    expect(seen.at(-1)?.headers.prefer).toBe('count=exact, return=minimal');
    await pool.close();
  });

  it('a header of the source makes no write of a read, nor did one that was set before it was refused', async () => {
    const before = seen.length;
    for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'x-method-override']) {
      const pool = door({ kind: 'none' }, { headers: [{ name, value: 'DELETE' }] });
      expect(await codeOf(fetchRows(pool, get('/items/1'))), name).toBe('source_refused_statement');
      await pool.close();
    }
    expect(seen).toHaveLength(before);
  });

  it('a body of JSON has the type that the source’s own header names, when that is one of JSON', async () => {
    handler = json([]);
    const sent = async (value: string, type: string | null) => {
      const pool = door({ kind: 'none' }, { headers: [{ name: 'Content-Type', value }] });
      await fetchRows(
        pool,
        type === null
          ? get('/')
          : get('/', { method: 'POST', headers: [['content-type', type]], body: '{}' }),
      );
      await pool.close();
      return seen.at(-1)?.headers['content-type'];
    };
    const form = 'application/x-www-form-urlencoded';
    for (const own of ['application/vnd.api+json', 'application/json; charset=utf-8']) {
      expect(await sent(own, 'application/json')).toBe(own);
      expect(await sent(own, form)).toBe(form);
      expect(await sent(own, null)).toBe(undefined);
    }
    expect(await sent(form, 'application/json')).toBe('application/json');
    // What the query itself names is what it sends.
    const patch = 'application/merge-patch+json';
    expect(await sent('application/vnd.api+json', patch)).toBe(patch);
  });

  it('Q7 E8 a redirect stays on the origin, five times at most, and never takes the credential elsewhere', async () => {
    const pool = door({ kind: 'api-key', in: 'query', name: 'key', value: 'canary key' });
    handler = (request, response) => {
      if (request.url!.startsWith('/there')) json([{ ok: true }])(request, response, '');
      else response.writeHead(302, { location: '/there?a=1' }).end();
    };
    expect((await fetchRows(pool, get('/here'))).rows).toEqual([{ ok: true }]);
    expect(seen.at(-1)?.url).toBe('/there?a=1&key=canary%20key');
    handler = (request, response) => {
      if (request.url!.startsWith('/a/next?')) json([{ ok: true }])(request, response, '');
      else response.writeHead(302, { location: 'next?page=2' }).end();
    };
    expect((await fetchRows(pool, get('/a/first'))).rows).toEqual([{ ok: true }]);
    for (const location of [
      trapBase,
      `${trapBase}/x`,
      `//localhost:${new URL(trapBase).port}/`,
      'https://localhost/',
      'file:///etc/passwd',
      base.replace('localhost', '127.0.0.1'),
      base.replace('localhost', 'ada:pw@localhost'),
    ]) {
      handler = (_, response) => response.writeHead(307, { location }).end();
      expect(await codeOf(fetchRows(pool, get('/'))), location).toBe('egress_refused');
    }
    expect(trapped).toBe(0);
    handler = (_, response) => response.writeHead(301, { location: '/again' }).end();
    const before = seen.length;
    expect(await codeOf(fetchRows(pool, get('/')))).toBe('source_answer_invalid');
    expect(seen.length - before).toBe(6);
    await pool.close();
  });

  it('Q7 a write that is redirected is made once: only 307 and 308 ask for it again', async () => {
    const pool = door();
    const write = get('/', {
      method: 'POST',
      headers: [['content-type', 'application/json']],
      body: '{"a":1}',
    });
    for (const status of [302, 303, 307, 308]) {
      handler = (request, response) => {
        if (request.url === '/there') json([])(request, response, '');
        else response.writeHead(status, { location: '/there' }).end();
      };
      await fetchRows(pool, write);
      const kept = status > 303;
      expect(seen.at(-1), String(status)).toMatchObject({
        method: kept ? 'POST' : 'GET',
        body: kept ? '{"a":1}' : '',
      });
      expect(seen.at(-1)?.headers['content-type'], String(status)).toBe(
        kept ? 'application/json' : undefined,
      );
    }
    await pool.close();
  });

  // Django answers POST /things so where /things/ is meant; a list of things was taken for the thing that was made.
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
    'Q6 Q7 a %s to what has moved is not made, and not told as made',
    async (method) => {
      const pool = door(
        { kind: 'api-key', in: 'query', name: 'key', value: 'canary' },
        { baseUrl: `${base}/v2` },
      );
      handler = (request, response) => {
        if (request.url!.startsWith('/v2/things/')) json([{ id: 1 }])(request, response, '');
        else response.writeHead(301, { location: request.url!.replace('things', 'things/') }).end();
      };
      const before = seen.length;
      const write = fetchRows(pool, get('/things', { method }), { effect: 'write' });
      await expect(write).rejects.toMatchObject({
        code: 'write_outcome_unknown',
        detail: expect.stringMatching(/ Write the path \/things\/ in the query\.$/),
      });
      expect(seen.length - before).toBe(1);
      expect((await fetchRows(pool, get('/things'))).rows).toEqual([{ id: 1 }]);
      handler = (_, response) => response.writeHead(301, { location: '/v3/things' }).end();
      await expect(fetchRows(pool, get('/things', { method }), { effect: 'write' })).rejects.toMatchObject({
        detail: expect.stringMatching(/ It is now \/v3\/things, which is not below the base URL /),
      });
      await pool.close();
    },
  );

  it('Q7 a redirect is followed by the bytes that it has, in whatever character set', async () => {
    const pool = door();
    for (const [charset, path] of [
      ['utf8', '/caf%C3%A9'],
      ['latin1', '/caf%E9'],
    ] as const) {
      handler = (request, response) => {
        if (request.url !== '/') return json([{ url: request.url }])(request, response, '');
        const location = Buffer.from('/café', charset).toString('latin1');
        return response.writeHead(302, { location }).end();
      };
      expect((await fetchRows(pool, get('/'))).rows).toEqual([{ url: path }]);
    }
    await pool.close();
  });

  it.each([
    [
      'a length that is not that of the body',
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\n[1] ',
    ],
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['100 Continue unasked', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n'],
    ['101 Switching Protocols unasked', 'HTTP/1.1 101 Now\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'],
  ])('%s is an invalid answer, and neither lost nor asked for again', async (_name, answer) => {
    const pool = door();
    handler = (_, response) => response.socket?.end(answer);
    const before = seen.length;
    expect(await codeOf(fetchRows(pool, get('/')))).toBe('source_answer_invalid');
    expect(seen.length - before).toBe(1);
    await pool.close();
  });

  it.each(['UTF-8', 'utf8', 'Identity', ''])(
    'an answer said to be encoded as “%s” is read as it is',
    async (said) => {
      const pool = door();
      const headers = { 'content-type': 'application/json', 'content-encoding': said };
      handler = (_, response) => response.writeHead(200, headers).end('[{"name":"Café"}]');
      expect((await fetchRows(pool, get('/'))).rows).toEqual([{ name: 'Café' }]);
      handler = (_, response) => response.writeHead(500, headers).end('it broke');
      await expect(fetchRows(pool, get('/'))).rejects.toMatchObject({
        detail: expect.stringContaining('broke'),
      });
      await pool.close();
    },
  );

  it('an error that came compressed is told by its status alone', async () => {
    const pool = door();
    handler = (_, response) =>
      response.writeHead(500, { 'content-encoding': 'gzip' }).end(gzipSync('it broke'));
    await expect(fetchRows(pool, get('/'))).rejects.toMatchObject({
      code: 'source_failed',
      detail: 'The source answered 500.',
    });
    await pool.close();
  });

  it.each([
    ['nothing', '', 'source_answer_invalid'],
    ['the digits of a number', '12', 'source_answer_invalid'],
    ['half of a list', '[1,', 'source_answer_invalid'],
    ['a list', '[1,2]', 'no error'],
  ])('an answer without a length that ends after %s: %s', async (_name, body, code) => {
    const pool = door();
    handler = (_, response) =>
      response.socket?.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n${body}`, () =>
        response.socket?.destroy(),
      );
    expect(await codeOf(fetchRows(pool, get('/')))).toBe(code);
    await pool.close();
  });

  it('an error is told by its status however its body ends, and by its words in whatever letters they came', async () => {
    const pool = door({ kind: 'bearer', token: 'canary-token' });
    const told = async (status: number, send: (response: ServerResponse) => void, type = 'text/plain') => {
      handler = (_, response) => {
        response.writeHead(status, { 'content-type': type });
        send(response);
      };
      const failure = await fetchRows(pool, get('/'), { timeoutMs: 1_000, maxBytes: 100_000 }).catch(
        (error: unknown) => error,
      );
      return failure as ConnectorError;
    };
    const cut = (response: ServerResponse) => response.write('it broke', () => response.destroy());
    expect(await told(500, cut)).toMatchObject({
      code: 'source_failed',
      detail: 'The source answered 500: it broke',
    });
    expect(await told(400, (response) => response.write('no such'))).toMatchObject({
      code: 'source_refused_statement',
      detail: 'The source answered 400: no such',
    });
    const endless = (response: ServerResponse) => response.end(`too much${' '.repeat(200_000)}`);
    let written = 0;
    // More than any buffer on the way holds, and read no further than its words may be.
    const flood = (response: ServerResponse) => {
      response.once('drain', () => flood(response));
      written += 100_000;
      response.write(' '.repeat(100_000));
    };
    expect(await told(404, flood)).toMatchObject({ code: 'source_refused_statement' });
    expect(written).toBeLessThan(32_000_000);
    expect(await told(503, endless)).toMatchObject({
      code: 'source_unavailable',
      detail: 'The source answered 503: too much',
    });
    for (const [bytes, type] of [
      [Buffer.from('Größe: canary-token', 'latin1'), 'text/plain; charset=iso-8859-1'],
      [Buffer.from('\ufeffGröße: canary-token', 'utf16le'), 'text/plain'],
      [Buffer.from('Größe: canary-token'), 'text/plain; charset=no-such'],
    ] as const)
      expect((await told(500, (response) => response.end(bytes), type)).detail).toBe(
        'The source answered 500: Größe: …',
      );
    const stop = new AbortController();
    handler = (_, response) => {
      response.writeHead(500).write('it');
      setTimeout(() => stop.abort(), 50);
    };
    expect(await codeOf(pool.run(runnable(get('/')), stop.signal))).toBe('run_cancelled');
    await pool.close();
    const tokenUrl = `${base}/token`;
    const client = { kind: 'oauth2-client-credentials', tokenUrl, clientId: 'a', clientSecret: 'b' } as const;
    const oauth = door(client);
    handler = (_, response) => response.writeHead(401).write('no');
    expect(await codeOf(fetchRows(oauth, get('/')))).toBe('source_credential_rejected');
    await oauth.close();
  });

  it('G6 one person’s slow requests leave connections to others, and wait for their own', async () => {
    const held: (() => void)[] = [];
    handler = (request, response, body) => {
      const answer = () => json([{ at: request.url }])(request, response, body);
      if (request.url === '/slow') held.push(answer);
      else answer();
    };
    const pool = door();
    const as = async (person: string, path: string) =>
      (await collect(await pool.run(runnable(get(path)), undefined, person))).rows;
    const slow = Array.from({ length: 20 }, () => as('ada', '/slow'));
    await vi.waitFor(() => expect(held).toHaveLength(6));
    expect(await as('bob', '/quick')).toEqual([{ at: '/quick' }]);
    expect(held).toHaveLength(6);
    handler = json([]);
    for (const answer of held) answer();
    expect(await Promise.all(slow)).toHaveLength(20);
    await pool.close();
  });

  it('authenticates by basic, bearer and key, each where it belongs', async () => {
    handler = json([]);
    const cases: [Credential, string, string][] = [
      [{ kind: 'basic', user: 'ada', password: 'pw' }, 'authorization', `Basic ${btoa('ada:pw')}`],
      [{ kind: 'bearer', token: 'tok' }, 'authorization', 'Bearer tok'],
      [{ kind: 'api-key', in: 'header', name: 'X-Key', value: 'k' }, 'x-key', 'k'],
    ];
    for (const [credential, header, value] of cases) {
      const pool = door(credential);
      await fetchRows(pool, get('/'));
      expect(seen.at(-1)?.headers[header]).toBe(value);
      const replaced = get('/', { headers: [[header, 'of the query']] });
      expect(await codeOf(fetchRows(pool, replaced))).toBe('source_refused_statement');
      await pool.close();
    }
  });

  it('OAuth2 client credentials: one token for many requests, renewed when it is refused', async () => {
    let issued = 0;
    handler = (request, response, body) => {
      if (request.url === '/token') {
        issued += 1;
        expect(request.headers.authorization).toBe(`Basic ${btoa('id%3A1:se%20cret')}`);
        expect(body).toBe('grant_type=client_credentials&scope=read+all&audience=urn%3Aapi');
        json({ access_token: `token-${issued}`, expires_in: 3600 })(request, response, body);
      } else if (
        request.headers.authorization === 'Bearer token-1' &&
        seen.length > 0 &&
        request.url === '/revoked'
      )
        json({}, 401)(request, response, body);
      else json([{ token: request.headers.authorization }])(request, response, body);
    };
    const credential: Credential = {
      kind: 'oauth2-client-credentials',
      tokenUrl: `${base}/token`,
      clientId: 'id:1',
      clientSecret: 'se cret',
      scope: 'read all',
      audience: 'urn:api',
    };
    const pool = door(credential);
    const all = await Promise.all(Array.from({ length: 5 }, () => fetchRows(pool, get('/a'))));
    expect(all.every(({ rows }) => rows[0]?.token === 'Bearer token-1')).toBe(true);
    expect(issued).toBe(1);
    expect((await fetchRows(pool, get('/revoked'))).rows).toEqual([{ token: 'Bearer token-2' }]);
    // Its time is up, and then the clock is set back: by that it would have lasted for a day more.
    for (const [hours, token] of [
      [1, 'Bearer token-3'],
      [-24, 'Bearer token-4'],
    ] as const) {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 });
      expect((await fetchRows(pool, get('/a'))).rows).toEqual([{ token }]);
    }
    vi.useRealTimers();
    await pool.close();
    const wrong = door({ ...credential, tokenUrl: `${base}/nothing` });
    handler = json({ error: 'invalid_client', error_description: 'no se cret', access_token: 'tok' }, 401);
    const error = (await fetchRows(wrong, get('/a')).catch((e: unknown) => e)) as ConnectorError;
    expect(error.code).toBe('source_credential_rejected');
    expect(error.detail).toMatch(/ It answered 401 to the client's credentials: invalid_client: no …$/);
    expect(`${error.message} ${error.detail}`).not.toContain('se cret');
    for (const body of ['<p>Not found</p>', '[', 'null', '{"error": {}}']) {
      handler = json(body, 404);
      const { detail } = (await fetchRows(wrong, get('/a')).catch((e: unknown) => e)) as ConnectorError;
      expect(detail, body).toMatch(/ It answered 404 to the client's credentials\.$/);
    }
    handler = json({}, 503);
    expect(await codeOf(fetchRows(wrong, get('/a')))).toBe('source_unavailable');
    handler = json({ access_token: 'of a page on the way' }, 302);
    expect(await codeOf(fetchRows(wrong, get('/a')))).toBe('source_credential_rejected');
    for (const access_token of ['a\r\nx-bad: 1', 'a b', '', 7]) {
      handler = json({ access_token });
      expect(await codeOf(fetchRows(wrong, get('/a'))), String(access_token)).toBe('source_answer_invalid');
    }
    await wrong.close();
  });

  it('OAuth2 client credentials: a server that takes them in the body alone is asked there, and from then on', async () => {
    const asked: string[] = [];
    let known = { client_id: 'id:1', client_secret: 'se cret' };
    handler = (request, response, body) => {
      if (request.url !== '/token')
        return json([{ at: request.headers.authorization }])(request, response, body);
      const form = Object.fromEntries(new URLSearchParams(body));
      asked.push(`${request.headers.authorization === undefined ? 'body' : 'header'} ${Object.keys(form)}`);
      if (form.client_id === undefined)
        return json({ error: 'invalid_request', error_description: 'no client_id' }, 400)(
          request,
          response,
          body,
        );
      const right = form.client_id === known.client_id && form.client_secret === known.client_secret;
      if (!right) {
        const error_description = `not ${new URLSearchParams(known)}`;
        return json({ error: 'invalid_client', error_description }, 401)(request, response, body);
      }
      // It lasts for no longer than the time that it is renewed early.
      return json({ access_token: `token-${asked.length}`, expires_in: 1 })(request, response, body);
    };
    const credential: Credential = {
      ...{ kind: 'oauth2-client-credentials', tokenUrl: `${base}/token`, scope: 'read' },
      ...{ clientId: 'id:1', clientSecret: 'se cret' },
    };
    const pool = door(credential);
    const inBody = 'body grant_type,scope,client_id,client_secret';
    expect((await fetchRows(pool, get('/a'))).rows).toEqual([{ at: 'Bearer token-2' }]);
    expect(asked).toEqual(['header grant_type,scope', inBody]);
    expect((await fetchRows(pool, get('/a'))).rows).toEqual([{ at: 'Bearer token-3' }]);
    expect(asked.slice(2)).toEqual([inBody]);
    // What it says of a wrong secret is told, and not that the header is missed.
    known = { client_id: 'id:1', client_secret: 'another se cret' };
    const fresh = door(credential);
    const error = (await fetchRows(fresh, get('/a')).catch((e: unknown) => e)) as ConnectorError;
    expect(error.detail).toContain(" It answered 401 to the client's credentials: invalid_client: not ");
    expect(asked.slice(3)).toEqual(['header grant_type,scope', inBody]);
    for (const word of ['se cret', 'se+cret', 'se%20cret']) expect(error.detail).not.toContain(word);
    await fresh.close();
    await pool.close();
  });

  it.each([
    ['what is asked for', 400, { error: 'invalid_scope' }, 1],
    ['a client that may not', 400, { error: 'unauthorized_client' }, 1],
    ['that it is asked too often', 429, {}, 1],
    ['an address that is another', 404, {}, 1],
    ['a client that it does not know', 401, { error: 'invalid_client' }, 2],
    ['a request that misses something, without a word', 400, {}, 2],
  ])(
    'OAuth2 client credentials: of a refusal of %s, the body is asked when it may know more',
    async (_what, status, refusal, times) => {
      handler = json(refusal, status);
      const tokenUrl = `${base}/token`;
      const pool = door({ kind: 'oauth2-client-credentials', tokenUrl, clientId: 'a', clientSecret: 'b' });
      const before = seen.length;
      expect(await codeOf(fetchRows(pool, get('/a')))).toBe(
        status === 429 ? 'source_rate_limited' : 'source_credential_rejected',
      );
      expect(seen.length - before).toBe(times);
      await pool.close();
    },
  );

  it('OAuth2 client credentials: a token that was renewed is kept when what was sent before is refused', async () => {
    let issued = 0;
    let refuseLate = (): void => undefined;
    handler = (request, response, body) => {
      const answer = (value: unknown, status = 200) => json(value, status)(request, response, body);
      if (request.url === '/token') answer({ access_token: `token-${++issued}` });
      else if (request.headers.authorization !== 'Bearer token-1') answer([]);
      else if (request.url === '/slow') refuseLate = () => answer({}, 401);
      else answer({}, 401);
    };
    const tokenUrl = `${base}/token`;
    const pool = door({ kind: 'oauth2-client-credentials', tokenUrl, clientId: 'a', clientSecret: 'b' });
    const slow = fetchRows(pool, get('/slow'));
    await vi.waitFor(() => expect(seen.at(-1)?.url).toBe('/slow'));
    await fetchRows(pool, get('/'));
    refuseLate();
    await slow;
    expect(issued).toBe(2);
    await pool.close();
  });

  it('OAuth2 client credentials: a source that refuses each token is asked twice, and no more', async () => {
    handler = (request, response, body) =>
      request.url === '/token'
        ? json({ access_token: 'good' })(request, response, body)
        : json({}, 401)(request, response, body);
    const tokenUrl = `${base}/token`;
    const pool = door({
      kind: 'oauth2-client-credentials',
      tokenUrl,
      clientId: 'a',
      clientSecret: 'b',
    });
    const before = seen.length;
    expect(await codeOf(fetchRows(pool, get('/a')))).toBe('source_credential_rejected');
    expect(seen.slice(before).map(({ url }) => url)).toEqual(['/token', '/a', '/token', '/a']);
    await pool.close();
  });

  it('statuses keep their meaning, and a body that echoes the credential does not tell it', async () => {
    const pool = door({ kind: 'bearer', token: 'canary-token' });
    for (const [status, code] of [
      [400, 'source_refused_statement'],
      [401, 'source_credential_rejected'],
      [403, 'source_privilege_missing'],
      [404, 'source_refused_statement'],
      [409, 'source_constraint_violated'],
      [422, 'source_constraint_violated'],
      [304, 'source_answer_invalid'],
      [408, 'source_timeout'],
      [429, 'source_rate_limited'],
      [500, 'source_failed'],
      [501, 'source_refused_statement'],
      [502, 'source_unavailable'],
      [503, 'source_unavailable'],
      [504, 'source_unavailable'],
    ] as const) {
      handler = json({ message: 'you sent Bearer canary-token to localhost' }, status);
      const error = (await fetchRows(pool, get('/')).catch((e: unknown) => e)) as ConnectorError;
      expect(error.code).toBe(code);
      expect(error.detail).toContain(String(status));
      expect(error.detail).not.toMatch(/canary-token|localhost/);
    }
    handler = (request, response) =>
      request.headers.accept === '*/*'
        ? response.writeHead(204).end()
        : response.writeHead(406, { 'content-length': 0 }).end();
    await expect(fetchRows(pool, get('/'))).rejects.toMatchObject({
      code: 'source_refused_statement',
      detail: 'The header Accept asks for JSON, unless the query sets it. The source answered 406.',
    });
    const any = get('/', { headers: [['Accept', '*/*']] });
    expect((await fetchRows(pool, any)).rows).toEqual([]);
    await pool.close();
  });

  it('a test of a source whose API has nothing at the test path, or not for this key, says what to set', async () => {
    const pool = door();
    const tested = async (status: number) => {
      handler = json({ message: 'no' }, status);
      return ((await pool.probe().catch((e: unknown) => e)) as ConnectorError).detail;
    };
    for (const status of [404, 405, 403])
      expect(await tested(status)).toMatch(
        new RegExp(`^Set the test path to one .* The source answered ${status}: `),
      );
    expect(await tested(500)).toMatch(/^The source answered 500: /);
    await pool.close();
  });

  it('who may not see an API’s words is told that there is nothing where they looked', async () => {
    const pool = door();
    const plainOf = async (status: number) => {
      handler = json({ error: 'no order 7 of Ann' }, status);
      return ((await fetchRows(pool, get('/')).catch((e: unknown) => e)) as ConnectorError).plain;
    };
    for (const status of [404, 410]) expect(await plainOf(status)).toMatch(/^It has nothing there/);
    expect(await plainOf(400)).toBe(undefined);
    await pool.close();
  });

  it('an API that asks to wait says for how long, to whoever may not see its words too', async () => {
    const pool = door();
    const refused = async (status: number, wait: string) => {
      handler = (_, response) => response.writeHead(status, { 'retry-after': wait }).end('slow down');
      return (await fetchRows(pool, get('/')).catch((e: unknown) => e)) as ConnectorError;
    };
    expect(await refused(429, '30')).toMatchObject({
      detail: 'It asks to wait 30 seconds. The source answered 429: slow down',
      plain: 'It asks to wait 30 seconds.',
      retryAfter: 30,
    });
    const inAnHour = new Date(Date.now() + 3_599_500).toUTCString();
    expect((await refused(503, inAnHour)).plain).toBe('It asks to wait 60 minutes.');
    for (const nothing of ['soon', '0', '-1', 'Wed, 21 Oct 2015 07:28:00 GMT'])
      expect(await refused(503, nothing)).toMatchObject({ plain: undefined, retryAfter: undefined });
    await pool.close();
  });

  it('a 403 of who is asked too often is no missing permission', async () => {
    const pool = door();
    for (const [headers, code] of [
      [{ 'retry-after': '60' }, 'source_rate_limited'],
      [{ 'x-ratelimit-remaining': '0' }, 'source_rate_limited'],
      [{ 'x-ratelimit-remaining': '4999' }, 'source_privilege_missing'],
      [{}, 'source_privilege_missing'],
    ] as const) {
      handler = (_, response) => response.writeHead(403, headers).end();
      expect(await codeOf(fetchRows(pool, get('/'))), JSON.stringify(headers)).toBe(code);
    }
    await pool.close();
  });

  it('columns come of every row that is handed on, with a type that fits each', async () => {
    const pool = door();
    const columns = async (more: Partial<Runnable> = {}) =>
      (await fetchRows(pool, get('/'), more)).running.columns;
    handler = json(Array.from({ length: 300 }, (_, i) => (i < 250 ? { v: i } : { v: `t${i}`, late: true })));
    expect(await columns()).toMatchObject([
      { name: 'v', type: 'text' },
      { name: 'late', type: 'boolean' },
    ]);
    expect(await columns({ maxRows: 10 })).toMatchObject([{ name: 'v', type: 'integer' }]);
    await pool.close();
  });

  it('a page that stands for an error is told by its words, without what authenticates', async () => {
    const pool = door({ kind: 'bearer', token: 'can<b>ary' });
    const style = `<style>${'.a{color:red}'.repeat(200)}</style>`;
    const page = `<!doctype html><html><head><title>Down</title>${style}<script>var a = "<p>";</script></head><body><h1>Back at six</h1>can<b>ary</body></html>`;
    handler = (_, response) => response.writeHead(500, { 'content-type': 'text/html' }).end(page);
    const error = (await fetchRows(pool, get('/')).catch((e: unknown) => e)) as ConnectorError;
    expect(error.detail).toBe('The source answered 500: Down "; Back at six …');
    // Transmission's: a piece of a page is one too.
    handler = (_, response) => response.writeHead(409).end('<h1>409: Conflict</h1><p>No <b>session</b>.');
    await expect(fetchRows(pool, get('/'))).rejects.toMatchObject({
      detail: 'The source answered 409: 409: Conflict No session .',
    });
    await pool.close();
  });

  it('a body that echoes what authenticates tells neither a token that was fetched nor an escaped password', async () => {
    handler = (request, response, body) => {
      if (request.url === '/token') json({ access_token: 'canary/token' })(request, response, body);
      else {
        const said = JSON.stringify({ ...request.headers, url: request.url, said: 'can"ary\\pass' });
        json(said.replaceAll('/', '\\/'), 400)(request, response, body);
      }
    };
    for (const credential of [
      { kind: 'oauth2-client-credentials', tokenUrl: `${base}/token`, clientId: 'a', clientSecret: 'b' },
      { kind: 'basic', user: 'a', password: 'can"ary\\pass' },
      { kind: 'basic', user: 'somebody', password: 'ary' },
      { kind: 'api-key', in: 'query', name: 'key', value: 'of canary' },
    ] as const) {
      const pool = door(credential);
      const error = (await fetchRows(pool, get('/')).catch((e: unknown) => e)) as ConnectorError;
      expect(error.detail).toContain(credential.kind === 'api-key' ? 'key=' : 'authorization');
      if (credential.kind === 'basic') expect(error.detail).not.toMatch(/ary|Y2FuI|YXJ5|c29tZWJvZHk6/);
      else if (credential.kind === 'api-key') expect(error.detail).not.toMatch(/of(%20| )canary/);
      else expect(error.detail).not.toMatch(/canary\\?\/token/);
      await pool.close();
    }
  });

  it('a body that echoes a key that is the user tells it no more than a password', async () => {
    handler = (request, response, body) => {
      const pair = Buffer.from(request.headers.authorization!.slice('Basic '.length), 'base64').toString();
      json(`no such key: ${pair.split(':')[0]}`, 401)(request, response, body);
    };
    for (const password of ['', 'X']) {
      const pool = door({ kind: 'basic', user: 'sk_canary', password });
      const error = (await fetchRows(pool, get('/')).catch((e: unknown) => e)) as ConnectorError;
      expect(error.detail).toBe('The source answered 401: no such key: …');
      await pool.close();
    }
  });

  it('a body that echoes a key tells it neither with nor without the word that it is sent behind', async () => {
    handler = (request, response, body) => {
      const key = /(\w+)"?$/.exec(request.headers.authorization!)![1];
      json(`${request.headers.authorization}: no such key ${key}, a Token`, 401)(request, response, body);
    };
    for (const value of ['Token sk_canary', 'Token token="sk_canary"']) {
      const pool = door({ kind: 'api-key', in: 'header', name: 'Authorization', value });
      const error = (await fetchRows(pool, get('/')).catch((e: unknown) => e)) as ConnectorError;
      expect(error.detail).toBe('The source answered 401: …: no such key …, a Token');
      await pool.close();
    }
  });

  it('time limits and aborts end the request; a server that is silent does not hold it', async () => {
    const pool = door();
    handler = () => undefined;
    const started = Date.now();
    expect(await codeOf(fetchRows(pool, get('/'), { timeoutMs: 200 }))).toBe('source_timeout');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    expect(await codeOf(pool.run(runnable(get('/')), stop.signal))).toBe('run_cancelled');
    handler = (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).write('[');
    expect(await codeOf(fetchRows(pool, get('/'), { timeoutMs: 200 }))).toBe('source_timeout');
    expect(Date.now() - started).toBeLessThan(2_000);
    await pool.close();
  });

  it('a read whose connection was closed before any of its answer is asked once more, a write is not', async () => {
    const pool = door();
    handler = json([{ ok: true }]);
    await fetchRows(pool, get('/'));
    const hangUp = (times: number) => {
      handler = (request, response, body) => {
        times -= 1;
        if (times < 0) json([{ ok: true }])(request, response, body);
        else request.socket.destroy();
      };
      return seen.length;
    };
    let before = hangUp(1);
    expect((await fetchRows(pool, get('/'))).rows).toEqual([{ ok: true }]);
    expect(seen.length - before).toBe(2);
    before = hangUp(2);
    expect(await codeOf(fetchRows(pool, get('/')))).toBe('source_unreachable');
    expect(seen.length - before).toBe(2);
    before = hangUp(1);
    expect(await codeOf(fetchRows(pool, get('/', { method: 'POST', body: '{}' })))).toBe(
      'source_unreachable',
    );
    expect(seen.length - before).toBe(1);
    await pool.close();
  });

  describe('Q6 a write that may have been made says so', () => {
    const post = get('/', { method: 'POST', body: '{}' });
    const codes = async (pool: Pool, more: Partial<Runnable> = {}) => ({
      write: await codeOf(fetchRows(pool, post, { effect: 'write', ...more })),
      read: await codeOf(fetchRows(pool, post, more)),
    });
    const html: Handler = (_, response) =>
      response.writeHead(201, { 'content-type': 'text/html' }).end('<b>done</b>');
    const cut: Handler = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).write('[', () => response.destroy());

    it.each<[string, Handler, string]>([
      ['never answered', () => undefined, 'source_timeout'],
      ['hung up on', (request) => request.socket.destroy(), 'source_unreachable'],
      ['cut in its answer', cut, 'source_unreachable'],
      ['answered with what is not JSON', html, 'source_answer_invalid'],
      ['answered 500', json({}, 500), 'source_failed'],
      ['answered 503', json({}, 503), 'source_unavailable'],
      ['answered 408', json({}, 408), 'source_timeout'],
    ])('%s', async (_name, one, asRead) => {
      const pool = door();
      handler = one;
      expect(await codes(pool, { timeoutMs: 300 })).toEqual({ write: 'write_outcome_unknown', read: asRead });
      await pool.close();
    });

    it('and one that is answered with nothing is made', async () => {
      const pool = door();
      handler = (_, response) => response.socket?.end('HTTP/1.1 200 OK\r\n\r\n');
      expect(await codes(pool)).toEqual({ write: 'no error', read: 'source_answer_invalid' });
      await pool.close();
    });

    it('and one that is answered with a line of words is made, but not with a page, or with what may be rows', async () => {
      const pool = door();
      const page = '\ufeff\n<!doctype html><p>Sign in';
      for (const [type, words, write] of [
        ['text/plain', 'ok\n', 'no error'],
        ['text/html; charset=utf-8', 'ok', 'no error'],
        ['', '1', 'no error'],
        ['text/html', page, 'write_outcome_unknown'],
        ['text/html; charset=utf-16', Buffer.from(page, 'utf16le'), 'write_outcome_unknown'],
        ['', '<error/>', 'write_outcome_unknown'],
        ['text/plain', '[]', 'write_outcome_unknown'],
        ['text/plain', '{"items": []', 'write_outcome_unknown'],
        ['text/csv', 'id,name\n1,one\n', 'write_outcome_unknown'],
        ['text/plain', 'x'.repeat(201), 'write_outcome_unknown'],
        ['application/json', 'ok', 'write_outcome_unknown'],
      ] as const) {
        handler = (_, response) =>
          response.writeHead(200, type === '' ? {} : { 'content-type': type }).end(words);
        const said = { write, read: 'source_answer_invalid' };
        expect(await codes(pool, { rowsAt: 'items' }), `${type} ${words}`).toEqual(said);
      }
      handler = (_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
      expect((await fetchRows(pool, post, { effect: 'write' })).rows).toEqual([{ value: 'ok' }]);
      await pool.close();
    });

    it('and one whose answer says where its query looks that it failed does not', async () => {
      const pool = door({ kind: 'bearer', token: 'hidden-word' });
      handler = json({ data: null, errors: [{ message: 'The name hidden-word is too short.' }] });
      const told = (more: Partial<Runnable>) =>
        fetchRows(pool, post, { effect: 'write', ...more }).catch((error: unknown) => error);
      expect(await told({ errorAt: 'errors', rowsAt: 'data.create' })).toMatchObject({
        code: 'source_refused_statement',
        detail: 'The response says at “errors” that it failed: [{"message":"The name … is too short."}]',
      });
      expect(await told({ errorAt: 'failures', rowsAt: 'data.create' })).toMatchObject({
        code: 'write_outcome_unknown',
      });
      handler = json({ data: { create: { id: 7 } }, errors: [] });
      expect(await told({ errorAt: 'errors', rowsAt: 'data.create' })).toMatchObject({ rows: [{ id: 7 }] });
      await pool.close();
    });

    it('done, and sent on to an address that fails', async () => {
      const pool = door();
      handler = (request, response, body) =>
        request.url === '/'
          ? response.writeHead(303, { location: '/there' }).end()
          : json({}, 404)(request, response, body);
      expect((await codes(pool)).write).toBe('write_outcome_unknown');
      await pool.close();
    });

    it('cancelled on its way', async () => {
      const pool = door();
      handler = () => undefined;
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 50);
      expect(await codeOf(pool.run(runnable(post, { effect: 'write' }), stop.signal))).toBe(
        'write_outcome_unknown',
      );
      await pool.close();
    });

    it('and one that was refused, or never left, does not', async () => {
      const pool = door();
      for (const [status, code] of [
        [400, 'source_refused_statement'],
        [401, 'source_credential_rejected'],
        [403, 'source_privilege_missing'],
        [409, 'source_constraint_violated'],
        [429, 'source_rate_limited'],
        [501, 'source_refused_statement'],
      ] as const) {
        handler = json({}, status);
        expect((await codes(pool)).write).toBe(code);
      }
      await pool.close();
      const nobody = door({ kind: 'none' }, { baseUrl: 'http://localhost:1' });
      expect((await codes(nobody)).write).toBe('source_unreachable');
      await nobody.close();
    });
  });

  it('a source in read mode refuses a write before it leaves', async () => {
    const pool = door({ kind: 'none' }, { mode: 'read' });
    const before = seen.length;
    expect(await codeOf(fetchRows(pool, get('/', { method: 'POST', body: '{}' }), { effect: 'write' }))).toBe(
      'source_refused_statement',
    );
    expect(seen.length).toBe(before);
    await pool.close();
  });

  it('D9 opens no socket but by the guard, for the token too', async () => {
    const refusing = createOutbound({
      rules: { allow: [], deny: [] },
      own: () => [{ what: 'listener', host: '127.0.0.1', port: Number(new URL(trapBase).port) }],
      listensOnLoopbackOnly: () => true,
    }).dial;
    const direct = door({ kind: 'none' }, { baseUrl: trapBase, dial: refusing });
    expect(await codeOf(fetchRows(direct, get('/')))).toBe('egress_refused');
    expect(await codeOf(direct.probe())).toBe('egress_refused');
    const token = door(
      { kind: 'oauth2-client-credentials', tokenUrl: `${trapBase}/token`, clientId: 'a', clientSecret: 'b' },
      { dial: refusing },
    );
    const refused = (await fetchRows(token, get('/')).catch((e: unknown) => e)) as ConnectorError;
    expect(refused.code).toBe('egress_refused');
    expect(refused.detail, 'which of the two addresses it was').toMatch(/^The token address .* E\d/);
    expect(trapped).toBe(0);
    const allowed = door({ kind: 'none' }, { baseUrl: trapBase });
    await codeOf(fetchRows(allowed, get('/')));
    expect(trapped).toBe(1);
    await Promise.all([direct.close(), token.close(), allowed.close()]);
  });

  it('D5 TLS is verified by default, and by name', async () => {
    const certificate = testCertificate(mkdtempSync(join(tmpdir(), 'sallyport-rest-')));
    const secure = createSecure(
      { cert: readFileSync(certificate.certFile), key: readFileSync(certificate.keyFile) },
      (_, response) =>
        response
          .writeHead(200, { 'content-type': 'application/json', server: 'secure/1' })
          .end('[{"ok":true}]'),
    );
    const baseUrl = `https://localhost:${await listen(secure as unknown as Server)}`;
    const outcomes = async (...more: Parameters<typeof door>) => {
      const pool = door(...more);
      const code = await codeOf(fetchRows(pool, get('/')));
      await pool.close();
      return code;
    };
    expect(await outcomes({ kind: 'none' }, { baseUrl, ca: certificate.caPem })).toBe('no error');
    expect(await outcomes({ kind: 'none' }, { baseUrl })).toBe('source_tls_failed');
    expect(await outcomes({ kind: 'none' }, { baseUrl, ca: 'no certificate' })).toBe('source_tls_failed');
    expect(await outcomes({ kind: 'none' }, { baseUrl, tls: 'encrypt' })).toBe('no error');
    const probing = door({ kind: 'none' }, { baseUrl, ca: certificate.caPem });
    expect((await probing.probe()).serverVersion).toBe('secure/1');
    await probing.close();
    secure.close();
    const old = createSecure({
      cert: readFileSync(certificate.certFile),
      key: readFileSync(certificate.keyFile),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const oldUrl = `https://localhost:${await listen(old as unknown as Server)}`;
    for (const [address, sentence] of [
      [oldUrl, /older than 1\.2/],
      [base.replace('http:', 'https:'), /does not offer TLS/],
    ] as const) {
      const pool = door({ kind: 'none' }, { baseUrl: address, ca: certificate.caPem });
      const failure = await fetchRows(pool, get('/')).catch((error: unknown) => error);
      expect(failure).toMatchObject({
        code: 'source_tls_failed',
        detail: expect.stringMatching(sentence),
      });
      await pool.close();
    }
    old.close();
  });

  it('D5 an API that requires a client certificate is told apart from a lost connection, and has done nothing', async () => {
    const { caFile, caPem, certFile, keyFile } = testCertificate(
      mkdtempSync(join(tmpdir(), 'sallyport-rest-')),
    );
    const given = ['-cert', certFile, '-key', keyFile, '-CAfile', caFile, '-Verify', '1'];
    for (const version of ['-tls1_2', '-tls1_3']) {
      const port = await freePort();
      const required = spawn(
        'openssl',
        ['s_server', '-accept', `127.0.0.1:${port}`, ...given, '-verify_return_error', '-www', version],
        { stdio: ['ignore', 'pipe', 'ignore'] },
      );
      await once(required.stdout, 'data');
      const pool = door({ kind: 'none' }, { baseUrl: `https://localhost:${port}`, ca: caPem });
      for (const effect of ['read', 'write'] as const) {
        const method = effect === 'read' ? 'GET' : 'POST';
        const told = () =>
          fetchRows(pool, get('/', { method }), { effect }).catch((e: unknown) => e as ConnectorError);
        // A connection that is reset at once may lose what was said on it: then it is only lost.
        await expect.poll(told, { message: version, timeout: 5_000 }).toMatchObject({
          code: 'source_tls_failed',
          detail: expect.stringContaining('client certificate'),
        });
      }
      await pool.close();
      required.kill();
    }
  });

  it('a handshake of TLS takes up the session of the one before', async () => {
    const certificate = testCertificate(mkdtempSync(join(tmpdir(), 'sallyport-rest-')));
    const files = { cert: readFileSync(certificate.certFile), key: readFileSync(certificate.keyFile) };
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const reused: boolean[] = [];
      const secure = createSecure({ ...files, minVersion: version, maxVersion: version }, (_, response) =>
        response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end('[]'),
      );
      secure.on('secureConnection', (socket) => reused.push(socket.isSessionReused()));
      const baseUrl = `https://localhost:${await listen(secure as unknown as Server)}`;
      const pool = door({ kind: 'none' }, { baseUrl, ca: certificate.caPem });
      for (let i = 0; i < 3; i++) await fetchRows(pool, get('/'));
      await pool.close();
      expect(reused, version).toEqual([false, true, true]);
      secure.close();
    }
  });
});
