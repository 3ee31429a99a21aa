import { expect, test } from 'vitest';
import { CONSTRAINT_WORDS } from './constraint-words.ts';
import { connectFailure as noMysql, statementFailure as ofMysql } from './mysql/map-error.ts';
import { connectFailure, statementFailure as ofPostgres } from './postgres/map-error.ts';

const postgres = (code: string) => ofPostgres(Object.assign(new Error('said'), { code }), []).code;
const mysql = (errno: number, sqlState: string) =>
  ofMysql(Object.assign(new Error('said'), { errno, sqlState, sqlMessage: 'said' }), []).code;

test('what other values, or another statement, would mend is told apart from what trying again may', () => {
  // A value that an index, or a word of a search, has no room for.
  expect(postgres('54000')).toBe('source_refused_statement');
  expect(postgres('22001')).toBe('source_refused_statement');
  // A deadlock, and a full disk.
  for (const code of ['40P01', '40001', '53100']) expect(postgres(code), code).toBe('source_failed');
  expect(mysql(1406, '22001')).toBe('source_refused_statement');
  expect(mysql(1213, '40001')).toBe('source_failed');
  // A table that is full, a lock that is not waited for, and a server with no room for another prepared statement.
  expect(mysql(1114, 'HY000')).toBe('source_failed');
  expect(mysql(3572, 'HY000')).toBe('source_failed');
  expect(mysql(1461, '42000')).toBe('source_failed');
  // WSREP has not yet prepared node for application use
  expect(mysql(1047, '08S01')).toBe('source_failed');
});

test.each([
  [1264, '22003', 'A number is outside the range of its column.'],
  // What an unsigned column would become.
  [1690, '22003', 'A number is outside the range of its column.'],
  [3140, '22032', 'A value does not have the right format for its column.'],
  // A letter that the column's character set does not have.
  [3988, 'HY000', 'A value does not have the right format for its column.'],
  [3854, 'HY000', 'A value does not have the right format for its column.'],
  [1267, 'HY000', 'A value does not have the right format for its column.'],
  [1270, 'HY000', 'A value does not have the right format for its column.'],
  [1271, 'HY000', 'A value does not have the right format for its column.'],
] as const)('a value that MySQL does not take is told in plain words: error %i', (errno, sqlState, plain) => {
  const failure = ofMysql(Object.assign(new Error('said'), { errno, sqlState, sqlMessage: 'said' }), []);
  expect(failure).toMatchObject({ code: 'source_refused_statement', plain });
});

test('a value that PostgreSQL does not take is told in plain words', () => {
  // Bits that are too few, text that is no XML, and a letter that the database's encoding does not have.
  for (const code of ['22026', '2200N', '22P05'])
    expect(ofPostgres(Object.assign(new Error('said'), { code }), []), code).toMatchObject({
      code: 'source_refused_statement',
      plain: 'A value does not have the right format for its column.',
    });
});

test('a value that a type of an extension cannot read is one to correct, however the extension tells it', () => {
  const at = (code: string, where: string) =>
    ofPostgres(Object.assign(new Error('bad semver value'), { code, where }), []);
  const unread = { code: 'source_refused_statement', plain: CONSTRAINT_WORDS.unread };
  for (const where of ["unnamed portal parameter $2 = '...'", "이름없는 포탈 $2 매개 변수 = '1.2'"]) {
    expect(at('XX000', where)).toMatchObject(unread);
    expect(at('22023', where)).toMatchObject(unread);
    expect(at('22003', where).plain).toBe(CONSTRAINT_WORDS.large);
    expect(at('42501', where).code).toBe('source_privilege_missing');
    expect(at('53200', where).code).toBe('source_failed');
  }
  // What a function of the database ran, and what it was given.
  for (const where of [
    'SQL statement "select $1"',
    "PL/pgSQL function f(text) line 1 at RAISE\nunnamed portal parameter $1 = '...'",
  ])
    expect(at('XX000', where), where).toMatchObject({ code: 'source_failed', plain: undefined });
});

test('D5 a client certificate that PostgreSQL misses is no wrong password, and a certificate too weak no lost connection', () => {
  const told = (message: string, code: string) => connectFailure(Object.assign(new Error(message), { code }));
  expect(told('connection requires a valid client certificate', '28000')).toMatchObject({
    code: 'source_tls_failed',
    detail: expect.stringContaining('client certificate'),
  });
  expect(told('role "ada" is not permitted to log in', '28000').code).toBe('source_credential_rejected');
  expect(told('EE certificate key too weak', 'UNSPECIFIED').code).toBe('source_tls_failed');
});

test('a server that is there and takes no connection yet is not said to have lost one', () => {
  const early = Object.assign(new Error('the database system is starting up'), { code: '57P03' });
  expect(connectFailure(early)).toMatchObject({
    code: 'source_unavailable',
    detail: expect.stringContaining('starting or stopping'),
  });
});

