import pg from 'pg';
import { CannotStart } from '../lifecycle/cannot-start.ts';
import { scramVerifier } from './scram-verifier.ts';

/** A login role. Without a password it is somebody else's: it must exist, and is left as it is. */
export interface LoginRole {
  readonly name: string;
  readonly password: string | null;
}

/** What may read or write every table, or act as the server's own user: with one of these, no grant of ours holds. */
const POWERFUL = [
  'pg_read_all_data',
  'pg_write_all_data',
  'pg_maintain',
  'pg_read_server_files',
  'pg_write_server_files',
  'pg_execute_server_program',
];

/**
 * Makes the two roles when absent and sets their passwords, or checks that the given ones are fit: a role that owns
 * tables, is a superuser or bypasses row-level security would see every organization's rows.
 */
export async function ensureRoles(
  client: pg.Client,
  roles: Readonly<Record<'app' | 'system', LoginRole>>,
): Promise<void> {
  for (const [role, other] of [
    [roles.app, roles.system],
    [roles.system, roles.app],
  ] as const) {
    if (role.password !== null) await makeRole(client, role.name, role.password);
    await checkRole(client, role.name, [...POWERFUL, other.name]);
    await client.query(`grant usage on schema public to ${pg.escapeIdentifier(role.name)}`);
  }
}

async function makeRole(client: pg.Client, role: string, password: string): Promise<void> {
  const name = pg.escapeIdentifier(role);
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  try {
    if (rowCount === 0)
      await client.query(
        `create role ${name} login nosuperuser nocreatedb nocreaterole nobypassrls noinherit`,
      );
    await client.query(`alter role ${name} login password ${pg.escapeLiteral(scramVerifier(password))}`);
  } catch (error) {
    if ((error as pg.DatabaseError).code !== '42501') throw error;
    throw new CannotStart(
      `The user of DATABASE_URL may not create or change the role ${role}. Allow it (alter role … createrole), or create two login roles that own nothing and set DATABASE_APP_URL and DATABASE_SYSTEM_URL.`,
      { cause: error },
    );
  }
}

/** By itself, and as a member of another role, however far: a member may act as that one (`set role`). */
async function checkRole(client: pg.Client, name: string, forbidden: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ strong: boolean; owner: boolean }>(
    `select exists (
              select from pg_roles as one where pg_has_role(r.oid, one.oid, 'member')
                and (one.rolsuper or one.rolbypassrls or one.rolcreaterole or one.rolcreatedb
                  or one.rolname = any($2))) as strong,
            pg_has_role(r.oid, current_user, 'member') and not r.rolsuper as owner
       from pg_roles as r where r.rolname = $1`,
    [name, forbidden],
  );
  const [role] = rows;
  if (role === undefined)
    throw new CannotStart(`The role ${name} does not exist. Create it, as a login role that owns nothing.`);
  if (role.strong || role.owner)
    throw new CannotStart(
      `The role ${name} has too many privileges to serve requests: it must not be a superuser, bypass row-level security, create roles or databases, or be a member of the owner, of the other role, or of one that may read or write everything. Give Sallyport a plain login role.`,
    );
}
