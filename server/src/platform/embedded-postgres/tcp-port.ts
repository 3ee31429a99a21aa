import { type AddressInfo, createServer } from 'node:net';
import { CannotStart } from '../lifecycle/cannot-start.ts';
import { keptFile, replaceFile } from './kept-file.ts';

/**
 * The loopback port of a cluster, the same from start to start so that what was written down stays true; another one only
 * when a stranger has taken it meanwhile.
 */
export async function tcpPort(file: string, runningAlready: boolean): Promise<number> {
  const kept = Number(keptFile(file, () => '0'));
  if (runningAlready && kept !== 0) return kept;
  const free = (await freePort(kept)) ?? (await freePort(0));
  if (free === undefined) throw new CannotStart('No loopback port is free for the embedded PostgreSQL.');
  if (free !== kept) replaceFile(file, String(free));
  return free;
}

function freePort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
