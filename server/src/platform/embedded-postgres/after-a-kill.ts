import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterPlace } from './cluster-place.ts';

const WAIT_MS = 10_000;

/**
 * Clears the way after PostgreSQL was killed: waits until its children, which notice within moments, have left the data
 * directory, and removes the lock files of the dead. PostgreSQL would do that itself, but takes a zombie for alive, and in
 * a container nobody may ever reap it; and it takes any process of its user for itself that has its number by now, as
 * numbers begin anew with each start of a machine. Nor does it start beside a file that a loss of power has left empty. (That
 * shared memory is still in use it also tells without the file.)
 */
export async function clearAfterKill(place: ClusterPlace): Promise<void> {
  if (process.platform !== 'linux') return;
  const file = join(place.data, 'postmaster.pid');
  const pid = pidIn(file);
  const data = realpathSync(place.data);
  if (pid === undefined || worksIn(String(pid), data)) return;
  const deadline = performance.now() + WAIT_MS;
  while (someoneWorksIn(data)) {
    // Left in place, the file makes PostgreSQL refuse with its own sentence.
    if (performance.now() > deadline) return;
    await sleep(10);
  }
  rmSync(file, { force: true });
  for (const name of readdirSync(place.cluster))
    if (/^\.s\.PGSQL\.\d+\.lock$/.test(name)) rmSync(join(place.cluster, name), { force: true });
}

/** Nobody's number where the file has none; undefined where there is no file. */
function pidIn(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : 0;
  } catch {
    return undefined;
  }
}

/** PostgreSQL's processes work in the data directory; nobody else does. */
const someoneWorksIn = (directory: string): boolean =>
  readdirSync('/proc').some((name) => /^\d+$/.test(name) && worksIn(name, directory));

function worksIn(process: string, directory: string): boolean {
  try {
    return readlinkSync(`/proc/${process}/cwd`) === directory;
  } catch {
    return false;
  }
}
