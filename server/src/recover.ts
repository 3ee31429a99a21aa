import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { composeTables } from './compose-tables.ts';
import * as audit from './contexts/audit/index.ts';
import * as identity from './contexts/identity/index.ts';
import * as vault from './contexts/vault/index.ts';
import { systemClock } from './kernel/clock.ts';
import { baseUrl, type Config } from './platform/config/config.ts';
import { readConfig } from './platform/config/read-config.ts';
import { openDb } from './platform/db/db.ts';
import { assertMigrated } from './platform/db/migrate.ts';
import { visitPlace } from './platform/db/open-place.ts';
import { logins } from './platform/db/prepare.ts';
import { openLog } from './platform/log/log.ts';

const PROJECT = join(import.meta.dirname, '..', '..');

/**
 * A link to a new password, for whoever has the server's own machine: its settings, its root key and its database. Works
 * beside a running server, which ends the sessions and signs the records, and while it is stopped.
 */
async function recover(
  config: Config,
  email: string,
  options: { readonly removeSecondFactor: boolean },
): Promise<{ link: string; expiresAt: Date; presumed: string | null }> {
  if (config.givenBaseUrl === null && config.listen.port === 0)
    throw new Error('The server takes any free port, so the link cannot be known. Set SALLYPORT_BASE_URL.');
  const place = await visitPlace({
    database: config.database,
    dataDirectory: config.dataDirectory,
    log: openLog('error'),
    // Somebody sits in front of it, and a database of one's own is up or is not.
    waitMs: 2_000,
    onLost: (error) => {
      throw error;
    },
  });
  try {
    const folder = join(PROJECT, 'server', 'migrations');
    // Before the root key: beside an empty database, opening it would make one.
    await assertMigrated({ owner: place.owner, folder });
    const file = join(config.dataDirectory, 'root.key');
    const root = await vault.openRootKey({ given: config.rootKey, file, owner: place.owner });
    const connections = logins({
      owner: place.owner,
      database: config.database,
      deriveKey: (purpose) => root.deriveKey(purpose),
    });
    const db = openDb(connections);
    const { events } = composeTables([audit, vault, identity]);
    const journal = audit.createAudit({ db, connection: connections.system, events });
    try {
      const { origin } = baseUrl(config, config.listen.port);
      const deps = { db, audit: journal, clock: systemClock, baseUrl: origin };
      const { link, expiresAt } = await identity.recover(deps, email, options);
      return { link: link.reveal(), expiresAt, presumed: config.givenBaseUrl === null ? origin : null };
    } finally {
      await journal.close();
      await db.close();
    }
  } finally {
    await place.stop();
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { 'remove-second-factor': { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  try {
    const [email = ''] = positionals;
    const removeSecondFactor = values['remove-second-factor'];
    const { link, expiresAt, presumed } = await recover(readConfig(process.env, PROJECT), email, {
      removeSecondFactor,
    });
    process.stdout.write(`${link}\n`);
    process.stderr.write(
      `With this link ${email} chooses a new password, once, until ${expiresAt.toISOString()}. It is in the audit log.\n`,
    );
    // A server is often told by what starts it, and a shell beside it knows nothing of that.
    if (presumed !== null)
      process.stderr.write(
        `SALLYPORT_BASE_URL is not set here: where people reach Sallyport elsewhere than at ${presumed}, put that address in its place.\n`,
      );
  } catch (error) {
    process.stderr.write(`sallyport: ${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}

if (import.meta.main) await main();
