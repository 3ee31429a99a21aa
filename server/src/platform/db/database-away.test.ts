import { expect, test } from 'vitest';
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
