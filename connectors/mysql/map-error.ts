import { CONSTRAINT_WORDS } from '../constraint-words.ts';
import { noPlace } from '../language/no-place.ts';
import { ConnectorError, type ConnectorErrorCode } from '../port.ts';
import { scrub } from '../scrub.ts';
import { tlsFailure } from '../tls-failure.ts';
import { NAMES_MISSING, namePlace } from './name-place.ts';
import { syntaxPlace } from './syntax-place.ts';

interface EngineError extends Error {
  readonly code?: string;
  readonly errno?: number;
  readonly sqlState?: string;
  readonly sqlMessage?: string;
}

/** By the server's error number. https://mariadb.com/kb/en/mariadb-error-codes/ */
const BY_NUMBER: Readonly<Record<number, ConnectorErrorCode>> = {
  1040: 'source_unreachable',
  1053: 'source_unreachable',
  1927: 'source_unreachable',
  1044: 'source_privilege_missing',
  1142: 'source_privilege_missing',
  1143: 'source_privilege_missing',
  1227: 'source_privilege_missing',
  1370: 'source_privilege_missing',
  1205: 'source_timeout',
  1969: 'source_timeout',
  3024: 'source_timeout',
  1317: 'run_cancelled',
  // A node of Galera that is not of the cluster now.
  1047: 'source_failed',
  // A deadlock, of which this was undone; a lock that is not waited for; no room; no memory; no statement more: nothing that
  // other values would mend.
  1213: 'source_failed',
  3572: 'source_failed',
  3101: 'source_failed',
  1021: 'source_failed',
  1114: 'source_failed',
  1037: 'source_failed',
  1038: 'source_failed',
  1041: 'source_failed',
  1206: 'source_failed',
  1461: 'source_failed',
  1792: 'source_refused_statement',
  1022: 'source_constraint_violated',
  1048: 'source_constraint_violated',
  1062: 'source_constraint_violated',
  1169: 'source_constraint_violated',
  1216: 'source_constraint_violated',
  1217: 'source_constraint_violated',
  1451: 'source_constraint_violated',
  1452: 'source_constraint_violated',
  3819: 'source_constraint_violated',
  4025: 'source_constraint_violated',
};

/** Of the server, of the user and their limit, of the user and the server's limit for each: no connection is left. */
const NO_MORE: ReadonlySet<number> = new Set([1040, 1226, 1203]);

/** Why there is no session, in words that name nothing. */
const NO_SESSION: Readonly<Record<number, readonly [ConnectorErrorCode, string]>> = {
  1044: ['source_privilege_missing', 'The user does not have access to this database.'],
  1049: ['source_failed', 'The database does not exist.'],
  1129: ['source_unavailable', 'The source takes nobody from this address now: too many attempts failed.'],
  1130: ['source_credential_rejected', 'The source does not allow connections from this address.'],
  1820: ['source_credential_rejected', 'The password of this user has expired. Set a new one at the source.'],
  1862: ['source_credential_rejected', 'The password of this user has expired. Set a new one at the source.'],
  3118: ['source_credential_rejected', 'The source has locked this user.'],
  4151: ['source_credential_rejected', 'The source has locked this user.'],
  3955: ['source_credential_rejected', 'The source has blocked this user, after wrong passwords.'],
  4150: ['source_credential_rejected', 'The source has blocked this user, after wrong passwords.'],
  3159: ['source_tls_failed', 'The source takes connections with TLS only. Turn TLS on.'],
  3032: ['source_unavailable', 'The source is in offline mode, and takes no connections.'],
};

const REJECTED = 'The source rejected the user name or password.';
/** Of a user who is made to `require ssl`, the server says no more than of a wrong password. */
const REJECTED_IN_CLEAR =
  'The source rejected the user name or password, or takes this user with TLS only, which is off.';

/** What a person can do something about. */
const PLAIN: Readonly<Record<number, string>> = {
  1022: CONSTRAINT_WORDS.taken,
  1062: CONSTRAINT_WORDS.taken,
  1169: CONSTRAINT_WORDS.taken,
  1048: CONSTRAINT_WORDS.missing,
  1364: CONSTRAINT_WORDS.missing,
  1216: CONSTRAINT_WORDS.linked,
  1217: CONSTRAINT_WORDS.linked,
  1451: CONSTRAINT_WORDS.linked,
  1452: CONSTRAINT_WORDS.linked,
  3819: CONSTRAINT_WORDS.outside,
  4025: CONSTRAINT_WORDS.outside,
  1406: CONSTRAINT_WORDS.long,
  1264: CONSTRAINT_WORDS.large,
  1690: CONSTRAINT_WORDS.large,
  1265: CONSTRAINT_WORDS.unread,
  1292: CONSTRAINT_WORDS.unread,
  1366: CONSTRAINT_WORDS.unread,
  3140: CONSTRAINT_WORDS.unread,
  // A letter that the column's character set does not have; of MariaDB it is 1366.
  3988: CONSTRAINT_WORDS.unread,
  3854: CONSTRAINT_WORDS.unread,
  // And beside such a column, as MariaDB tells it of two, three or more: of columns alone, it would not have been saved.
  1267: CONSTRAINT_WORDS.unread,
  1270: CONSTRAINT_WORDS.unread,
  1271: CONSTRAINT_WORDS.unread,
};

