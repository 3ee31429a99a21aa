import { CONSTRAINT_WORDS } from '../constraint-words.ts';
import { ConnectorError, type ConnectorErrorCode } from '../port.ts';
import { scrub } from '../scrub.ts';
import { asksForCertificate, tlsFailure } from '../tls-failure.ts';

interface EngineError extends Error {
  readonly code?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly position?: string;
  /** What the server was at, innermost first, in its language. */
  readonly where?: string;
  /** What a function of the database wrote and ran, where the mistake is in that. */
  readonly internalQuery?: string;
  /** The function of the server that told it: the same in whatever language the message is. */
  readonly routine?: string;
}

/** By SQLSTATE, then by its class. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const CODES: Readonly<Record<string, ConnectorErrorCode>> = {
  '42501': 'source_privilege_missing',
  '25006': 'source_refused_statement',
  '55P03': 'source_timeout',
  '53300': 'source_unreachable',
  '57P01': 'source_unreachable',
  '57P02': 'source_unreachable',
  '57P03': 'source_unreachable',
  '0A000': 'source_refused_statement',
  '08': 'source_unreachable',
  '21': 'source_refused_statement',
  '22': 'source_refused_statement',
  '23': 'source_constraint_violated',
  '25': 'source_refused_statement',
  '28': 'source_credential_rejected',
  '2F': 'source_refused_statement',
  '34': 'source_refused_statement',
  '38': 'source_refused_statement',
  '42': 'source_refused_statement',
  '44': 'source_constraint_violated',
  '54': 'source_refused_statement',
  P0: 'source_refused_statement',
};

/** `unnamed portal parameter $1 = '...'`, in whatever language: the type of a value cannot read it. Not what a function ran. */
const OF_A_VALUE = /^[^\n"'«»]*\$\d/;

/** `$1 is null`, a value that stands where any type may, and with a detail `$1` beside columns of two types. */
const UNTYPED = new Set(['42P08', '42P18']);

/** Of two types, the engine's detail tells: `numeric versus integer`. */
function oneType(detail: string | undefined): string {
  const [, one, other] = /^(.+) versus (.+)$/.exec(detail ?? '') ?? [];
  return other === undefined
    ? 'PostgreSQL cannot determine the type of this value. Where it is first used, cast it to the type that it should have, such as {{ value }}::text or {{ value }}::integer.'
    : `PostgreSQL gives a value one type, and this one is ${one} in one place and ${other} in another. Where it is first used, cast it to the one that it should have, such as {{ value }}::${one}.`;
}

/** `no operator: integer = text`, right beside a value: its type is that of another place, or of what it is reckoned with. */
const TYPED_ELSEWHERE =
  'Cast the value beside it to the type that it should have here, such as {{ value }}::integer or {{ value }}::date.';
/** `json = unknown`: whatever type the value had, that of the column has no such operator. */
const OF_NO_TYPE =
  'The type of the column has no such operator. Compare its text: column::text = {{ value }}.';
/** Of a function that takes any type: the server tells no place. */
const OF_ANY_TYPE = 'Cast the value to the type that it should have, such as to_jsonb({{ value }}::text).';
const VALUE_BEFORE = /\$\d+\s*$/;
const VALUE_BEHIND = /^[^\w\s$'"()]+\s*\$\d+(?!\d|\s*::)/;

/** Where `postgres_fdw` and `dblink` tell of a server that the source itself asks: our own connection stands. */
const OF_ANOTHER = new Set([
  'connect_pg_server',
  'pgfdw_report_error',
  'dblink_get_conn',
  'dblink_res_error',
]);

/** What a person can do something about, by SQLSTATE. */
const PLAIN: Readonly<Record<string, string>> = {
  '23502': CONSTRAINT_WORDS.missing,
  '23503': CONSTRAINT_WORDS.linked,
  // `on delete restrict`, as PostgreSQL 18 tells it.
  '23001': CONSTRAINT_WORDS.linked,
  '23505': CONSTRAINT_WORDS.taken,
  '23P01': CONSTRAINT_WORDS.taken,
  '23514': CONSTRAINT_WORDS.outside,
  '44000': CONSTRAINT_WORDS.outside,
  '22001': CONSTRAINT_WORDS.long,
  '22003': CONSTRAINT_WORDS.large,
  '22007': CONSTRAINT_WORDS.unread,
  '22008': CONSTRAINT_WORDS.unread,
  '22P02': CONSTRAINT_WORDS.unread,
  // Too few bits, what is no XML, and a letter that the database's encoding does not have.
  '22026': CONSTRAINT_WORDS.unread,
  '2200N': CONSTRAINT_WORDS.unread,
  '22P05': CONSTRAINT_WORDS.unread,
  // Too many years for an interval, and a range that ends before it begins.
  '22015': CONSTRAINT_WORDS.unread,
  '22000': CONSTRAINT_WORDS.outside,
  // What an index has no room for, a word of a search, and a part of a path (`ltree`).
  '54000': CONSTRAINT_WORDS.long,
  '42622': CONSTRAINT_WORDS.long,
};

/** A statement's failure. `prefix` is how much text we put before the statement, for the position. */
export function statementFailure(
  error: unknown,
  words: readonly string[],
  sent?: { text: string; prefix: number },
): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const { message, detail, hint, position, routine = '' } = error as EngineError;
  const code = codeOf(error as EngineError);
  if (code === '57014') {
    // A cancel of ours is known before the server answers it; in whatever language, the rest is the time limit.
    return /user request/.test(message)
      ? new ConnectorError('run_cancelled')
      : new ConnectorError('source_timeout', 'The statement exceeded its time limit.');
  }
  if (!/^[0-9A-Z]{5}$/.test(code) || code.startsWith('E')) return lost(error);
  const kind = CODES[code] ?? CODES[code.slice(0, 2)] ?? 'source_failed';
  if (kind === 'source_unreachable') {
    // The engine's detail has the other server's address. At a commit, that one may have what it was sent all the same.
    const said = OF_ANOTHER.has(routine) ? scrub(message, words) : 'The source ended the connection.';
    return new ConnectorError(kind, said, { cause: error });
  }
  const at = sent === undefined || position === undefined ? undefined : offset(sent, Number(position));
  // A detail and a hint are sentences of their own; the message has no stop.
  const cast =
    code === '42883' && sent
      ? besideValue(sent, at, message)
      : code === '42804' && routine === 'enforce_generic_type_consistency'
        ? OF_ANY_TYPE
        : '';
  const more = [detail, hint, cast].filter((part) => part !== undefined && part !== '');
  const text = more.length === 0 ? message : [`${message}.`, ...more].join(' ');
  const plain = UNTYPED.has(code) ? oneType(detail) : PLAIN[code];
  // Which value it is stands in the message alone: `could not determine data type of parameter $2`.
  const parameter = code === '42P18' ? /\$(\d+)/.exec(message)?.[1] : undefined;
  return new ConnectorError(kind, scrub(text, words), {
    cause: error,
    ...(plain === undefined ? {} : { plain }),
    ...(UNTYPED.has(code) && detail === undefined ? { untyped: true } : {}),
    ...(at === undefined ? {} : { position: at }),
    ...(parameter === undefined ? {} : { parameter: Number(parameter) }),
  });
}

/**
 * A row that a policy of its table does not allow is told as a missing privilege; it is the row that is wrong, as of a view's
 * check. A value that is itself a text of some language (`tsquery`, `jsonpath`, `ltree`) is told as a mistake of syntax, which
 * has no place in the statement. Types of extensions tell what they cannot read as they like, many as an internal error.
 */
function codeOf({ code = '', routine, position, internalQuery, where = '' }: EngineError): string {
  if (code === '42501' && routine === 'ExecWithCheckOptions') return '44000';
  if (OF_A_VALUE.test(where) && /^(?:XX000|22|42(?!501))/.test(code) && PLAIN[code] === undefined)
    return '22P02';
  return code === '42601' && position === undefined && internalQuery === undefined ? '22P02' : code;
}

/** What to do about a value right beside an operator that there is not; nothing where none is. */
function besideValue({ text, prefix }: { text: string; prefix: number }, at = -1, message = ''): string {
  const before = at >= 0 && VALUE_BEFORE.test(text.slice(0, at + prefix));
  const behind = at >= 0 && VALUE_BEHIND.test(text.slice(at + prefix));
  if ((behind && / unknown$/.test(message)) || (before && /\sunknown \S+ \S/.test(message)))
    return OF_NO_TYPE;
  return before || behind ? TYPED_ELSEWHERE : '';
}

/** The server takes no writes: a standby, or one that is out of room. */
export const takesNoWrites = (error: unknown): boolean => (error as EngineError).code === '25006';

/**
 * What PgBouncer says of its own, most of it, and until 1.20 also of a wrong password, as a breach of the protocol (08P01);
 * and Pgpool-II of a password, as an internal error.
 */
const BY_A_POOLER: ReadonlySet<string> = new Set(['08P01', 'XX000']);
const OF_A_POOLER: readonly (readonly [RegExp, ConnectorErrorCode, string])[] = [
  [/^SSL required/, 'source_tls_failed', 'The source takes connections with TLS only. Turn TLS on.'],
  [
    /server login|server_login_retry|connect to server|server_connect_timeout|server down/,
    'source_unavailable',
    'A pooler between cannot reach the database.',
  ],
  [
    /authentication failed|^auth failed|^no such user|login rejected/,
    'source_credential_rejected',
    'The source rejected the user name or password.',
  ],
  [/^no such database/, 'source_failed', 'The database does not exist.'],
  [
    /^database .*(?:disabled|does not allow connections)|shutting down/,
    'source_unavailable',
    'A pooler between takes no connections for this database now.',
  ],
  [
    /^no more connections allowed|^query_wait_timeout/,
    'source_unavailable',
    'The source has no free connections.',
  ],
];

/** A failure before the session was ready; the engine's words would tell host, user and database. */
export function connectFailure(error: unknown, signal?: AbortSignal): ConnectorError {
  if (error instanceof ConnectorError) return error;
  if (signal?.aborted === true) return new ConnectorError('run_cancelled');
  const { code = '', message = '' } = error as EngineError;
  if (code.startsWith('28') && !asksForCertificate(error)) {
    const sentence = /pg_hba/.test(message)
      ? 'The source does not allow this user from this address, or requires TLS.'
      : 'The source rejected the user name or password.';
    return new ConnectorError('source_credential_rejected', sentence, { cause: error });
  }
  // Kerberos (GSSAPI, SSPI), or tokens of OAuth alone.
  if (/^Unknown authenticationOk message type|^SASL: Only mechanism/.test(message))
    return new ConnectorError(
      'source_credential_rejected',
      'The source requires this user to authenticate by other means than a password, which Sallyport does not support. Let the user in by scram-sha-256 in its pg_hba.conf.',
      { cause: error },
    );
  if (/password|SASL|SCRAM/i.test(message) && !/^[0-9A-Z]{5}$/.test(code))
    return new ConnectorError('source_credential_rejected', 'The source rejected the user name or password.');
  if (code === '3D000')
    return new ConnectorError('source_failed', 'The database does not exist.', { cause: error });
  // `allow_connections false`, and what an interrupted DROP DATABASE left.
  if (code === '55000')
    return new ConnectorError('source_failed', 'The database does not accept connections.', { cause: error });
  if (code === '42501')
    return new ConnectorError(
      'source_privilege_missing',
      'The user does not have permission to connect to this database.',
    );
  const pooler = BY_A_POOLER.has(code) ? OF_A_POOLER.find(([words]) => words.test(message)) : undefined;
  if (pooler !== undefined) return new ConnectorError(pooler[1], pooler[2], { cause: error });
  const tls = tlsFailure(error);
  if (tls !== undefined) return tls;
  if (/timeout expired|timeout/i.test(message))
    return new ConnectorError(
      'source_timeout',
      'The source accepted the connection but did not respond in time.',
    );
  if (code === '57P03')
    return new ConnectorError(
      'source_unavailable',
      'The source is starting or stopping, or takes no connections as a standby.',
      { cause: error },
    );
  if (code === '53300')
    return new ConnectorError('source_unavailable', 'The source has no free connections.', { cause: error });
  // It did answer. Its words would tell names; by the code, who runs the source finds them.
  if (/^(?!E|08|57)[0-9A-Z]{5}$/.test(code))
    return new ConnectorError('source_failed', `The source refused the session with its error ${code}.`, {
      cause: error,
    });
  return lost(error);
}

function lost(error: unknown): ConnectorError {
  return new ConnectorError('source_unreachable', 'The connection to the source was lost.', { cause: error });
}

/** The engine counts characters from 1; an offset counts UTF-16 units from 0. */
function offset(sent: { text: string; prefix: number }, position: number): number | undefined {
  const at = [...sent.text].slice(0, position - 1).join('').length - sent.prefix;
  return at < 0 ? undefined : at;
}
