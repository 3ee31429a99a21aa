import { expect, it, vi } from 'vitest';
import { customerMariadb, hasMariadb } from '../../server/test/engines.ts';
import { lineBetween } from '../../server/test/line-between.ts';
import { startMariadb } from '../../server/test/mariadb-server.ts';
import type { Dial } from '../port.ts';
import { codeOf, dial, run, runnable } from './harness.ts';
import { mysqlEngine, numbers } from './mysql-engine.ts';
import { poolOf, untilRunning } from './sql-harness.ts';

it.skipIf(!hasMariadb)(
  'a write whose connection is cut goes on at the server, and a table without transactions keeps it',
  async () => {
    const database = await customerMariadb();
    const engine = mysqlEngine(() => database);
    const line = await lineBetween(database.host, database.port);
    const pool = poolOf(engine, {
      settings: { host: line.host, port: line.port, tls: 'off', ca: undefined },
    });
    const cut = async (into = 'kept') => {
      // A sleep would end with its client.
      const busy = `(select count(*) from ${numbers(2000, 'a')} join ${numbers(1500, 'b')} where sha2(a.seq * b.seq, 512) = 'x')`;
      const writing = codeOf(
        run(pool, `insert into ${into} /* cut */ select 7 + ${busy}`, { effect: 'write' }),
      );
      await untilRunning(engine, '/* cut */', 1, 5_000);
      line.cut();
      return writing;
    };
    await engine.admin('create table kept (x int)');
    expect(await cut()).toBe('source_unreachable');
    await untilRunning(engine, '/* cut */', 0, 20_000);
    expect(await engine.admin('select x from kept')).toEqual([]);
    await engine.admin('create table safe (x int)');
    await engine.admin('alter table kept engine = MyISAM');
    expect(await cut()).toBe('write_outcome_unknown');
    await vi.waitFor(
      async () => expect(await engine.admin('select x from kept')).toEqual([{ x: 7 }]),
      20_000,
    );
    // One that names no such table has changed nothing, and one that reaches it by a trigger may have.
    expect(await cut('safe')).toBe('source_unreachable');
    await engine.admin('create trigger noted after insert on safe for each row insert into kept values (8)');
    expect(await cut('safe')).toBe('write_outcome_unknown');
    // Nor has one that was not sent.
    line.muteAt('never sent');
    const unsent = run(pool, 'insert into kept /* never sent */ values (9)', {
      effect: 'write',
      timeoutMs: 300,
    });
    expect(await codeOf(unsent)).toBe('source_timeout');
    await pool.close();
    line.close();
    await database.close();
  },
  60_000,
);

it.skipIf(!hasMariadb)(
  'a cancel reaches the server of its run, and no other behind the same proxy',
  async () => {
    const [first, second] = await Promise.all([customerMariadb(), startMariadb()]);
    const elsewhere = await second.admin();
    for (const statement of [
      `create database ${first.database}`,
      `create user ${first.user}@'%' identified by '${first.password}'`,
      `grant all on ${first.database}.* to ${first.user}@'%'`,
      "set global log_output = 'TABLE'",
      'set global general_log = 1',
    ])
      await elsewhere.query(statement);
    const engine = mysqlEngine(() => first);
    let connections = 0;
    const turns: Dial = (host, _port, signal) =>
      dial(host, connections++ % 2 === 0 ? first.port : second.port, signal);
    const pool = poolOf(engine, { dial: turns, settings: { tls: 'off', ca: undefined } });
    const stop = new AbortController();
    const code = codeOf(pool.run(runnable(`/* in turn */ ${engine.dialect.endless}`), stop.signal));
    await untilRunning(engine, 'in turn', 1, 5_000);
    stop.abort();
    expect(await code).toBe('run_cancelled');
    await untilRunning(engine, 'in turn', 0, 3_000);
    const [killed] = await elsewhere.query(
      "select 1 from mysql.general_log where argument like 'kill query%'",
    );
    expect(killed).toEqual([]);
    await pool.close();
    await elsewhere.end();
    await Promise.all([first.close(), second.stop()]);
  },
  60_000,
);
