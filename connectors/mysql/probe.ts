import type { PrivilegeReport } from '@sallyport/contract';
import type { Probe } from '../port.ts';
import type { Session } from './session.ts';

/** Privileges by what they let somebody do; `ALL PRIVILEGES` holds every one. */
const GROUPS = [
  { privilege: 'Read rows (SELECT)', of: ['SELECT'], need: 'always' },
  { privilege: 'INSERT, UPDATE, DELETE', of: ['INSERT', 'UPDATE', 'DELETE'], need: 'write' },
  {
    privilege: 'CREATE, ALTER, DROP',
    of: [
      'CREATE',
      'ALTER',
      'DROP',
      'INDEX',
      'CREATE VIEW',
      'CREATE ROUTINE',
      'ALTER ROUTINE',
      'EVENT',
      'TRIGGER',
    ],
    need: 'never',
  },
  { privilege: 'FILE (files of the server)', of: ['FILE'], need: 'never' },
  { privilege: 'SUPER and administration', of: ['SUPER', 'SHUTDOWN', 'RELOAD'], need: 'never' },
  { privilege: 'PROCESS (statements of others)', of: ['PROCESS'], need: 'never' },
  { privilege: 'CREATE USER, GRANT OPTION', of: ['CREATE USER', 'GRANT OPTION'], need: 'never' },
] as const;
const ADMINISTRATION = GROUPS[4];
/** Of no use beyond what the account reads or writes. What is neither here nor in a group is administration, by whatever name. */
const HARMLESS: ReadonlySet<string> = new Set([
  'USAGE',
  'EXECUTE',
  'SHOW VIEW',
  'SHOW CREATE ROUTINE',
  'SHOW DATABASES',
  'LOCK TABLES',
  'REFERENCES',
  'CREATE TEMPORARY TABLES',
  'BINLOG MONITOR',
  'REPLICATION CLIENT',
]);
const NAMED: ReadonlySet<string> = new Set(GROUPS.flatMap((group) => group.of as readonly string[]));

/** The version, and what the account may do beside what the source's mode needs. */
export async function probe(session: Session, mode: 'read' | 'read-write'): Promise<Probe> {
  const [[version, user] = []] = await session.command('select version(), current_user()');
  const grants = (await session.command('show grants')).map((row) => String(row[0]));
  // A server that knows no roles does not know the function either.
  const active = grants.some((grant) => ROLE.test(grant))
    ? (await session.command('select current_role()')).map((row) => String(row[0]))
    : [];
  const name = String(version);
  return {
    serverVersion: /mariadb/i.test(name) ? `MariaDB ${name.split('-')[0]}` : `MySQL ${name.split('-')[0]}`,
    privileges: report(String(user), grants, mode, active.join()),
  };
}

const NAME = /(?:`(?:[^`]|``)*`|[^`\s.]+)/.source;
const GRANT = new RegExp(`^GRANT (.+?) ON ((?:\\w+ )?${NAME}\\.${NAME}) TO (.+)$`, 'i');
const ROLE = new RegExp(`^GRANT (${NAME}(?:@${NAME})?(?:,${NAME}@${NAME})*) TO ${NAME}@`, 'i');
const withoutNames = (text: string) => text.replace(/`(?:[^`]|``)*`/g, '');

function report(
  user: string,
  grants: readonly string[],
  mode: 'read' | 'read-write',
  active: string,
): PrivilegeReport {
  const account = user.replaceAll("'", "''").replace(/^(.*)@(.*)$/, "'$1'@'$2'");
  const given = grants.flatMap((grant) => {
    const [, what = '', on = '', rest = ''] = GRANT.exec(grant) ?? [];
    if (what === '') return [];
    const names = withoutNames(what)
      .toUpperCase()
      .replace(/\([^)]*\)/g, '');
    const list = /ALL PRIVILEGES/.test(names)
      ? [...NAMED].filter((one) => one !== 'GRANT OPTION' && (on === '*.*' || !GLOBAL.has(one)))
      : names.split(',').map((one) => one.trim());
    return [...list, ...(/ WITH .*GRANT OPTION/.test(withoutNames(rest)) ? ['GRANT OPTION'] : [])].map(
      (privilege) => ({ privilege, on }),
    );
  });
  // What the active one gives is among the grants. We take no other; whoever has the password may.
  const taken = new Set(active.replaceAll('`', '').split(','));
  const roles = grants
    .flatMap((grant) => ROLE.exec(grant)?.[1]?.split(',') ?? [])
    .filter((role) => !taken.has(role.replaceAll('`', '')));
  const lines = GROUPS.map((group) => ({
    group,
    needed: group.need === 'always' || (group.need === 'write' && mode === 'read-write'),
    surplus: given.filter(
      ({ privilege }) =>
        (group.of as readonly string[]).includes(privilege) ||
        (group === ADMINISTRATION && !NAMED.has(privilege) && !HARMLESS.has(privilege)),
    ),
  }));
  const exceeding = lines.filter((line) => !line.needed && line.surplus.length > 0);
  const remedy = exceeding.flatMap((line) =>
    [...Map.groupBy(line.surplus, (one) => one.on)].map(
      ([on, list]) =>
        `revoke ${list.map((one) => one.privilege.toLowerCase()).join(', ')} on ${on} from ${account};`,
    ),
  );
  remedy.push(...roles.map((role) => `revoke ${role} from ${account};`));
  return {
    role: user,
    exceeds: remedy.length > 0,
    lines: [
      ...lines.map(({ group, needed, surplus }) => ({
        privilege: group.privilege,
        needed,
        has: surplus.length > 0,
      })),
      { privilege: 'Further roles (SET ROLE)', needed: false, has: roles.length > 0 },
    ],
    remedy: remedy.length === 0 ? null : remedy.join('\n'),
  };
}

/** These exist on `*.*` only, so `ALL` on one database does not hold them. */
const GLOBAL: ReadonlySet<string> = new Set([
  'FILE',
  'SUPER',
  'SHUTDOWN',
  'RELOAD',
  'PROCESS',
  'CREATE USER',
]);
