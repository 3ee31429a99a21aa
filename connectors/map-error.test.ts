import { expect, test } from 'vitest';
import { connectFailure as atMysql, statementFailure as ofMysql } from './mysql/map-error.ts';
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
  expect(mysql(1114, 'HY000')).toBe('source_failed');
  // WSREP has not yet prepared node for application use
  expect(mysql(1047, '08S01')).toBe('source_failed');
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
    code: 'source_unreachable',
    detail: expect.stringContaining('starting or stopping'),
  });
});

test('a MySQL or MariaDB that is there and lets nobody in says why, and is not said to have lost the connection', () => {
  const told = (errno: number, said: string) => atMysql(Object.assign(new Error(said), { errno }));
  const ours = { code: 'source_credential_rejected', detail: expect.not.stringContaining('ada') };
  for (const [errno, word] of [
    [1862, 'expired'],
    [3118, 'locked'],
    [4151, 'locked'],
    [3955, 'blocked'],
    [4150, 'blocked'],
  ] as const) {
    const failure = told(errno, "Access denied for user 'ada'@'10.0.0.7'.");
    expect(failure, String(errno)).toMatchObject(ours);
    expect(failure.detail).toContain(word);
  }
  expect(told(3159, 'Connections using insecure transport are prohibited')).toMatchObject({
    code: 'source_tls_failed',
    detail: expect.stringContaining('Turn TLS on'),
  });
  for (const errno of [3032, 1129]) expect(told(errno, 'no').code).toBe('source_unavailable');
});