/** By the class of the SQLSTATE. */
const BY_CLASS: Readonly<Record<string, ConnectorErrorCode>> = {
  '21': 'source_refused_statement',
  '22': 'source_refused_statement',
  '23': 'source_constraint_violated',
  '25': 'source_refused_statement',
  '42': 'source_refused_statement',
  '0A': 'source_refused_statement',
};

/** ER_PARSE_ERROR */
const SYNTAX = 1064;
/** MySQL or MariaDB, of what is no place for a value. */
const NAME = 'The database';
const ROWS = "json_table({{ JSON.stringify(rows) }}, '$[*]' columns (name text path '$.name', …)) as r";

/** A statement's failure; with its text, where in it the server saw a mistake of syntax, or a name that it does not know. */
export function statementFailure(error: unknown, words: readonly string[], text?: string): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const { errno, sqlState = '', sqlMessage } = error as EngineError;
  if (errno === undefined || sqlMessage === undefined) return lost(error);
  const code = BY_NUMBER[errno] ?? BY_CLASS[sqlState.slice(0, 2)] ?? 'source_refused_statement';
  if (code === 'run_cancelled') return new ConnectorError(code);
  if (code === 'source_unreachable') return lost(error);
  if (code === 'source_timeout')
    return new ConnectorError(code, 'The statement exceeded its time limit.', { cause: error });
  const at = text === undefined ? undefined : placeOf(text, errno, sqlMessage);
  const plain =
    errno === SYNTAX && at !== undefined ? noPlace(NAME, text?.slice(0, at) ?? '', ROWS) : PLAIN[errno];
  return new ConnectorError(code, scrub(sqlMessage, words), {
    cause: error,
    ...(plain === undefined ? {} : { plain }),
    ...(at === undefined ? {} : { position: at }),
  });
}

function placeOf(text: string, errno: number, message: string): number | undefined {
  if (errno === SYNTAX) return syntaxPlace(text, message);
  return NAMES_MISSING.has(errno) ? namePlace(text, errno, message) : undefined;
}

/** The server takes no writes: a replica, or one that was made one. ER_OPTION_PREVENTS_STATEMENT is of other options too. */
export function takesNoWrites(error: unknown): boolean {
  const { errno, sqlMessage = '' } = error as EngineError;
  return errno === 1836 || (errno === 1290 && /read[-_]only/.test(sqlMessage));
}

/** ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION: the transaction is one for reading. */
export const wroteInRead = (error: unknown): boolean => (error as EngineError).errno === 1792;

/** A failure before the session was ready; the engine's words would tell user, host and database. */
export function connectFailure(error: unknown, signal?: AbortSignal, inClear = false): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const { cause } = error as Error;
  if (cause instanceof ConnectorError) return cause;
  if (signal?.aborted === true) return new ConnectorError('run_cancelled');
  const { code = '', errno, sqlState, message = '' } = error as EngineError;
  const plugin = /authentication using (?:unknown plugin )?(?!unknown plugin)(\w{1,64})/.exec(message)?.[1];
  if (errno === undefined && plugin !== undefined)
    return new ConnectorError(
      'source_credential_rejected',
      `The source requires this user to authenticate by ${plugin}, which Sallyport does not support. Give the user another authentication plugin.`,
      { cause: error },
    );
  if (errno === 1045 || errno === 1698 || errno === 1251 || /^ER_ACCESS_DENIED|AUTH_/.test(code))
    return new ConnectorError('source_credential_rejected', inClear ? REJECTED_IN_CLEAR : REJECTED);
  const known = NO_SESSION[errno ?? 0];
  if (known !== undefined) return new ConnectorError(...known, { cause: error });
  const hourly = errno === 1226 && /'max_(?:questions|updates|connections)'/.test(message);
  if (hourly)
    return new ConnectorError('source_unavailable', 'The user has used up what the source grants an hour.', {
      cause: error,
    });
  if (NO_MORE.has(errno ?? 0))
    return new ConnectorError('source_unavailable', 'The source has no free connections.', { cause: error });
  const tls = tlsFailure(error);
  if (tls !== undefined) return tls;
  if (code === 'ETIMEDOUT')
    return new ConnectorError(
      'source_timeout',
      'The source accepted the connection but did not respond in time.',
    );
  // Its words would tell names; by its number, who runs the source finds them.
  if (
    errno !== undefined &&
    !sqlState?.startsWith('08') &&
    statementFailure(error, []).code !== 'source_unreachable'
  )
    return new ConnectorError('source_failed', `The source refused the session with its error ${errno}.`, {
      cause: error,
    });
  return lost(error);
}

function lost(error: unknown): ConnectorError {
  return new ConnectorError('source_unreachable', 'The connection to the source was lost.', { cause: error });
}

/** What was there when the query was compiled is there no more: an unknown column, table or database. */
export function isMissing(error: unknown): boolean {
  return [1054, 1146, 1049].includes((error as EngineError).errno ?? 0);
}
