import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { CannotStart } from '../lifecycle/cannot-start.ts';
import { ensureRoles, type LoginRole } from './ensure-roles.ts';
import { withClient } from './with-client.ts';

const LOCK = 7_311_963_001;
const SAID_AFTER_MS = 2_000;

export interface MigrateOptions {
  /** Connects as the owner of the schema. */
  readonly owner: pg.ClientConfig;
  /** The two login roles; with a password, made when absent, and the password is set each time. */
  readonly roles: Readonly<Record<'app' | 'system', LoginRole>>;
  readonly folder: string;
  /** Called when another node has been at it for two seconds; it may take long, and is not given up. */
  readonly onWaiting?: (() => void) | undefined;
  /** Whether a node serves from this database at the moment; asked when its schema is about to change. */
  readonly isServed: () => Promise<boolean>;
}

/**
 * Brings the schema to this version: every `*.sql` in name order, each in its own transaction, once, forward only.
 * Several nodes may start together: an advisory lock lets one do it. Refuses when an applied file was changed or is
 * unknown (an older program on a newer database), and while a node of an earlier version serves: it would go on writing
 * without what the new tables are told by.
 * In a file, `:app` and `:system` stand for the two roles.
 */
export async function migrate(options: MigrateOptions): Promise<readonly string[]> {
  return withClient(options.owner, async (client) => {
    await lockOut(client, options);
    await refuseForeignTables(client);
    await ensureRoles(client, options.roles);
    await makeTable(client);
    const { rows } = await client.query<{ name: string; sha256: string }>(
      'select name, sha256 from schema_migrations',
    );
    const applied = new Map(rows.map((row) => [row.name, row.sha256]));
    const files = (await readdir(options.folder)).filter((name) => name.endsWith('.sql')).sort();
    for (const name of applied.keys()) {
      if (!files.includes(name)) {
        throw new CannotStart(
          `The database has the migration ${name}, which this version does not know. Start the version that migrated it, or a newer one. To go back, restore the backup from before the upgrade.`,
        );
      }
    }
    if (applied.size > 0 && files.some((name) => !applied.has(name)) && (await options.isServed()))
      throw new CannotStart(
        'A node of an earlier version still serves from this database, which this version is about to change. Stop every node, then start this version.',
        { mayPass: true },
      );
    const done: string[] = [];
    for (const name of files) {
      const text = await readFile(join(options.folder, name), 'utf8');
      const sha256 = createHash('sha256').update(text).digest('hex');
      if (applied.has(name)) {
        if (applied.get(name) !== sha256) {
          throw new CannotStart(
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
        await client.query('rollback').catch(() => undefined);
        throw new Error(
          `The migration ${name} failed and was rolled back: ${(error as Error).message}. The database is as it was before it.`,
          { cause: error },
        );
      }
      done.push(name);
    }
    await refuseForeignRoles(client, options.roles);
    return done;
  });
}

async function lockOut(client: pg.Client, { onWaiting }: MigrateOptions): Promise<void> {
  const late = onWaiting && setTimeout(onWaiting, SAID_AFTER_MS);
  await client.query('select pg_advisory_lock($1)', [LOCK]).finally(() => clearTimeout(late));
}

/** A first start among somebody else's tables would leave half of ours between them, where a name is taken. */
async function refuseForeignTables(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`
    select c.relname as name from pg_class as c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
      and not exists (
        select from pg_attribute where attrelid = to_regclass('public.schema_migrations') and attname = 'sha256')
    order by 1 limit 4`);
  if (rows.length === 0) return;
  const [first, second, third, more] = rows.map((row) => row.name);
  const names = [first, second, third].filter((name) => name !== undefined).join(', ');
  throw new CannotStart(
    `The database of DATABASE_URL already holds tables that are not Sallyport’s (${names}${more === undefined ? '' : ', …'}). Give Sallyport a database of its own: create database … owner ….`,
  );
}

/** Policies and grants name the roles: under others, as after a restore into a database of another name, nothing can be read. */
async function refuseForeignRoles(client: pg.Client, roles: MigrateOptions['roles']): Promise<void> {
  const { rowCount } = await client.query(
    `select from pg_class as c
     where c.relnamespace = 'public'::regnamespace and c.relforcerowsecurity and not exists (
       select from pg_policies as p where p.schemaname = 'public' and p.tablename = c.relname
         and (p.policyname like '%\\_tenant' and $1 = any(p.roles) or p.policyname like '%\\_system' and $2 = any(p.roles)))
     limit 1`,
    [roles.app.name, roles.system.name],
  );
  if (rowCount === 0) return;
  throw new CannotStart(
    `The tables of this database were not created for the roles ${roles.app.name} and ${roles.system.name}. Set DATABASE_APP_URL and DATABASE_SYSTEM_URL to the roles they were created for; after a restore, see docs/operating.md.`,
  );
}

async function makeTable(client: pg.Client): Promise<void> {
  try {
    await client.query(`create table if not exists schema_migrations (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now())`);
  } catch (error) {
    if ((error as pg.DatabaseError).code !== '42501') throw error;
    throw new CannotStart(
      'The user of DATABASE_URL may not create tables in the schema public of its database. Make it the owner of the database (alter database … owner to …).',
      { cause: error },
    );
  }
}

/** Refuses, with a sentence, a database that is not exactly of this version. It changes nothing. */
export async function assertMigrated({
  owner,
  folder,
}: Pick<MigrateOptions, 'owner' | 'folder'>): Promise<void> {
  await withClient(owner, async (client) => {
    const { rows: found } = await client.query<{ some: boolean }>(
      `select to_regclass('schema_migrations') is not null as some`,
    );
    if (found[0]?.some !== true)
      throw new CannotStart(
        'The database is empty. Check that the settings name the right one, and start Sallyport once.',
      );
    const { rows } = await client.query<{ name: string }>('select name from schema_migrations');
    const applied = rows.map((row) => row.name).sort();
    const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
    if (applied.join() !== files.join())
      throw new CannotStart(
        'The database belongs to another version than this program. Start this version once, then try again.',
      );
  });
}

function withRoles(text: string, roles: MigrateOptions['roles']): string {
  return text
    .replace(/(?<![:\w]):app\b/g, pg.escapeIdentifier(roles.app.name))
    .replace(/(?<![:\w]):system\b/g, pg.escapeIdentifier(roles.system.name));
}