test('where PostgreSQL cannot reach a server that it asks itself, that one is named, and not where it is', () => {
  const of = (code: string, routine: string) => {
    const more = { code, routine, detail: 'connection to server at "10.0.0.5", port 5432 failed' };
    return ofPostgres(Object.assign(new Error('could not connect to server "branch"'), more), []);
  };
  for (const [code, routine] of [
    ['08001', 'connect_pg_server'],
    ['08006', 'pgfdw_report_error'],
    ['57P01', 'pgfdw_report_error'],
    ['08001', 'dblink_get_conn'],
    ['08006', 'dblink_res_error'],
  ] as const)
    expect(of(code, routine), code).toMatchObject({
      code: 'source_unreachable',
      detail: 'could not connect to server "branch"',
    });
  expect(of('57P01', 'ProcessInterrupts').detail).toBe('The source ended the connection.');
});

test.each([
  // Of PostgreSQL: 7 is GSSAPI.
  'Unknown authenticationOk message type 7',
  'SASL: Only mechanism(s) SCRAM-SHA-256 are supported',
])('a user of PostgreSQL who is not let in by a password is told so: %s', (message) => {
  expect(connectFailure(new Error(message))).toMatchObject({
    code: 'source_credential_rejected',
    detail: expect.stringContaining('other means than a password'),
  });
});

test.each([
  ['SSL required', 'source_tls_failed'],
  ['server_login_retry', 'source_unavailable'],
  ['server login failed: FATAL password authentication failed for user "ada"', 'source_unavailable'],
  ['client_login_timeout (server down)', 'source_unavailable'],
  ['pgbouncer cannot connect to server', 'source_unavailable'],
  ['query_wait_timeout', 'source_unavailable'],
  ['no such user: ada', 'source_credential_rejected'],
  ['no such database: orders', 'source_failed'],
  ['expected startup packet', 'source_unreachable'],
] as const)('what PgBouncer calls a breach of the protocol is told as what it is: %s', (message, code) => {
  const failure = connectFailure(Object.assign(new Error(message), { code: '08P01' }));
  expect(failure.code).toBe(code);
  expect(failure.detail).not.toMatch(/ada|orders/);
});

test('what Pgpool-II, or a server in another way, refuses is not said to be an address where nothing answers', () => {
  const told = (message: string, code: string) => connectFailure(Object.assign(new Error(message), { code }));
  for (const message of ['authentication failed', 'SCRAM authentication failed'])
    expect(told(message, 'XX000').code).toBe('source_credential_rejected');
  expect(told('invalid value for parameter "search_path": "ada"', '22023')).toMatchObject({
    code: 'source_failed',
    detail: 'The source refused the session with its error 22023.',
  });
  for (const code of ['EPIPE', '08006', '57P01'])
    expect(told('ended', code).code, code).toBe('source_unreachable');
});

test('a database that takes no connections is not said to have lost one', () => {
  const closed = Object.assign(new Error('database "x" is not currently accepting connections'), {
    code: '55000',
  });
  expect(connectFailure(closed)).toMatchObject({
    code: 'source_failed',
    detail: 'The database does not accept connections.',
  });
});

test.each([
  [1862, 'HY000', 'source_credential_rejected', /password of this user has expired/],
  [1820, 'HY000', 'source_credential_rejected', /password of this user has expired/],
  [3118, 'HY000', 'source_credential_rejected', /locked this user/],
  [3955, 'HY000', 'source_credential_rejected', /blocked this user/],
  // As MariaDB numbers it.
  [4150, 'HY000', 'source_credential_rejected', /blocked this user/],
  [1129, 'HY000', 'source_unavailable', /too many attempts/],
  [3159, 'HY000', 'source_tls_failed', /Turn TLS on/],
  [3032, 'HY000', 'source_unavailable', /offline mode/],
  [1226, '42000', 'source_unavailable', /grants an hour/],
  [1227, '42000', 'source_failed', /error 1227/],
  [1184, '08S01', 'source_unreachable', /was lost/],
] as const)(
  'why MySQL gives no session is told, and names nothing: error %i',
  (errno, sqlState, code, words) => {
    const sqlMessage = "User 'canary' has exceeded the 'max_questions' resource (current value: 1)";
    const failure = noMysql(Object.assign(new Error(sqlMessage), { errno, sqlState, sqlMessage }));
    expect(failure).toMatchObject({ code, detail: expect.stringMatching(words) });
    expect(failure.detail).not.toContain('canary');
  },
);

test('a user who may have so many connections at a time, and has them, has none free', () => {
  const message = "User 'u' has exceeded the 'max_user_connections' resource (current value: 1)";
  const error = Object.assign(new Error(message), { errno: 1226, sqlState: '42000', sqlMessage: message });
  expect(noMysql(error).detail).toBe('The source has no free connections.');
});
