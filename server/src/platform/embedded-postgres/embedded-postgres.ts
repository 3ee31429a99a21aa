import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotStart } from '../lifecycle/cannot-start.ts';
import { isDiskFull } from '../lifecycle/full-disk.ts';
import { clearAfterKill } from './after-a-kill.ts';
import { type ClusterPlace, openClusterPlace } from './cluster-place.ts';
import { createCluster, SUPERUSER } from './create-cluster.ts';
import { keptFile, replaceFile } from './kept-file.ts';
import { isListening } from './life-sign.ts';
import { takeOpenerLock } from './opener-lock.ts';
import {
  findPostmaster,
  type Postmaster,
  spawnPostmaster,
  stopPostmaster,
  untilReady,
} from './postmaster.ts';
import { reachableRuntime } from './reachable-runtime.ts';
import { findRuntime } from './runtime.ts';
import { settings } from './settings.ts';
import { tcpPort } from './tcp-port.ts';

export const SOCKET_PORT = 5432;
/** A PostgreSQL that ends again and again is a fault to show, not to hide. */
const RESTARTS_A_MINUTE = 5;
const TRY_ON_FULL_DISK_MS = 5_000;

export interface EmbeddedPostgresOptions {
  /** Made when absent; only this supervisor writes in it. */
  readonly directory: string;
  /** The directory that a sentence for the operator names: the whole data directory. */
  readonly dataDirectory: string;
  /** Listen on a loopback port, kept from start to start, instead of on a socket in `directory`. */
  readonly tcp?: boolean;
  readonly log: {
    info(details: object, message: string): void;
    warn(details: object, message: string): void;
  };
  /** PostgreSQL ended and could not be started again. */
  readonly onLost: (error: Error) => void;
  /** A program of PostgreSQL was started, and what follows is mostly waiting for it. */
  readonly onSpawned?: () => void;
}

export interface EmbeddedPostgres {
  /** The same for the life of this object, also when PostgreSQL is started again. */
  readonly host: string;
  readonly port: number;
  /** The superuser: for migration and for making databases, never for serving. */
  readonly owner: { readonly user: string; readonly password: string };
  readonly pid: number;
  /** True when this start found it running, left behind by a killed parent. */
  readonly adopted: boolean;
  /** Fast shutdown, then gives the data directory back. */
  stop(): Promise<void>;
}

