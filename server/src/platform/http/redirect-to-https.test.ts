import { mkdtempSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testCertificate } from '../../../test/tls-authority.ts';
import { redirectToHttps } from './redirect-to-https.ts';
import { renewCertificate, tlsOptions } from './tls-options.ts';

const base = new URL('https://sallyport.example.com:8443');
let server: Awaited<ReturnType<typeof redirectToHttps>>;
beforeAll(async () => {
  server = await redirectToHttps({ host: '127.0.0.1', port: 0 }, base);
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function ask(path: string, method = 'GET', host = 'evil.example'): Promise<[number, string | undefined]> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers: { host } }, (answer) => {
      answer.resume();
      resolve([answer.statusCode ?? 0, answer.headers.location]);
    })
      .on('error', reject)
      .end();
  });
}

test('a visit is sent to the configured address, whatever its Host header says', async () => {
  expect(await ask('/apps/42?page=2')).toEqual([308, 'https://sallyport.example.com:8443/apps/42?page=2']);
});

test.each(['//evil.example/x', '/\\evil.example', 'http://evil.example/', '*'])(
  '%s does not lead elsewhere',
  async (path) => {
    const [status, location] = await ask(path);
    expect(status).toBe(308);
    expect(new URL(location ?? '').origin).toBe(base.origin);
  },
);

test('a body in clear is refused, not redirected', async () => {
  expect(await ask('/v1/session', 'POST')).toEqual([403, undefined]);
});

test('TLS 1.1 and the suites of its time are refused, 1.2 is served, and a renewed certificate is used without a restart', async () => {
  const first = testCertificate(mkdtempSync(join(tmpdir(), 'sallyport-tls-')));
  const second = testCertificate(mkdtempSync(join(tmpdir(), 'sallyport-tls-')));
  const https = createServer(tlsOptions(first) ?? {}, (_request, response) => response.end('hello'));
  await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve));
  const { port } = https.address() as AddressInfo;
  const protocol = (options: object) =>
    new Promise<string | null>((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ...options }, () => {
        resolve(socket.getProtocol());
        socket.destroy();
      });
      socket.once('error', reject);
    });
  const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
  // With a MAC after the encryption; a client that has nothing else is turned away.
  const weak = { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA256' };
  await expect(protocol({ ca: first.caPem, ...old })).rejects.toThrow();
  await expect(protocol({ ca: first.caPem, ...weak })).rejects.toThrow();
  expect(await protocol({ ca: first.caPem, maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
  await expect(protocol({ ca: second.caPem })).rejects.toThrow();
  renewCertificate(https, second);
  expect(await protocol({ ca: second.caPem })).toBe('TLSv1.3');
  await expect(protocol({ ca: second.caPem, ...old })).rejects.toThrow();
  await expect(protocol({ ca: second.caPem, ...weak })).rejects.toThrow();
  https.close();
});
