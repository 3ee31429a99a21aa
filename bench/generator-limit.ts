import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { load, request } from './load.ts';

/** Answers of so many bytes that the load generator takes in a second, when the server costs next to nothing. */
export async function generatorLimit(connections: number, bytes: number): Promise<number> {
  const server = fork(fileURLToPath(new URL('at-once.ts', import.meta.url)), [String(Math.round(bytes))]);
  try {
    const [{ port }] = (await once(server, 'message')) as [{ port: number }];
    const { perSecond } = await load(request(port, 'GET', '/', {}), connections, 1.5);
    return perSecond;
  } finally {
    server.kill();
  }
}
