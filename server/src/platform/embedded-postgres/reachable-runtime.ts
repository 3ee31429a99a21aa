import { cpSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotStart } from '../lifecycle/cannot-start.ts';
import type { Runtime } from './runtime.ts';
import type { RuntimeUser } from './runtime-user.ts';

const CACHE = '/var/cache/sallyport';

/**
 * The runtime where `user` can execute it. A clone under a directory that only root may enter (such as /root) is copied
 * once to /var/cache/sallyport, which only root can write.
 */
export function reachableRuntime(runtime: Runtime, user: RuntimeUser, cache: string = CACHE): Runtime {
  const bin = realpathSync(join(runtime.home, 'bin'));
  if (user.uid === undefined || closedTo(user.uid, user.gid, bin) === undefined) return runtime;
  const copy = { version: runtime.version, home: join(cache, `postgres-${runtime.version}-${process.arch}`) };
  mkdirSync(cache, { recursive: true, mode: 0o755 });
  const { uid, mode } = statSync(cache);
  if (uid !== 0 || (mode & 0o022) !== 0) {
    throw new CannotStart(
      `${cache} must belong to root and be writable by no one else, for programs run from it. Run: chown root ${cache} && chmod 755 ${cache}`,
    );
  }
  if (statSync(copy.home, { throwIfNoEntry: false }) === undefined) {
    const partial = `${copy.home}.${process.pid}`;
    rmSync(partial, { recursive: true, force: true });
    try {
      cpSync(runtime.home, partial, { recursive: true, verbatimSymlinks: true });
    } catch (error) {
      rmSync(partial, { recursive: true, force: true });
      throw new CannotStart(`PostgreSQL cannot be copied to ${cache}: ${(error as Error).message}`, {
        cause: error,
      });
    }
    putInPlace(partial, copy.home);
  }
  const closed = closedTo(user.uid, user.gid, join(copy.home, 'bin'));
  if (closed !== undefined) {
    throw new CannotStart(
      `PostgreSQL may not run as root, and the user number ${user.uid} cannot enter ${closed}. Install Sallyport in a directory that everyone may enter, such as /opt/sallyport, or start it as an ordinary user.`,
    );
  }
  return copy;
}

/** Of two servers that start at once, the first one's copy stays: it is the same. */
function putInPlace(partial: string, home: string): void {
  try {
    renameSync(partial, home);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  }
}

/** The first directory on the way to `path` that this user may not enter. */
function closedTo(uid: number, gid: number, path: string): string | undefined {
  const parent = dirname(path);
  const above = parent === path ? undefined : closedTo(uid, gid, parent);
  if (above !== undefined) return above;
  const stat = statSync(path);
  const shift = stat.uid === uid ? 6 : stat.gid === gid ? 3 : 0;
  return ((stat.mode >> shift) & 1) === 1 ? undefined : path;
}
