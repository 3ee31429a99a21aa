import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { localRootKey, type RootKey } from '../server/src/contexts/vault/index.ts';
import { Secret } from '../server/src/kernel/secret.ts';
import { type Db, type DbOptions, openDb } from '../server/src/platform/db/db.ts';
import { openPlace } from '../server/src/platform/db/open-place.ts';
import { prepare } from '../server/src/platform/db/prepare.ts';
import { openLog } from '../server/src/platform/log/log.ts';

export interface OwnDatabase {
  readonly db: Db;
  readonly connections: DbOptions;
  readonly owner: pg.ClientConfig;
  readonly root: RootKey;
  readonly dataDirectory: string;
  close(): Promise<void>;
}

/** A migrated embedded PostgreSQL with the settings that people get, durable writes on, in a folder of its own. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  const root = localRootKey(new Secret(randomBytes(32)));
  const place = await openPlace({
    database: { kind: 'embedded' },
    dataDirectory,
    log: openLog('error'),
    onLost: (error) => {
      throw error;
    },
  });
  const connections = await prepare({
    owner: place.owner,
    database: { kind: 'embedded' },
    deriveKey: (purpose) => root.deriveKey(purpose),
    folder: fileURLToPath(new URL('../server/migrations', import.meta.url)),
  });
  const db = openDb(connections);
  return {
    db,
    connections,
    owner: place.owner,
    root,
    dataDirectory,
    close: async () => {
      await db.close();
      await place.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
