/** What holds for every answer, whatever the operation: headers, origins, TLS, addresses. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { brotliCompressSync } from 'node:zlib';
import { contract } from '@sallyport/contract';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CHANNEL } from '../src/contexts/identity/revocations.ts';
import { serveWebApp } from '../src/platform/http/web-app.ts';
import { PASSWORD, type TestApp, testApp } from './app.ts';
import { asAdmin } from './postgres-server.ts';
import { testCertificate } from './tls-authority.ts';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-http-'));
let app: TestApp;

/** A web app of two files, as the build leaves them. */
function builtWeb(policy: string): string {
  const web = mkdtempSync(join(folder, 'web-'));
  mkdirSync(join(web, 'assets'));
  mkdirSync(join(web, 'sandbox'));
  writeFileSync(join(web, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
  writeFileSync(join(web, 'secret.json'), '{}');
  writeFileSync(join(web, 'assets', 'app-1.js'), 'export {};');
  writeFileSync(join(web, 'sandbox', 'index.html'), '<script></script>');
  writeFileSync(join(web, 'sandbox', 'index.html.br'), brotliCompressSync('<script></script>'));
  writeFileSync(join(web, 'sandbox', 'headers.json'), JSON.stringify({ 'content-security-policy': policy }));
  return web;
}
/** A page that one of these is taken from can be framed, sniffed, kept or watched, and nothing else would show it. */
const OF_EVERYTHING = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
};
const OF_THE_API = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
};
const SANDBOXED = "sandbox allow-scripts; default-src 'none'";

/** What the server answers to these very bytes. */
const said = (request: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    const { hostname, port } = new URL(app.url);
    const socket = net.connect(Number(port), hostname, () => socket.write(`${request}\r\n\r\n`));
    socket.on('error', reject);
    socket.on('data', (bytes) => {
      text += bytes;
      socket.end();
    });
    socket.on('close', () => resolve(text));
  });

