import pg from 'pg';
import { scramVerifier } from './scram-verifier.ts';

/** A login role. Without a password it is somebody else's: it must exist, and is left as it is. */
export interface LoginRole {
  readonly name: string;
  readonly password: string | null;
}

/**
 * Makes the two roles when absent and sets their passwords, or checks that the given ones are fit: a role that owns
 * tables, is a superuser or bypasses row-level security would see every organization's rows.
 */
export async function ensureRoles(
  client: pg.Client,
  roles: Readonly<Record<'app' | 'system', LoginRole>>,
): Promise<void> {
  for (const role of Object.values(roles)) {
    if (role.password !== null) await makeRole(client, role.name, role.password);
    await checkRole(client, role.name);
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
    throw new Error(
      `The user of DATABASE_URL may not make or change the role ${role}. Allow it (alter role … createrole), or make two login roles that own nothing and set DATABASE_APP_URL and DATABASE_SYSTEM_URL.`,
      { cause: error },
    );
  }
}

async function checkRole(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query<{ strong: boolean; owner: boolean }>(
    `select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as strong,
            pg_has_role(oid, current_user::regrole, 'member') and not rolsuper as owner
       from pg_roles where rolname = $1`,
    [name],
  );
  const [role] = rows;
  if (role === undefined)
    throw new Error(`The role ${name} does not exist. Make it, as a login role that owns nothing.`);
  if (role.strong || role.owner)
    throw new Error(
      `The role ${name} may do too much to serve requests: it must not be a superuser, bypass row-level security, create roles or databases, or be a member of the owner. Give Sallyport a plain login role.`,
    );
}
