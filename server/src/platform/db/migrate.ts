import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { ensureRoles, type LoginRole } from './ensure-roles.ts';

const LOCK = 7_311_963_001;

export interface MigrateOptions {
  /** Connects as the owner of the schema. */
  readonly owner: pg.ClientConfig;
  /** The two login roles; with a password, made when absent, and the password is set each time. */
  readonly roles: Readonly<Record<'app' | 'system', LoginRole>>;
  readonly folder: string;
}

/**
 * Brings the schema to this version: every `*.sql` in name order, each in its own transaction, once, forward only.
 * Several nodes may start together: an advisory lock lets one do it. Refuses when an applied file was changed or is
 * unknown (an older program on a newer database).
 * In a file, `:app` and `:system` stand for the two roles.
 */
export async function migrate(options: MigrateOptions): Promise<readonly string[]> {
  const client = new pg.Client(options.owner);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await ensureRoles(client, options.roles);
    await makeTable(client);
    const { rows } = await client.query<{ name: string; sha256: string }>(
      'select name, sha256 from schema_migrations',
    );
    const applied = new Map(rows.map((row) => [row.name, row.sha256]));
    const files = (await readdir(options.folder)).filter((name) => name.endsWith('.sql')).sort();
    for (const name of applied.keys()) {
      if (!files.includes(name)) {
        throw new Error(
          `The database has the migration ${name}, which this version does not know. Start the version that made it, or a newer one.`,
        );
      }
    }
    const done: string[] = [];
    for (const name of files) {
      const text = await readFile(join(options.folder, name), 'utf8');
      const sha256 = createHash('sha256').update(text).digest('hex');
      if (applied.has(name)) {
        if (applied.get(name) !== sha256) {
          throw new Error(
            `The migration ${name} was changed after it was applied. Restore the file; add a new one.`,
          );
        }
        continue;
      }
      await client.query('begin');
      try {
        await client.query(withRoles(text, options.roles));
        await client.query('insert into schema_migrations (name, sha256) values ($1, $2)', [name, sha256]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`The migration ${name} failed and was rolled back.`, { cause: error });
      }
      done.push(name);
    }
    return done;
  } finally {
    await client.end();
  }
}

async function makeTable(client: pg.Client): Promise<void> {
  try {
    await client.query(`create table if not exists schema_migrations (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now())`);
  } catch (error) {
    if ((error as pg.DatabaseError).code !== '42501') throw error;
    throw new Error(
      'The user of DATABASE_URL may not make tables in the schema public of its database. Make it the owner of the database (alter database … owner to …).',
      { cause: error },
    );
  }
}

/** Refuses, with a sentence, a database that is not exactly of this version. It changes nothing. */
export async function assertMigrated({
  owner,
  folder,
}: Pick<MigrateOptions, 'owner' | 'folder'>): Promise<void> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, ...owner });
  await client.connect();
  try {
    const { rows: found } = await client.query<{ some: boolean }>(
      `select to_regclass('schema_migrations') is not null as some`,
    );
    if (found[0]?.some !== true)
      throw new Error(
        'The database is empty. Start Sallyport once, and look whether the settings name the right one.',
      );
    const { rows } = await client.query<{ name: string }>('select name from schema_migrations');
    const applied = rows.map((row) => row.name).sort();
    const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
    if (applied.join() !== files.join())
      throw new Error(
        'The database is of another version than this program. Start this version once, then try again.',
      );
  } finally {
    await client.end();
  }
}

function withRoles(text: string, roles: MigrateOptions['roles']): string {
  return text
    .replace(/(?<![:\w]):app\b/g, pg.escapeIdentifier(roles.app.name))
    .replace(/(?<![:\w]):system\b/g, pg.escapeIdentifier(roles.system.name));
}
