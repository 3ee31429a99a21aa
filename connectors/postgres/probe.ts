import type { PrivilegeReport } from '@sallyport/contract';
import type { Probe } from '../port.ts';
import { quote } from './language/quote.ts';
import type { Session } from './session.ts';

/**
 * The role itself first, then every one that it may become (`set role`), whether or not it has their rights at once. A
 * superuser may become any, which says nothing more.
 */
const OWN = `
own as (
  select r.* from pg_roles r, pg_roles me
  where me.rolname = current_user
    and (r.oid = me.oid or (not me.rolsuper and pg_has_role(me.oid, r.oid, 'member') and r.rolname <> 'pg_database_owner')))`;

const ROLES = `
with ${OWN}
select current_setting('server_version'), rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
  pg_has_role(oid, 'pg_read_server_files', 'member'), pg_has_role(oid, 'pg_write_server_files', 'member'),
  pg_has_role(oid, 'pg_execute_server_program', 'member')
from own order by rolname <> current_user, rolname`;

/** Columns that somebody may use by themselves have a list of their own. */
const RIGHTS = `
with ${OWN},
schemas as (select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'),
tables as materialized (
  select oid, relowner from pg_class
  where relkind in ('r', 'p', 'f', 'v', 'm') and relnamespace in (select oid from schemas)),
columns as materialized (
  select attrelid, attnum from pg_attribute
  where attacl is not null and attnum > 0 and not attisdropped and attrelid in (select oid from tables))
select exists (select from tables t where has_table_privilege(own.oid, t.oid, 'select'))
    or exists (select from columns where has_column_privilege(own.oid, attrelid, attnum, 'select')),
  exists (select from tables t where has_table_privilege(own.oid, t.oid, 'insert, update, delete, truncate'))
    or exists (select from columns where has_column_privilege(own.oid, attrelid, attnum, 'insert, update')),
  exists (select from tables t where t.relowner = own.oid),
  has_database_privilege(own.oid, current_database(), 'create')
    or exists (select from schemas s where has_schema_privilege(own.oid, s.oid, 'create')),
  (select string_agg(quote_ident(nspname), ', ') from schemas s where has_schema_privilege(own.oid, s.oid, 'usage, create'))
from own order by rolname <> current_user, rolname`;

interface Line {
  readonly privilege: string;
  readonly needed: boolean;
  readonly has: boolean;
  /** How an administrator takes it away, when it is too much. */
  readonly remedies: readonly string[];
}

/** The version, and what the role may do beside what the source's mode needs. */
export async function probe(session: Session, mode: 'read' | 'read-write'): Promise<Probe> {
  const roles = await session.rows(ROLES);
  const rights = await session.rows(RIGHTS);
  const [version = '', name = ''] = (roles[0] ?? []).map((value) => value ?? '');
  const user = quote(name);
  const schemas = rights[0]?.[4] ?? 'public';
  /** Its own, by what takes it away; that of a role that it may become, by leaving that one. */
  const line = (
    privilege: string,
    needed: boolean,
    [table, column]: readonly [typeof roles, number],
    remedy: string,
  ): Line => {
    const by = table.flatMap((row, i) => (row[column] === 't' ? [i] : []));
    const others = by.filter((i) => i > 0).map((i) => `revoke ${quote(roles[i]?.[1] ?? '')} from ${user};`);
    return {
      privilege,
      needed,
      has: by.length > 0,
      remedies: [...(by[0] === 0 && remedy !== '' ? [remedy] : []), ...others],
    };
  };
  const attribute = (privilege: string, column: number, remedy: string) =>
    line(privilege, false, [roles, column], remedy);
  const lines: Line[] = [
    line('Read rows', true, [rights, 0], ''),
    line(
      'Insert, update, delete',
      mode === 'read-write',
      [rights, 1],
      `revoke insert, update, delete, truncate on all tables in schema ${schemas} from ${user};`,
    ),
    line(
      'Own tables',
      false,
      [rights, 2],
      `-- Give the tables another owner: an owner can grant itself everything.\nreassign owned by ${user} to another_role;`,
    ),
    line('Create tables', false, [rights, 3], `revoke create on schema ${schemas} from ${user}, public;`),
    attribute('Superuser', 2, `alter role ${user} nosuperuser;`),
    attribute('Create roles', 3, `alter role ${user} nocreaterole;`),
    attribute('Create databases', 4, `alter role ${user} nocreatedb;`),
    attribute('Replicate', 5, `alter role ${user} noreplication;`),
    attribute('Bypass row-level security', 6, `alter role ${user} nobypassrls;`),
    attribute('Read server files', 7, ''),
    attribute('Write server files', 8, ''),
    attribute('Run server programs', 9, ''),
  ];
  return { serverVersion: `PostgreSQL ${version.split(' ')[0]}`, privileges: report(name, lines) };
}

function report(role: string, lines: readonly Line[]): PrivilegeReport {
  const surplus = lines.filter((line) => line.has && !line.needed);
  return {
    role,
    exceeds: surplus.length > 0,
    lines: lines.map(({ privilege, needed, has }) => ({ privilege, needed, has })),
    remedy: surplus.length === 0 ? null : [...new Set(surplus.flatMap((line) => line.remedies))].join('\n'),
  };
}
