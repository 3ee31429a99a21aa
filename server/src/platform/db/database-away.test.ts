import { expect, test } from 'vitest';
import { refusalOf } from '../http/problem.ts';
import { CannotStart } from '../lifecycle/cannot-start.ts';
import { sayDatabaseLost } from './database-away.ts';

const coded = (code: string, more: object = {}) => Object.assign(new Error('x'), { code, ...more });

test.each([
  ['a connection that ends', new Error('Connection terminated unexpectedly')],
  ['a server that does not answer', new Error('timeout expired')],
  ['a server that shuts down', coded('57P01')],
  ['a server that takes no more', coded('53300')],
  ['a socket that is not there', coded('ENOENT', { syscall: 'connect' })],
  ['in a transaction', new Error('It failed; nothing was changed.', { cause: coded('ECONNREFUSED') })],
])('a database that goes away during a start may come back: %s', (_what, error) => {
  expect(sayDatabaseLost(error)).toMatchObject({ name: 'CannotStart', mayPass: true, cause: error });
});

test.each([
  ['a file that is missing', coded('ENOENT', { syscall: 'open' })],
  ['a wrong password', coded('28P01')],
  ['what was said already', new CannotStart('The key is another.', { cause: coded('57P01') })],
  ['nothing', undefined],
])('anything else stays what it is: %s', (_what, error) => {
  expect(sayDatabaseLost(error)).toBe(error);
});

test.each([
  ['a name that does not resolve', coded('ENOTFOUND'), 'database_unavailable'],
  ['a host that no road leads to', coded('EHOSTUNREACH'), 'database_unavailable'],
  ['a full disk', coded('53100'), 'database_full'],
  ['a commit that was lost', coded('08007'), 'database_outcome_unknown'],
  ['a file that is missing', coded('ENOENT', { syscall: 'open' }), 'fault'],
  ['a source’s connection', new Error('x', { cause: coded('ECONNREFUSED') }), 'fault'],
])('a request is told what was lost: %s', (_what, error, code) => {
  expect(refusalOf(error).code).toBe(code);
});
