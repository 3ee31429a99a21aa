import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from '../lifecycle/cannot-start.ts';
import { openClusterPlace } from './cluster-place.ts';
import { SUPERUSER } from './create-cluster.ts';
import { type EmbeddedPostgres, SOCKET_PORT } from './embedded-postgres.ts';
import { findPostmaster, untilReady } from './postmaster.ts';

/** A connection to a PostgreSQL that somebody else keeps up. */
export interface VisitedPostgres extends Pick<EmbeddedPostgres, 'host' | 'port' | 'owner'> {
  leave(): Promise<void>;
}

/**
 * The PostgreSQL that runs in a directory, whoever opened it; undefined when none runs. Refuses a directory without one,
 * and leaves everything as it is.
 */
export async function visitEmbeddedPostgres(
  directory: string,
  dataDirectory: string,
): Promise<VisitedPostgres | undefined> {
  if (!existsSync(join(directory, 'cluster', 'data')))
    throw new CannotStart(
      `There is no Sallyport in ${dataDirectory}. Say where it is with SALLYPORT_DATA_DIR.`,
    );
  const place = openClusterPlace(directory);
  try {
    const running = findPostmaster(place);
    if (running === undefined) {
      place.close();
      return undefined;
    }
    await untilReady(running, place);
    const password = readFileSync(join(directory, 'password'), 'utf8').trim();
    return {
      host: place.seenByUs,
      port: SOCKET_PORT,
      owner: { user: SUPERUSER, password },
      leave: async () => place.close(),
    };
  } catch (error) {
    place.close();
    throw error;
  }
}
