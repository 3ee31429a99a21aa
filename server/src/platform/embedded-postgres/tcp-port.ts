import { freePort } from '../http/free-port.ts';
import { CannotStart } from '../lifecycle/cannot-start.ts';
import { keptFile, replaceFile } from './kept-file.ts';

/**
 * The loopback port of a cluster, the same from start to start so that what was written down stays true; another one only
 * when a stranger has taken it meanwhile.
 */
export async function tcpPort(file: string, runningAlready: boolean): Promise<number> {
  const kept = Number(keptFile(file, () => '0'));
  if (runningAlready && kept !== 0) return kept;
  const free = await freePort('127.0.0.1', kept)
    .catch(() => freePort('127.0.0.1'))
    .catch((cause: unknown) => {
      throw new CannotStart('No loopback port is free for the embedded PostgreSQL.', { cause });
    });
  if (free !== kept) replaceFile(file, String(free));
  return free;
}
