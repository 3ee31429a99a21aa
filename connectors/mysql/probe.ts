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

interface Held {
  readonly privilege: string;
  readonly on: string;
  /** Given to every account of a MariaDB, and not to this one. */
  readonly toAll: boolean;
}
interface Role {
  /** As the server writes it. */
  readonly name: string;
  readonly gives: readonly Held[];
}

/** The version, and what the account may do beside what the source's mode needs. */
export async function probe(session: Session, mode: 'read' | 'read-write'): Promise<Probe> {
  const [[version, user] = []] = await session.command('select version(), current_user()');
  const escaped = String(user).replace(/['\\]/g, '$&$&');
  const at = escaped.lastIndexOf('@');
  const account = `'${escaped.slice(0, at)}'@'${escaped.slice(at + 1)}'`;
  const grantsOf = async (whom: string) =>
    (await session.command(`show grants${whom}`)).map((row) => String(row[0]));
  // Of the current user, with what the active roles give; of an account by its name, what is its own.
  const all = await grantsOf('');
  const granted = rolesIn(all);
  const active: Role[] = [];
  let own = all;
  // A server that knows no roles does not know the function either.
  if (granted.length > 0) {
    own = [
      ...(await grantsOf(` for ${account}`)),
      ...all.filter((grant) => TO_ALL.test(withoutNames(grant))),
    ];
    const [[names] = []] = await session.command('select current_role()');
    // MariaDB has one active role, and no `using`.
    for (const name of granted.filter((role) => plain(String(names)).split(',').includes(plain(role))))
      active.push({
        name,
        gives: given(session.isMariadb ? all : await grantsOf(` for ${account} using ${name}`)),
      });
  }
  const name = String(version);
  return {
    serverVersion: /mariadb/i.test(name) ? `MariaDB ${name.split('-')[0]}` : `MySQL ${name.split('-')[0]}`,
    privileges: report(String(user), account, mode, own, granted, active),
  };
}

const NAME = /(?:`(?:[^`]|``)*`|[^`\s.]+)/.source;
const GRANT = new RegExp(`^GRANT (.+?) ON ((?:\\w+ )?${NAME}\\.${NAME}) TO (.+)$`, 'i');
/** What a hostile server says must not be read in more than one way, one after the other. */
const PART = /(?:`(?:[^`]|``)*`|[^`\s.,@]+)/.source;
const ROLE = new RegExp(`^GRANT (${PART}(?:@${PART})?(?:,${PART}@${PART})*) TO ${PART}@`, 'i');
const TO_ALL = / TO PUBLIC\b/;
const withoutNames = (text: string) => text.replace(/`(?:[^`]|``)*`/g, '');
const plain = (names: string) => names.replaceAll('`', '');
const rolesIn = (grants: readonly string[]) =>
  grants.flatMap((grant) => ROLE.exec(grant)?.[1]?.split(',') ?? []);

const given = (grants: readonly string[]): Held[] =>
  grants.flatMap((grant) => {
    const [, what = '', on = '', rest = ''] = GRANT.exec(grant) ?? [];
    if (what === '') return [];
    const names = withoutNames(what)
      .toUpperCase()
      .replace(/\([^()]*\)/g, '');
    const list = /ALL PRIVILEGES/.test(names)
      ? [...NAMED].filter((one) => one !== 'GRANT OPTION' && (on === '*.*' || !GLOBAL.has(one)))
      : names.split(',').map((one) => one.trim());
    return [...list, ...(/ WITH .*GRANT OPTION/.test(withoutNames(rest)) ? ['GRANT OPTION'] : [])].map(
      (privilege) => ({ privilege, on, toAll: TO_ALL.test(withoutNames(grant)) }),
    );
  });

function report(
  user: string,
  account: string,
  mode: 'read' | 'read-write',
  grants: readonly string[],
  granted: readonly string[],
  active: readonly Role[],
): PrivilegeReport {
  const own = given(grants);
  const mine = new Set(own.map(({ privilege, on }) => `${privilege} ${on}`));
  const roles = active.map(({ name, gives }) => ({
    name,
    gives: gives.filter(({ privilege, on }) => !mine.has(`${privilege} ${on}`)),
  }));
  const lines = GROUPS.map((group) => {
    const ofGroup = ({ privilege }: Held) =>
      (group.of as readonly string[]).includes(privilege) ||
      (group === ADMINISTRATION && !NAMED.has(privilege) && !HARMLESS.has(privilege));
    return {
      group,
      needed: group.need === 'always' || (group.need === 'write' && mode === 'read-write'),
      own: own.filter(ofGroup),
      by: roles.filter((role) => role.gives.some(ofGroup)).map((role) => role.name),
    };
  });
  const exceeding = lines.filter((line) => !line.needed);
  const remedy = exceeding.flatMap((line) =>
    [...Map.groupBy(line.own, ({ on, toAll }) => `on ${on} from ${toAll ? 'public' : account}`)].map(
      ([where, list]) => `revoke ${list.map((one) => one.privilege.toLowerCase()).join(', ')} ${where};`,
    ),
  );
  // We take no role but the active ones; whoever has the password may.
  const further = granted.filter((name) => !active.some((role) => role.name === name));
  const left = new Set([...exceeding.flatMap((line) => line.by), ...further]);
  const revocable = rolesIn(grants);
  for (const role of left)
    remedy.push(
      revocable.includes(role)
        ? `revoke ${role} from ${account};`
        : `-- Every account has ${role}: take it out of mandatory_roles, or its surplus from the role.`,
    );
  return {
    role: user,
    exceeds: remedy.length > 0,
    lines: [
      ...lines.map((line) => ({
        privilege: line.group.privilege,
        needed: line.needed,
        has: line.own.length > 0 || line.by.length > 0,
      })),
      { privilege: 'Further roles (SET ROLE)', needed: false, has: further.length > 0 },
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
