import type { PrivilegeReport } from '@sallyport/contract';
import type { Probe } from '../port.ts';
import type { Session } from './session.ts';

/** Privileges by what they let somebody do; `ALL PRIVILEGES` holds every one. */
const GROUPS = [
  { privilege: 'Read rows (SELECT)', of: ['SELECT'], need: 'always' },
  { privilege: 'INSERT, UPDATE, DELETE', of: ['INSERT', 'UPDATE', 'DELETE'], need: 'write' },
  {
    privilege: 'CREATE, ALTER, DROP',
    of: ['CREATE', 'ALTER', 'DROP', 'INDEX', 'CREATE VIEW'],
    need: 'never',
  },
  { privilege: 'FILE (files of the server)', of: ['FILE'], need: 'never' },
  {
    privilege: 'SUPER and administration',
    of: [
      'SUPER',
      'SHUTDOWN',
      'RELOAD',
      'SET USER',
      'CONNECTION ADMIN',
      'SYSTEM_VARIABLES_ADMIN',
      'BINLOG ADMIN',
    ],
    need: 'never',
  },
  { privilege: 'PROCESS (statements of others)', of: ['PROCESS'], need: 'never' },
  { privilege: 'CREATE USER, GRANT OPTION', of: ['CREATE USER', 'GRANT OPTION'], need: 'never' },
] as const;

/** The version, and what the account may do beside what the source's mode needs. */
export async function probe(session: Session, mode: 'read' | 'read-write'): Promise<Probe> {
  const [[version, user] = []] = await session.command('select version(), current_user()');
  const grants = (await session.command('show grants')).map((row) => String(row[0]));
  const name = String(version);
  return {
    serverVersion: /mariadb/i.test(name) ? `MariaDB ${name.split('-')[0]}` : `MySQL ${name.split('-')[0]}`,
    privileges: report(String(user), grants, mode),
  };
}

export function report(
  user: string,
  grants: readonly string[],
  mode: 'read' | 'read-write',
): PrivilegeReport {
  const given = grants.flatMap((grant) => {
    const match = /^GRANT (.+?) ON (\S+) TO .+?( WITH GRANT OPTION)?$/i.exec(grant);
    if (match === null) return [];
    const names = match[1]!.toUpperCase().replace(/\([^)]*\)/g, '');
    const list = /ALL PRIVILEGES/.test(names)
      ? GROUPS.flatMap((group) => group.of as readonly string[]).filter(
          (one) => one !== 'GRANT OPTION' && (match[2] === '*.*' || !GLOBAL.has(one)),
        )
      : names.split(',').map((one) => one.trim());
    return [...list, ...(match[3] === undefined ? [] : ['GRANT OPTION'])].map((one) => ({
      privilege: one,
      on: match[2]!,
    }));
  });
  const lines = GROUPS.map((group) => ({
    group,
    needed: group.need === 'always' || (group.need === 'write' && mode === 'read-write'),
    surplus: given.filter((one) => (group.of as readonly string[]).includes(one.privilege)),
  }));
  const exceeding = lines.filter((line) => !line.needed && line.surplus.length > 0);
  const account = user.replace(/^(.*)@(.*)$/, "'$1'@'$2'");
  const remedy = exceeding.flatMap((line) =>
    [...Map.groupBy(line.surplus, (one) => one.on)].map(
      ([on, list]) =>
        `revoke ${list.map((one) => one.privilege.toLowerCase()).join(', ')} on ${on} from ${account};`,
    ),
  );
  return {
    role: user,
    exceeds: exceeding.length > 0,
    lines: lines.map(({ group, needed, surplus }) => ({
      privilege: group.privilege,
      needed,
      has: surplus.length > 0,
    })),
    remedy: remedy.length === 0 ? null : remedy.join('\n'),
  };
}

/** These exist on `*.*` only, so `ALL` on one database does not hold them. */
const GLOBAL: ReadonlySet<string> = new Set([
  'FILE',
  'SUPER',
  'SHUTDOWN',
  'RELOAD',
  'SET USER',
  'CONNECTION ADMIN',
  'SYSTEM_VARIABLES_ADMIN',
  'BINLOG ADMIN',
  'PROCESS',
  'CREATE USER',
]);
