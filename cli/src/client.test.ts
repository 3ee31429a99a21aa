import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contract } from '@sallyport/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Connection, request, requestStream } from './client.ts';

let answer: (response: ServerResponse) => void;
const server = createServer((_request, response) => answer(response));
let connection: Connection;
beforeEach(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  connection = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 'sp_x' };
});
afterEach(() => server.close());

const breakingOff = (response: ServerResponse) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"items":[', () => response.destroy());
};
const asked = () => request(connection, contract.apps.listApps);

test('an answer that breaks off is told as that, streamed or not', async () => {
  answer = breakingOff;
  await expect(asked()).rejects.toThrow('was lost before the answer was complete. Try again.');
  const stream = await requestStream(connection, contract.audit.exportAudit);
  const read = async () => {
    for await (const _piece of stream);
  };
  await expect(read()).rejects.toThrow('was lost before the answer was complete');
});

test.each([
  ['of another version', '{"apps":[]}'],
  ['of another program', '<!doctype html>'],
])('an answer %s is told in a sentence', async (_what, body) => {
  answer = (response) => response.end(body);
  await expect(asked()).rejects.toThrow(
    /^http:\S+ sent an answer that this version of sallyport does not understand\./,
  );
});

test('a proxy without a server behind it is not taken for another server', async () => {
  answer = (response) => response.writeHead(502).end('Bad gateway');
  await expect(asked()).rejects.toThrow(/answered 502: the proxy in front of Sallyport got no answer/);
});

test('a server that is not there, or speaks otherwise, is told with what to look at', async () => {
  answer = (response) => response.destroy();
  await expect(asked()).rejects.toThrow(/does not speak plain HTTP\. Check the port.* \(UND_ERR_SOCKET\)$/);
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  await expect(asked()).rejects.toThrow(/nothing listens there\. Check that .* \(ECONNREFUSED\)$/);
});

test('a page to sign in at, in front of the server, is told, and gets no token', async () => {
  answer = (response) => response.writeHead(302, { location: 'https://sso.example/' }).end();
  await expect(asked()).rejects.toThrow(/it redirects to another address, and a token is not sent there\./);
});

test('a token that is not in force is told as that, and not as signing in', async () => {
  const problem = {
    type: 't',
    code: 'sign_in_required',
    title: 'You are not signed in.',
    status: 401,
    next: 'Sign in.',
  };
  answer = (response) => response.writeHead(401).end(JSON.stringify({ ...problem, requestId: 'r' }));
  await expect(asked()).rejects.toThrow(
    /^This server does not accept the token: .*\(sign_in_required, request r\)$/,
  );
});
