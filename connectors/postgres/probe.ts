import type { PrivilegeReport } from '@sallyport/contract';
import type { Probe } from '../port.ts';
import type { Session } from './session.ts';
import { quote } from './wrap-read.ts';

const ROLE = `
select current_setting('server_version'), current_user, r.rolsuper, r.rolcreaterole, r.rolcreatedb, r.rolreplication,
  r.rolbypassrls, pg_has_role(current_user, 'pg_read_server_files', 'member'),
  pg_has_role(current_user, 'pg_write_server_files', 'member'),
  pg_has_role(current_user, 'pg_execute_server_program', 'member'),
  has_database_privilege(current_database(), 'create')
from pg_roles r where r.rolname = current_user`;

const TABLES = `
select bool_or(has_table_privilege(c.oid, 'select')), bool_or(has_table_privilege(c.oid, 'insert, update, delete, truncate')),
  bool_or(pg_has_role(current_user, c.relowner, 'member')), bool_or(has_schema_privilege(n.oid, 'create')),
  (select string_agg(quote_ident(s.nspname), ', ') from pg_namespace s
    where s.nspname !~ '^pg_' and s.nspname <> 'information_schema' and has_schema_privilege(s.oid, 'usage'))
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'f', 'v', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;

interface Line {
  readonly privilege: string;
  readonly needed: boolean;
  readonly has: boolean;
  /** How an administrator takes it away, when it is too much. */
  readonly remedy: string;
}

/** The version, and what the role may do beside what the source's mode needs. */
export async function probe(session: Session, mode: 'read' | 'read-write'): Promise<Probe> {
  const [role] = await session.rows(ROLE);
  const [tables] = await session.rows(TABLES);
  const [version, name, ...can] = (role ?? []).map((value) => value ?? '');
  const yes = (i: number) => can[i] === 't';
  const of = (i: number) => tables?.[i] === 't';
  const user = quote(name ?? '');
  const schemas = tables?.[4] ?? 'public';
  const writes = mode === 'read-write';
  const lines: Line[] = [
    { privilege: 'Read rows', needed: true, has: of(0), remedy: '' },
    {
      privilege: 'Insert, update, delete',
      needed: writes,
      has: of(1),
      remedy: `revoke insert, update, delete, truncate on all tables in schema ${schemas} from ${user};`,
    },
    {
      privilege: 'Own tables',
      needed: false,
      has: of(2),
      remedy: `-- Give the tables another owner: an owner can grant itself everything.\nreassign owned by ${user} to another_role;`,
    },
    {
      privilege: 'Create tables',
      needed: false,
      has: of(3) || yes(8),
      remedy: `revoke create on schema ${schemas} from ${user}, public;`,
    },
    { privilege: 'Superuser', needed: false, has: yes(0), remedy: `alter role ${user} nosuperuser;` },
    {
      privilege: 'Create roles',
      needed: false,
      has: yes(1),
      remedy: `alter role ${user} nocreaterole;`,
    },
    { privilege: 'Create databases', needed: false, has: yes(2), remedy: `alter role ${user} nocreatedb;` },
    { privilege: 'Replicate', needed: false, has: yes(3), remedy: `alter role ${user} noreplication;` },
    {
      privilege: 'Bypass row-level security',
      needed: false,
      has: yes(4),
      remedy: `alter role ${user} nobypassrls;`,
    },
    {
      privilege: 'Read files of the server',
      needed: false,
      has: yes(5),
      remedy: `revoke pg_read_server_files from ${user};`,
    },
    {
      privilege: 'Write files of the server',
      needed: false,
      has: yes(6),
      remedy: `revoke pg_write_server_files from ${user};`,
    },
    {
      privilege: 'Run programs on the server',
      needed: false,
      has: yes(7),
      remedy: `revoke pg_execute_server_program from ${user};`,
    },
  ];
  return {
    serverVersion: `PostgreSQL ${(version ?? '').split(' ')[0]}`,
    privileges: report(name ?? '', lines),
  };
}

function report(role: string, lines: readonly Line[]): PrivilegeReport {
  const surplus = lines.filter((line) => line.has && !line.needed);
  return {
    role,
    exceeds: surplus.length > 0,
    lines: lines.map(({ privilege, needed, has }) => ({ privilege, needed, has })),
    remedy: surplus.length === 0 ? null : surplus.map((line) => line.remedy).join('\n'),
  };
}
