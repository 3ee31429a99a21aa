import type { Config } from './platform/config/config.ts';
import { dataDirectoryDoubt, makeDataDirectory } from './platform/config/data-directory.ts';
import { type DatabasePlace, openPlace, type PlaceOptions } from './platform/db/open-place.ts';
import type { Lifecycle } from './platform/lifecycle/lifecycle.ts';

/** The data directory, and the database: what a start begins with, and all that is read for it. */
export async function openDatabase({
  config,
  lifecycle,
  ...options
}: Pick<PlaceOptions, 'log' | 'onLost' | 'onSpawned'> & {
  readonly config: Config;
  readonly lifecycle: Lifecycle;
}): Promise<DatabasePlace> {
  makeDataDirectory(config.dataDirectory);
  const doubt = dataDirectoryDoubt(config.dataDirectory);
  if (doubt !== undefined) options.log.warn({}, doubt);
  return lifecycle.part(
    'database',
    () => openPlace({ database: config.database, dataDirectory: config.dataDirectory, ...options }),
    (opened) => opened.stop(),
  );
}
