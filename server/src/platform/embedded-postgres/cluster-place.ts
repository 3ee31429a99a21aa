import { chmodSync, chownSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { chooseRuntimeUser, type RuntimeUser } from './runtime-user.ts';

/** Where everything of one embedded PostgreSQL lies. `directory` is ours; `cluster` belongs to the runtime user. */
export interface ClusterPlace {
  readonly directory: string;
  readonly cluster: string;
  readonly data: string;
  readonly user: RuntimeUser;
  /**
   * `cluster`, as PostgreSQL reaches it. On Linux it inherits the open directory as descriptor 3, so that it works below
   * directories that its user may not enter, and so that no path is too long for a socket.
   */
  readonly seenByPostgres: string;
  /** `cluster`, as this process reaches it, short enough for a socket on Linux. */
  readonly seenByUs: string;
  /** `directory` in the same way; null elsewhere. */
  readonly directorySeenByUs: string | null;
  readonly descriptor: number;
  close(): void;
}

export function openClusterPlace(directory: string): ClusterPlace {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const cluster = join(directory, 'cluster');
  const user = chooseRuntimeUser(cluster);
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  chmodSync(cluster, 0o700);
  if (user.uid !== undefined) chownSync(cluster, user.uid, user.gid);
  const descriptor = openSync(cluster, 'r');
  const linux = process.platform === 'linux';
  return {
    directory,
    cluster,
    data: join(cluster, 'data'),
    user,
    seenByPostgres: linux ? '/proc/self/fd/3' : cluster,
    seenByUs: linux ? `/proc/self/fd/${descriptor}` : cluster,
    directorySeenByUs: linux ? `/proc/self/fd/${descriptor}/..` : null,
    descriptor,
    close: () => closeSync(descriptor),
  };
}
