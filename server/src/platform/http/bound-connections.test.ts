import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { boundConnections } from './bound-connections.ts';

test('more connections than files may be open for are refused, and that is said, not for each', async () => {
  const said: object[] = [];
  const silent = () => undefined;
  const log = {
    debug: silent,
    info: silent,
    error: silent,
    warn: (details: object) => void said.push(details),
  };
  const server = createServer().listen(0, '127.0.0.1');
  boundConnections(server, log, 4);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sockets: Socket[] = [];
  const open = async () => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  await open();
  await open();
  for (let i = 0; i < 3; i++) await once(await open(), 'close');
  expect(said).toEqual([{ refused: 1, most: 2, openFiles: 4 }]);
  for (const socket of sockets) socket.destroy();
  server.close();
});

test.runIf(process.platform === 'linux')('the limit of this process is found', () => {
  const server = createServer();
  const silent = () => undefined;
  boundConnections(server, { debug: silent, info: silent, warn: silent, error: silent });
  expect(server.maxConnections).toBeGreaterThan(0);
});
