import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { CannotStart } from '../lifecycle/cannot-start.ts';
import type { ClusterPlace } from './cluster-place.ts';
import type { Runtime } from './runtime.ts';
import { userWithName } from './runtime-user.ts';

/** The bootstrap superuser. Only migration and the making of databases connect as it. */
export const SUPERUSER = 'sallyport_owner';
const MAJOR = '18';

/** Makes the cluster when there is none. It appears complete or not at all: a killed start leaves a draft behind. */
export async function createCluster(
  place: ClusterPlace,
  runtime: Runtime,
  password: string,
  onSpawned: () => void,
): Promise<void> {
  for (const name of readdirSync(place.cluster))
    if (name.startsWith('data.draft'))
      rmSync(join(place.cluster, name), { recursive: true, force: true, maxRetries: 5 });
  if (existsSync(place.data)) {
    const version = join(place.data, 'PG_VERSION');
    if (!existsSync(version))
      throw new CannotStart(
        `${place.data} is not whole: it has no PG_VERSION. Put the data directory back from your backup.`,
      );
    const major = readFileSync(version, 'utf8').trim();
    if (major === MAJOR) {
      repairCopy(place);
      return;
    }
    throw new CannotStart(
      `${place.data} was written by PostgreSQL ${major}, and this Sallyport has ${MAJOR}. Start the Sallyport that wrote it and move the data to a PostgreSQL of your own with DATABASE_URL, as docs/operating.md says.`,
    );
  }
  // A name of its own: the initdb of a start that was killed a moment ago goes on, and in the end removes what it made.
  const draft = `${place.data}.draft.${randomBytes(6).toString('hex')}`;
  const passwordFile = join(place.cluster, 'password.draft');
  rmSync(passwordFile, { force: true });
  const user = userWithName(place.user);
  if (user.uid !== undefined) chownSync(place.cluster, user.uid, user.gid);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user.uid !== undefined) chownSync(passwordFile, user.uid, user.gid);
  try {
    await initdb(basename(draft), place, runtime, user, onSpawned);
  } finally {
    rmSync(passwordFile, { force: true });
    if (place.user.uid !== undefined) chownSync(place.cluster, place.user.uid, place.user.gid);
  }
  if (place.user.uid !== undefined && place.user.uid !== user.uid)
    give(draft, place.user.uid, place.user.gid);
  renameSync(draft, place.data);
}

/** Files that were copied or put back without their owners and modes, as `cp -r` does: PostgreSQL takes none but its own. */
function repairCopy({ data, user }: ClusterPlace): void {
  const { uid, mode } = statSync(data);
  if (user.uid !== undefined && user.uid !== uid) give(data, user.uid, user.gid);
  if ((mode & 0o777) !== 0o700) chmodSync(data, 0o700);
}

function initdb(
  draft: string,
  place: ClusterPlace,
  runtime: Runtime,
  user: ReturnType<typeof userWithName>,
  onSpawned: () => void,
): Promise<void> {
  const args = [
    `--pgdata=${place.seenByPostgres}/${draft}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${place.seenByPostgres}/password.draft`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorts by code point, the same on every machine: no index breaks when a system's ICU or libc changes.
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(join(runtime.home, 'bin', 'initdb'), args, {
      ...user,
      cwd: '/',
      env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
      stdio: ['ignore', 'pipe', 'pipe', place.descriptor],
    });
    onSpawned();
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data: Buffer) => {
        said = (said + data.toString()).slice(-64_000);
      });
    }
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new CannotStart(`PostgreSQL could not make its files in ${place.directory}: ${lastLines(said)}`, {
            cause: new Error(said),
          }),
        );
    });
  });
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-4).join(' ');
}

function give(path: string, uid: number, gid: number): void {
  lchownSync(path, uid, gid);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) give(inside, uid, gid);
    else lchownSync(inside, uid, gid);
  }
}
