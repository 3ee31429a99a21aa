import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';

/** Open as long as this process lives, however it ends. */
export interface LifeSign {
  /** Its socket, in the directory that was given. */
  readonly name: string;
  end(): void;
}

/**
 * Shows that this process lives to everybody on this machine who sees the directory, in whichever container: process
 * numbers mean nothing there, but a socket answers. `directory` by a path that is short enough for one.
 */
export async function showLife(directory: string): Promise<LifeSign> {
  const name = `opened-by.${randomBytes(6).toString('hex')}`;
  // Not joined: `..` must be taken where a link leads, not in the text.
  const path = `${directory}/${name}`;
  const server = createServer((socket) => socket.destroy());
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return {
    name,
    end: () => {
      server.close();
      rmSync(path, { force: true });
    },
  };
}

/** Whether somebody listens there. When that cannot be found out, somebody may. */
export function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'),
    );
  });
}
