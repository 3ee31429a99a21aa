import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server that can fall silent: as of a frozen machine or a lost network, nothing passes, and nothing ends. */
export interface LineBetween {
  readonly host: string;
  readonly port: number;
  /** Silences the connections that are open now; those after them are as they should be. */
  fallSilent(): void;
  /** Silences each connection from the first of these bytes of its client on; null silences none. */
  muteAt(bytes: string | null): void;
  /** Resolves when a connection is next silenced by what its client says. */
  muted(): Promise<unknown>;
  /** Ends the connections that are open now, at both ends. */
  cut(): void;
  close(): void;
}

export async function lineBetween(host: string, port: number): Promise<LineBetween> {
  const open = new Set<Socket>();
  const silent = new WeakSet<Socket>();
  let mutedBy: string | null = null;
  const server = createServer((near) => {
    const far = connect(port, host);
    near.on('data', (bytes) => {
      if (mutedBy !== null && bytes.includes(mutedBy)) {
        silent.add(near);
        server.emit('muted');
      }
      if (!silent.has(near)) far.write(bytes);
    });
    far.on('data', (bytes) => void (silent.has(near) || near.write(bytes)));
    const end = () => {
      near.destroy();
      far.destroy();
      open.delete(near);
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
    open.add(near);
  });
  const cut = () => {
    for (const near of open) near.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    fallSilent: () => {
      for (const near of open) silent.add(near);
    },
    muteAt: (bytes) => {
      mutedBy = bytes;
    },
    muted: () => once(server, 'muted'),
    cut,
    close: () => {
      server.close();
      cut();
    },
  };
}
