import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../kernel/secret.ts';
import {
  type EmbeddedPostgres,
  openEmbeddedPostgres,
} from '../platform/embedded-postgres/embedded-postgres.ts';
import { keptFile } from '../platform/embedded-postgres/kept-file.ts';
import type { Log } from '../platform/log/log.ts';
import { DEMO_DATABASE, DEMO_ROLE, seedDemo } from './seed-demo.ts';

/** The demo's own PostgreSQL (D1), as a person would connect it. */
export interface DemoServer {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: Secret;
  stop(): Promise<void>;
}

const folderIn = (dataDirectory: string) => join(dataDirectory, 'demo-postgres');

/** Where the demo was started before and is not now, its source does not answer; undefined where it never was. */
export function demoLeftOut(dataDirectory: string): string | undefined {
  if (!existsSync(folderIn(dataDirectory))) return undefined;
  return 'The demo database is not started, so its source does not answer. To have it, run: npm start -- --demo';
}

/** Starts it under the data directory and fills it at the first start, which takes some seconds. */
export async function openDemoServer(options: {
  dataDirectory: string;
  /** Of the role that data sources use, at the first start. */
  password: Secret<Buffer>;
  log: Log;
  onLost: (error: Error) => void;
  /** What the egress guard says of a data source at this address. */
  decide: (host: string, port: number) => Promise<{ readonly allowed: boolean }>;
}): Promise<DemoServer> {
  const { dataDirectory, log, onLost } = options;
  const directory = folderIn(dataDirectory);
  const postgres: EmbeddedPostgres = await openEmbeddedPostgres({
    directory,
    dataDirectory,
    tcp: true,
    log,
    onLost,
  });
  // Kept, since data sources hold it: another root key would make another.
  const password = keptFile(join(directory, 'tool-password'), () =>
    options.password.reveal().toString('base64url'),
  );
  const { host, port, owner } = postgres;
  try {
    await seedDemo({ host, port, ...owner }, password);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  if (!(await options.decide(host, port)).allowed)
    log.warn(
      { host, port },
      'no data source may be on this machine, so that the demo cannot be installed and its source does not answer. To have it all the same, set SALLYPORT_EGRESS_LOOPBACK=allow.',
    );
  return {
    host,
    port,
    database: DEMO_DATABASE,
    user: DEMO_ROLE,
    password: new Secret(password),
    stop: () => postgres.stop(),
  };
}