/**
 * Opens the PostgreSQL 18 that lives in a directory: makes it at the first start, adopts one that outlived a killed
 * parent, starts it otherwise, and starts it again when it ends by itself. Refuses while another process has it open.
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const place = openClusterPlace(options.directory);
  const lock = await takeOpenerLock({
    file: join(options.directory, 'opened-by'),
    sockets: place.directorySeenByUs,
    dataDirectory: options.dataDirectory,
  }).catch((error: unknown) => {
    place.close();
    throw error;
  });
  const giveBack = () => {
    lock.release();
    place.close();
  };
  try {
    const runtime = reachableRuntime(findRuntime(), place.user);
    const passwordFile = join(options.directory, 'password');
    // A new one would not open it, and would hide that the old one is missing.
    if (existsSync(place.data) && !existsSync(passwordFile))
      throw new CannotStart(
        `${passwordFile} is missing next to the data that it opens. Restore the whole data directory from your backup.`,
      );
    // Only a PostgreSQL that was made is ever started: an empty one in its place would hide that it is gone.
    const printFile = join(options.directory, 'started-as');
    if (!existsSync(place.data) && existsSync(printFile))
      throw new CannotStart(
        `${place.data} is missing, and a PostgreSQL ran there before. Restore the whole data directory from your backup; to start over, remove ${options.directory}.`,
      );
    const password = keptFile(passwordFile, () => randomBytes(24).toString('base64url'));
    const { onSpawned = () => undefined } = options;
    await createCluster(place, runtime, password, onSpawned);
    let current = findPostmaster(place);
    if (current === undefined) await assertNobodyServes(place, options.dataDirectory);
    const tcp = options.tcp === true;
    const port = tcp ? await tcpPort(join(options.directory, 'port'), current !== undefined) : SOCKET_PORT;
    const parameters = settings({ socketDirectory: place.seenByPostgres, port, tcp });
    const print = createHash('sha256')
      .update([runtime.version, ...parameters].join('\n'))
      .digest('hex');
    const start = async (): Promise<Postmaster> => {
      replaceFile(printFile, print);
      // Right after PostgreSQL was killed, its children may hold the shared memory for a moment.
      for (let attempt = 1; ; attempt++) {
        await clearAfterKill(place);
        const started = spawnPostmaster(place, runtime, parameters);
        onSpawned();
        try {
          await untilReady(started, place);
          return started;
        } catch (error) {
          // One that goes on would refuse another beside it.
          if (attempt === 5 || (error instanceof CannotStart && error.mayPass)) throw error;
          await sleep(100 * attempt);
        }
      }
    };
    if (current !== undefined && keptFile(printFile, () => '') !== print) {
      options.log.info({ pid: current.pid }, 'stopping a PostgreSQL that another version left running');
      await stopPostmaster(current);
      current = undefined;
    }
    const adopted = current !== undefined;
    if (current !== undefined) await untilReady(current, place);
    const supervised = supervise(current ?? (await start()), start, options);
    options.log.info({ pid: supervised.pid(), adopted }, 'PostgreSQL is ready');
    return {
      host: tcp ? '127.0.0.1' : place.seenByUs,
      port,
      owner: { user: SUPERUSER, password },
      get pid() {
        return supervised.pid();
      },
      adopted,
      stop: async () => {
        await supervised.stop();
        giveBack();
      },
    };
  } catch (error) {
    giveBack();
    throw error;
  }
}

/** One that another container started, whose processes cannot be seen: a second one would destroy the files. */
async function assertNobodyServes(place: ClusterPlace, dataDirectory: string): Promise<void> {
  if (place.directorySeenByUs === null) return;
  if (await isListening(join(place.seenByUs, `.s.PGSQL.${SOCKET_PORT}`)))
    throw new CannotStart(
      `A PostgreSQL that this process cannot see, perhaps of another container, has the data directory ${dataDirectory} open. Stop it first, or give this Sallyport a directory of its own with SALLYPORT_DATA_DIR.`,
    );
}

function supervise(first: Postmaster, start: () => Promise<Postmaster>, options: EmbeddedPostgresOptions) {
  let current = first;
  let stopping = false;
  let starting: Promise<void> | undefined;
  const restarts: number[] = [];
  const watch = (postmaster: Postmaster): void => {
    current = postmaster;
    void postmaster.ended.then(() => {
      if (!stopping) starting = again();
    });
  };
  const again = async (): Promise<void> => {
    if (isDiskFull(options.directory)) await untilRoom();
    else restarts.push(performance.now());
    if (stopping) return;
    const recent = restarts.filter((at) => performance.now() - at < 60_000).length;
    if (recent > RESTARTS_A_MINUTE) {
      options.onLost(new Error(`The embedded PostgreSQL ended ${recent} times in a minute.`));
      return;
    }
    options.log.warn({ pid: current.pid }, 'PostgreSQL ended by itself; starting it again');
    try {
      watch(await start());
    } catch (error) {
      if (stopping) return;
      if (!isDiskFull(options.directory)) options.onLost(error as Error);
      else await again();
    }
  };
  /** It may well end once more, which counts for nothing; so it is tried, but not all the time. */
  const untilRoom = async (): Promise<void> => {
    options.log.warn({ directory: options.directory }, 'the disk is full: PostgreSQL waits for room');
    const deadline = performance.now() + TRY_ON_FULL_DISK_MS;
    while (!stopping && isDiskFull(options.directory) && performance.now() < deadline) await sleep(500);
  };
  watch(first);
  return {
    pid: () => current.pid,
    stop: async () => {
      stopping = true;
      await starting;
      await stopPostmaster(current);
    },
  };
}
