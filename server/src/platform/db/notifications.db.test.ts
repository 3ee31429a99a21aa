import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { lineBetween } from '../../../test/line-between.ts';
import { asAdmin } from '../../../test/postgres-server.ts';
import { type Notifications, notify, openNotifications } from './notifications.ts';

let database: TestDatabase;
let notifications: Notifications;
const heard: string[] = [];
const said: string[] = [];
const log = {
  warn: (_: object, message: string) => void said.push(message),
  info: (_: object, message: string) => void said.push(message),
};
const until = (done: () => boolean) => vi.waitUntil(done, 5_000);

beforeAll(async () => {
  database = await testDatabase();
  const config = { ...database.systemConfig, application_name: 'the listener' } as pg.ClientConfig;
  notifications = await openNotifications(config, log, { heartbeatMs: 50, timeoutMs: 200, retryMs: 50 });
  await notifications.listen('one', {
    message: (payload) => heard.push(payload),
    lost: () => heard.push('lost'),
    restored: () => heard.push('restored'),
  });
});
afterAll(async () => {
  await notifications?.close();
  await database?.close();
});

it('a message comes with the commit, and never without', async () => {
  await database.db
    .system('test', async (tx) => {
      await notify(tx, 'one', 'rolled back');
      throw new Error('no');
    })
    .catch(() => undefined);
  await database.db.system('test', (tx) => notify(tx, 'two', 'another channel'));
  await database.db.tenant(await database.newOrganization(), (tx) => notify(tx, 'one', 'committed'));
  await until(() => heard.length > 0);
  expect(heard).toEqual(['committed']);
});

it('a lost connection is told of, also in the log, opened again, and hears again', async () => {
  heard.length = 0;
  await asAdmin(database.ownerUrl, (client) =>
    client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'the listener'`,
    ),
  );
  await until(() => heard.includes('restored'));
  expect(notifications.connected).toBe(true);
  await database.db.system('test', (tx) => notify(tx, 'one', 'after'));
  await until(() => heard.includes('after'));
  expect(heard).toEqual(['lost', 'restored', 'after']);
  expect(said).toEqual([
    'PostgreSQL ended the connection, or did not answer within a second',
    'PostgreSQL answers again',
  ]);
});

it('a process that was held up for longer does not take the server for dead: its answer was there', async () => {
  heard.length = 0;
  const { query } = pg.Client.prototype;
  const beats = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...args
  ) {
    const answer = Reflect.apply(query, this, args);
    if (args[0] === 'select 1' && beats.mock.calls.length === 1)
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300));
    return answer;
  });
  await until(() => beats.mock.calls.length > 2);
  beats.mockRestore();
  expect(heard).toEqual([]);
});

it('who begins to listen while the connection is lost is told so, and hears once it is there again', async () => {
  heard.length = 0;
  const cut = asAdmin(database.ownerUrl, (client) =>
    client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'the listener'`,
    ),
  );
  let begun = 0;
  for (; !heard.includes('lost'); begun += 1)
    await notifications.listen(`channel_${begun}`, {
      message: (payload) => heard.push(payload),
      lost: () => undefined,
      restored: () => undefined,
    });
  await cut;
  await until(() => heard.includes('restored'));
  await database.db.system('test', (tx) => notify(tx, `channel_${begun - 1}`, 'to the last'));
  await until(() => heard.includes('to the last'));
});

it('a server that falls silent while it is asked to listen again is no wait for good', async () => {
  const { host = '', port = 0 } = database.systemConfig;
  const line = await lineBetween(host, port);
  const config = { ...database.systemConfig, host: line.host, port: line.port } as pg.ClientConfig;
  const behind = await openNotifications(config, log, { heartbeatMs: 50, timeoutMs: 200, retryMs: 50 });
  const told: string[] = [];
  await behind.listen('silent', {
    message: () => undefined,
    lost: () => told.push('lost'),
    restored: () => told.push('restored'),
  });
  line.muteAt('listen "silent"');
  line.fallSilent();
  await line.muted();
  line.muteAt(null);
  await until(() => told.includes('restored'));
  expect(told).toEqual(['lost', 'restored']);
  await behind.close();
  line.close();
});

it('refuses to open when nobody answers', async () => {
  await expect(openNotifications({ host: '127.0.0.1', port: 1 }, log)).rejects.toThrow();
});
