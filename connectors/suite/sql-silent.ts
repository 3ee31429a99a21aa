import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pool } from '../port.ts';
import { codeOf, run } from './harness.ts';
import { codeAfter, poolOf, type SqlEngine } from './sql-harness.ts';

/** A source that is there and says nothing more: a frozen machine, a lost network. */
export function sqlSilent(engine: SqlEngine): void {
  let server: Server;
  /** From the first of its bytes on, nothing is passed on in either direction. */
  let silentAt: Buffer | null = null;
  const open = (): Pool =>
    poolOf(engine, {
      settings: {
        host: '127.0.0.1',
        port: (server.address() as AddressInfo).port,
        tls: 'off',
        ca: undefined,
      },
    });

  beforeAll(async () => {
    server = createServer((near) => {
      const far = connect(engine.database().port, '127.0.0.1');
      let silent = false;
      near.on('data', (bytes) => {
        silent ||= silentAt !== null && bytes.includes(silentAt);
        if (silent) server.emit('silent');
        else far.write(bytes);
      });
      far.on('data', (bytes) => void (silent || near.write(bytes)));
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void server.close());

  describe('a source that falls silent holds no run', () => {
    it('that is described first, beyond its time limit', async () => {
      silentAt = null;
      const pool = open();
      await run(pool, 'select 1 as one');
      silentAt = Buffer.from('mute_read');
      const started = Date.now();
      expect(await codeOf(run(pool, 'select 1 as mute_read', { timeoutMs: 200 }))).toBe('source_timeout');
      expect(Date.now() - started).toBeLessThan(5_000);
      await pool.close();
    });

    it('that commits, and is not said to have changed nothing', async () => {
      silentAt = Buffer.from('commit');
      const pool = open();
      const started = Date.now();
      const write = run(pool, 'select 1 as one', { effect: 'write', timeoutMs: 200 });
      expect(await codeOf(write)).toBe('write_outcome_unknown');
      expect(Date.now() - started).toBeLessThan(5_000);
      await pool.close();
    });

    it('that waits for a session to be set up, beyond 8 s', async () => {
      silentAt = Buffer.from('set ');
      const pool = open();
      const begin = () => ({ work: run(pool, 'select 1 as one'), begun: once(server, 'silent') });
      expect(await codeAfter(8_000, begin)).toBe('source_timeout');
      await pool.close();
    });
  });
}