beforeAll(async () => {
  app = await testApp({}, builtWeb(SANDBOXED));
});
afterAll(async () => {
  await app?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('health is 503 while the log cannot be written, and no rate limit holds who asks for it', async () => {
  const health = () => app.nobody().call(contract.system.health);
  const asOwner = (text: string) => asAdmin(app.ownerUrl, (client) => client.query(text));
  const often = await Promise.all(Array.from({ length: 1_000 }, health));
  expect(new Set(often.map(({ status }) => status))).toEqual(new Set([200]));
  await asOwner(`create or replace function refuse_records() returns trigger language plpgsql as
    $$ begin raise exception 'disk full' using errcode = '53100'; end $$`);
  await asOwner(
    'create trigger refuse_records before insert on audit_records for each statement execute function refuse_records()',
  );
  try {
    // It takes somebody who meets it: a full log is found when something is to be written.
    await app.nobody().call(contract.identity.signIn, { body: { email: 'a@b.example', password: 'wrong' } });
    await expect
      .poll(async () => (await health()).problem, { timeout: 5_000 })
      .toMatchObject({ status: 503, code: 'audit_unavailable' });
  } finally {
    await asOwner('drop trigger refuse_records on audit_records');
  }
  await expect.poll(async () => (await health()).status, { timeout: 5_000 }).toBe(200);
});

describe('H3 the page’s policy', () => {
  it('allows no eval, no inline, no framing, and a nonce of its own each time', async () => {
    const [one, two] = [await app.nobody().raw('/'), await app.nobody().raw('/any/page')];
    const policy = one.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(policy.replace(nonce, '…').split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce-…'",
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
    ]);
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
    expect(await one.text()).toContain(nonce);
    expect(two.headers.get('content-security-policy')).not.toContain(nonce);
    expect(Object.fromEntries(one.headers)).toMatchObject({ ...OF_EVERYTHING, 'cache-control': 'no-store' });
  });
  it('is asked for by its headers alone too, as by a monitor', async () => {
    const answer = await app.nobody().raw('/', { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await app.nobody().raw('/v1/nothing', { method: 'HEAD' })).status).toBe(404);
  });
  it('the sandbox has its own, and the server does not boot with a weaker one', async () => {
    const sandbox = await app.nobody().raw('/sandbox');
    expect(sandbox.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(sandbox.headers.get('content-security-policy')).toBe(SANDBOXED);
    const weak = "sandbox allow-scripts allow-same-origin; default-src 'none'";
    await expect(testApp({}, builtWeb(weak))).rejects.toThrow('sandbox');
    for (const half of ["default-src 'none'", 'sandbox allow-scripts'])
      await expect(serveWebApp(fastify(), builtWeb(half))).rejects.toThrow('sandbox');
    for (const way of [
      'connect-src *',
      "connect-src 'self'",
      'img-src https:',
      'script-src https://example.com',
      "script-src 'unsafe-inline'",
      'worker-src blob: https:',
      'form-action *',
      'sandbox allow-scripts allow-popups',
      'report-uri https://example.com/',
    ])
      await expect(serveWebApp(fastify(), builtWeb(`${SANDBOXED}; ${way}`)), way).rejects.toThrow('sandbox');
  });
  it('the sandbox comes compressed, and once: then it is asked for by its tag, under the same policy', async () => {
    const ask = (headers: Record<string, string>) => app.nobody().raw('/sandbox', { headers });
    const first = await ask({ 'accept-encoding': 'br' });
    expect(first.headers.get('content-encoding')).toBe('br');
    expect(first.headers.get('vary')).toContain('accept-encoding');
    expect(await first.text()).toBe('<script></script>');
    // By hand: `fetch` asks for nothing from a cache when it is given a tag.
    const again = await said(
      `GET /sandbox HTTP/1.1\r\nhost: x\r\naccept-encoding: br\r\nif-none-match: ${first.headers.get('etag')}`,
    );
    expect(again).toMatch(/^HTTP\/1.1 304 /);
    expect(again).toContain(`\r\ncontent-security-policy: ${SANDBOXED}\r\n`);
    expect(again).toContain('\r\nx-frame-options: SAMEORIGIN\r\n');
    expect((await ask({ 'accept-encoding': 'identity' })).headers.get('content-encoding')).toBeNull();
  });
  it('serves what was built and nothing beside it', async () => {
    const { headers } = await app.nobody().raw('/assets/app-1.js');
    expect(headers.get('cache-control')).toContain('immutable');
    expect(Object.fromEntries(headers)).toMatchObject(OF_EVERYTHING);
    for (const path of [
      '/secret.json',
      '/assets/../index.html',
      '/assets/%2e%2e/secret.json',
      '/sandbox/headers.json',
    ]) {
      const answer = await app.nobody().raw(path);
      expect(answer.status, path).toBeLessThan(500);
      expect(await answer.text()).not.toBe('{}');
    }
    expect(await said('GET /assets/%2e%2e/index.html HTTP/1.1\r\nhost: x')).toMatch(/^HTTP\/1.1 404 /);
    for (const path of [
      '/v1/nothing',
      '/v1',
      '//v1/setup',
      '/v1?a=b',
      '/V1/setup',
      '/assets/',
      '/.env',
      '/a.php?b',
    ])
      expect((await app.nobody().raw(path)).status, path).toBe(404);
  });
  it('says of a page which methods it takes, and of a file that it is another or sent whole', async () => {
    const posted = await app.nobody().raw('/apps', { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const asked = async (headers: Record<string, string>) =>
      (await app.nobody().raw('/assets/app-1.js', { headers })).status;
    expect(await asked({ 'if-match': '"another"' })).toBe(412);
    expect(await asked({ range: 'bytes=9999-' })).toBe(200);
  });
});

describe('H4 an API answer', () => {
  it('is never stored, never framed, and names its request', async () => {
    const answers = [
      await app.owner.raw('/v1/session'),
      await app.nobody().raw('/v1/session'),
      // Which goes out as it comes, and by another way than every other answer.
      await app.owner.raw('/v1/audit/export'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 200]);
    for (const { headers } of answers)
      expect(Object.fromEntries(headers)).toMatchObject({ ...OF_EVERYTHING, ...OF_THE_API });
  });
  it('to what made something says where that is', async () => {
    const { createApp } = contract.apps;
    const { invite, listInvitations, createToken, listMySessions } = contract.identity;
    const app1 = await app.owner.call(createApp, { body: { name: 'Located' } });
    const at = app1.headers.get('location') ?? '';
    expect(at).toBe(`/v1/apps/${app1.body.id}/draft`);
    expect((await app.owner.raw(at)).status).toBe(200);
    // Whose address is inside of the answer, or takes nothing but its end.
    const body = { email: 'located@harbor.example', role: 'member' } as const;
    const places = [
      (await app.owner.call(invite, { body })).headers.get('location'),
      (await app.owner.call(createToken, { body: { label: 'Located' } })).headers.get('location'),
    ];
    for (const place of places)
      expect((await app.owner.raw(String(place), { method: 'DELETE' })).status, String(place)).toBe(204);
    expect((await app.owner.ok(listInvitations)).items).toEqual([]);
    expect((await app.owner.ok(listMySessions)).items.filter(({ kind }) => kind === 'token')).toEqual([]);
  });
  it('has an id that the caller cannot choose', async () => {
    const { headers } = await app.nobody().raw('/v1/setup', { headers: { 'x-request-id': 'chosen' } });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

it('A9 who is refused without end is answered 429 and counted, and what they may do goes on', async () => {
  const [member, node] = [await app.person('member'), await app.anotherNode()];
  const there = node.as(member);
  const answers = await Promise.all(
    Array.from({ length: 320 }, () => there.call(contract.identity.listPeople)),
  );
  const often = answers.filter(({ status }) => status === 429);
  expect(often.length).toBeGreaterThan(10);
  expect(often[0]?.problem?.code).toBe('too_many_refusals');
  expect(Number(often[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(answers.filter(({ status }) => status === 403)).toHaveLength(320 - often.length);
  await there.ok(contract.identity.getMe);
  await node.stop();
  const actorId = member.me?.person.id;
  const told = await app.owner.ok(contract.audit.listAuditRecords, {
    query: { event: 'access.refused_often', actorId },
  });
  expect(told.items.map(({ data }) => data)).toEqual([
    { count: often.length, since: expect.any(String), operations: ['listPeople'] },
  ]);
});

describe('H5 where a request comes from', () => {
  const rename = (headers: Record<string, string>) =>
    app.owner.raw('/v1/organization', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"name":"Taken over"}',
    });
  it('another origin and a missing or wrong token are refused, on the record', async () => {
    expect((await (await rename({ origin: 'https://evil.example' })).json()) as object).toMatchObject({
      code: 'origin_refused',
    });
    const own = app.owner.me?.csrfToken ?? '';
    const alike = `${own.startsWith('A') ? 'B' : 'A'}${own.slice(1)}`;
    for (const wrong of ['guess', alike, `${own.slice(0, -1)}${own.endsWith('A') ? 'B' : 'A'}`, `${own}A`])
      expect((await (await rename({ 'x-csrf-token': wrong })).json()) as object, wrong).toMatchObject({
        code: 'csrf_refused',
      });
    // No browser leaves it out of a change; what does is no page of ours.
    const token = `${app.owner.cookie}\r\nx-csrf-token: ${app.owner.me?.csrfToken}`;
    const silent = `PATCH /v1/organization HTTP/1.1\r\nhost: x\r\ncookie: ${token}`;
    expect(await said(silent)).toContain('"code":"origin_refused"');
    const { items } = await app.owner.ok(contract.audit.listAuditRecords, {
      query: { event: 'access.refused' },
    });
    const codes = items.map((record) => record.data.code);
    expect(codes.filter((code) => code === 'origin_refused')).toHaveLength(2);
    expect(codes.filter((code) => code === 'csrf_refused')).toHaveLength(4);
    expect((await app.owner.ok(contract.identity.getMe)).organization.name).toBe('Harbor Supply');
    expect((await rename({})).status).toBe(200);
  });
  it.each([
    ['GARBAGE', 400, 'http_malformed'],
    ['GET /v1/health HTTP/1.1', 400, 'http_malformed'],
    ['GET /v1/health HTTP/1.1\r\nhost: x\r\nHost: y', 400, 'http_malformed'],
    ['GET /v1/health HTTP/1.1\r\nhost: x\r\nexpect: more', 417, 'expectation_failed'],
    [
      'POST /v1/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: gzip, chunked\r\n\r\n0',
      501,
      'transfer_coding_unsupported',
    ],
    ['TRACE /v1/health HTTP/1.1\r\nhost: x', 405, 'method_not_allowed'],
    [
      'POST /v1/session HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked',
      400,
      'http_malformed',
    ],
    [`GET /v1/health HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(20_000)}`, 431, 'headers_too_large'],
  ])('what is no request is answered in the same form: %.30s', async (request, status, code) => {
    const [head, body] = (await said(request)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    for (const [name, value] of Object.entries({ ...OF_EVERYTHING, ...OF_THE_API }))
      if (typeof value === 'string') expect(head).toContain(`${name}: ${value}\r\n`);
    expect(JSON.parse(body ?? '')).toMatchObject({ status, code });
  });
  it('a body that names a member twice is refused, and neither is taken', async () => {
    const body = '{"name":"First","name":"Second"}';
    const answer = await app.owner.raw('/v1/organization', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, 'input_invalid']);
    expect((await app.owner.ok(contract.identity.getMe)).organization.name).not.toMatch(/First|Second/);
  });
  it('U+0000 in an address is refused as in a body', async () => {
    const answer = await app.owner.raw('/v1/audit/records?event=%00');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'input_invalid', places: [{ path: 'query.event' }] });
  });
  it('nobody is signed in by another site', async () => {
    const answer = await app.nobody().call(contract.identity.signIn, {
      body: { email: 'owner@harbor.example', password: PASSWORD },
      headers: { origin: 'https://evil.example' },
    });
    expect(answer.problem?.code).toBe('origin_refused');
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
  it('nothing is exported, or opened, by a link of another site or in one of our pages', async () => {
    const records = () =>
      app.owner.ok(contract.audit.listAuditRecords, { query: { event: 'audit.exported' } });
    const before = (await records()).items;
    const exported = async (site: string) =>
      (await app.owner.raw('/v1/audit/export', { headers: { 'sec-fetch-site': site } })).status;
    for (const site of ['cross-site', 'same-site']) expect(await exported(site)).toBe(403);
    // By hand: the client of these tests says itself how it fetches.
    const link = `GET /v1/audit/export HTTP/1.1\r\nhost: x\r\ncookie: ${app.owner.cookie}`;
    expect(await said(`${link}\r\nsec-fetch-site: same-origin\r\nsec-fetch-mode: navigate`)).toMatch(
      /^HTTP\/1.1 403 /,
    );
    expect((await records()).items).toEqual(before);
    for (const site of ['same-origin', 'none']) expect(await exported(site)).toBe(200);
    const list = await app.owner.raw('/v1/people', { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(list.status).toBe(200);
  });
  it('the Host header and a forwarded address are not believed', async () => {
    const { link } = await app.owner.ok(contract.identity.invite, {
      body: { email: 'host@harbor.example', role: 'member' },
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-for': '203.0.113.9' },
    });
    expect(new URL(link).origin).toBe(app.url);
    const { items } = await app.owner.ok(contract.audit.listAuditRecords, {
      query: { event: 'identity.invited' },
    });
    expect(items[0]?.address).toBe('127.0.0.1');
  });
});

describe('I7 what is taken away while a body is awaited', () => {
  it.each([
    [{ disabled: true }, 401, 'sign_in_required'],
    [{ role: 'member' }, 403, 'permission_denied'],
  ] as const)('counts: %j', async (change, status, code) => {
    const admin = await app.person('admin');
    const body = JSON.stringify({ email: `late-${status}@harbor.example`, role: 'admin' });
    const request = http.request(`${app.url}/v1/invitations`, {
      method: 'POST',
      headers: {
        origin: app.url,
        cookie: admin.cookie,
        'x-csrf-token': admin.me?.csrfToken,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
    });
    const answer = new Promise<http.IncomingMessage>((resolve, reject) => {
      request.on('response', resolve).on('error', reject);
    });
    request.write(body.slice(0, 5));
    // Answered after the head above was read, and admitted.
    await admin.ok(contract.identity.getMe);
    await app.owner.ok(contract.identity.changePerson, {
      params: { id: admin.me?.person.id ?? '' },
      body: change,
    });
    // Longer than a body may be behind its head without another question.
    await new Promise((resolve) => setTimeout(resolve, 150));
    request.end(body.slice(5));
    const response = await answer;
    expect(response.statusCode).toBe(status);
    expect(JSON.parse(Buffer.concat(await response.toArray()).toString())).toMatchObject({ code });
    const { items } = await app.owner.ok(contract.identity.listInvitations);
    expect(items.map((row) => row.email)).not.toContain(`late-${status}@harbor.example`);
  });
});

it.each([
  [{ disabled: true }, 401, 'sign_in_required'],
  [{ role: 'member' }, 403, 'permission_denied'],
] as const)(
  'I7 what is taken away while a change waits for a lock counts: %j',
  async (change, status, code) => {
    const admin = await app.person('admin');
    const answer = await asAdmin(app.ownerUrl, async (client) => {
      await client.query('begin');
      await client.query('lock table organizations in share mode');
      const waiting = admin.call(contract.identity.changeOrganization, { body: { name: `Late ${status}` } });
      await vi.waitUntil(
        async () =>
          (
            await client.query(
              `select from pg_locks where relation = 'organizations'::regclass and not granted`,
            )
          ).rowCount,
        { timeout: 10_000 },
      );
      await app.owner.ok(contract.identity.changePerson, {
        params: { id: admin.me?.person.id ?? '' },
        body: change,
      });
      await client.query('commit');
      return waiting;
    });
    expect(answer).toMatchObject({ status, problem: { code } });
    expect((await app.owner.ok(contract.identity.getMe)).organization.name).not.toBe(`Late ${status}`);
  },
);

it('a change goes on though everybody of another kind of connection waits for what it holds', async () => {
  const [admin, member] = [await app.person('admin'), await app.person('member')];
  const { id, email } = member.me?.person ?? { id: '', email: '' };
  const [turned] = await asAdmin(app.ownerUrl, async (client) => {
    const waiting = (count: number) =>
      vi.waitUntil(
        async () => {
          await client.query('select pg_stat_clear_snapshot()');
          const found = await client.query(
            `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
          );
          return found.rowCount === count;
        },
        { timeout: 15_000 },
      );
    await client.query('begin');
    await client.query('select from sessions where person_id = $1 for update', [id]);
    // Holds the membership, and waits for the session.
    const turning = admin.call(contract.identity.changePerson, { params: { id }, body: { disabled: true } });
    await waiting(1);
    // Who the admin is has to be asked again, before the change is recorded.
    await asAdmin(app.ownerUrl, (other) =>
      other.query('select pg_notify($1, $2)', [CHANNEL, '{"kind":"changed"}']),
    );
    const entering = Array.from({ length: 6 }, () =>
      app.nobody().call(contract.identity.signIn, { body: { email, password: PASSWORD } }),
    );
    await waiting(7);
    await client.query('rollback');
    return Promise.all([turning, ...entering]);
  });
  expect(turned?.status).toBe(200);
}, 60_000);

describe('H6 HTTPS', () => {
  it('TLS 1.2 and later, strict transport security, and a secure cookie', async () => {
    const certificate = testCertificate(folder);
    const secure = await testApp(
      { SALLYPORT_TLS_CERT: certificate.certFile, SALLYPORT_TLS_KEY: certificate.keyFile },
      null,
      certificate.caPem,
    );
    try {
      const { port } = new URL(secure.url);
      const handshake = (maxVersion: tls.SecureVersion) =>
        new Promise<string | null>((resolve) => {
          const socket = tls.connect(
            {
              host: '127.0.0.1',
              port: Number(port),
              ca: certificate.caPem,
              minVersion: 'TLSv1',
              maxVersion,
              ciphers: 'DEFAULT@SECLEVEL=0',
            },
            () => {
              resolve(socket.getProtocol());
              socket.destroy();
            },
          );
          socket.on('error', () => resolve(null));
        });
      expect(await handshake('TLSv1.1')).toBeNull();
      expect(await handshake('TLSv1.2')).toBe('TLSv1.2');
      expect(await handshake('TLSv1.3')).toBe('TLSv1.3');
      const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
        https
          .get(`${secure.url}/v1/setup`, { ca: certificate.caPem }, (response) =>
            resolve(response.resume().headers),
          )
          .on('error', reject);
      });
      expect(headers['strict-transport-security']).toContain('max-age=63072000');
      expect(secure.url).toMatch(/^https:/);
    } finally {
      await secure.stop();
    }
  });
});
