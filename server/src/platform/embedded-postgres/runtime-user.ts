import { readFileSync, statSync } from 'node:fs';
import { CannotStart } from '../lifecycle/cannot-start.ts';

/** Who runs PostgreSQL. Empty when we are not root: then it runs as we do. */
export type RuntimeUser = { readonly uid: number; readonly gid: number } | Record<string, never>;

/**
 * A number that no package and no person has, so that the files are readable by nobody else. PostgreSQL needs no entry
 * in /etc/passwd to run; only `initdb` does (see `userWithName`).
 */
const OWN_UID = 44_000;
const NOBODY = 65_534;

/**
 * PostgreSQL refuses to run as root. A server that root started runs it as the owner of the cluster's directory, as the
 * user `sallyport` when the system has one, or as a number of its own.
 */
export function chooseRuntimeUser(clusterDirectory: string): RuntimeUser {
  if (process.getuid?.() !== 0) return {};
  if (process.platform !== 'linux') {
    throw new CannotStart(
      'Start Sallyport as an ordinary user: on this system its PostgreSQL cannot leave root.',
    );
  }
  const owner = statSync(clusterDirectory, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const named = passwd().find((entry) => entry.name === 'sallyport');
  return named ?? { uid: OWN_UID, gid: OWN_UID };
}

/** `initdb` asks for the name of its user: a number without one borrows nobody's for that moment. */
export function userWithName(user: RuntimeUser): RuntimeUser {
  if (user.uid === undefined || passwd().some((entry) => entry.uid === user.uid)) return user;
  return { uid: NOBODY, gid: NOBODY };
}

function passwd(): Array<{ name: string; uid: number; gid: number }> {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length > 3)
    .map((fields) => ({ name: fields[0] ?? '', uid: Number(fields[2]), gid: Number(fields[3]) }));
}
