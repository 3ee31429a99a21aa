import { CannotStart } from '../lifecycle/cannot-start.ts';

/** Of sockets and of names; of PostgreSQL: a connection lost (08), too many of them, and one that is shut down or comes up. */
const AWAY =
  /^(08...|53300|57P0.|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/;
/** The driver gives these no code. */
const AWAY_IN_WORDS = /^(Connection terminated|timeout expired|Query read timeout)/;

/** Whether it comes from a PostgreSQL that is not there, and may come by itself. A wrong password will not become right. */
export function isDatabaseAway(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) if (saysAway(one)) return true;
  return false;
}

/** The same of the error itself, whatever caused it: beneath what a source has thrown, the lost connection is the source's. */
export function saysAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  // Of a socket in the file system, and not of a file.
  if (code === 'ENOENT' && syscall === 'connect') return true;
  return AWAY.test(code) || AWAY_IN_WORDS.test(error.message);
}

/** From a standby, or a server that is set to read-only for as long as it has too little room. */
export function takesNoWrites(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '25006';
}

/** What ended a start, as a sentence when it was that PostgreSQL went away meanwhile; otherwise as it was. */
export function sayDatabaseLost(error: unknown): unknown {
  if (error instanceof CannotStart || !isDatabaseAway(error)) return error;
  return new CannotStart(
    'PostgreSQL was lost while Sallyport started. Nothing was left half done; look at its log if it does not come back.',
    { cause: error, mayPass: true },
  );
}
