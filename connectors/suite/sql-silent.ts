import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LineBetween, lineBetween } from '../../server/test/line-between.ts';
import type { Pool } from '../port.ts';
import { codeOf, run } from './harness.ts';
import { codeAfter, poolOf, type SqlEngine } from './sql-harness.ts';

/** A source that is there and says nothing more: a frozen machine, a lost network. */
export function sqlSilent(engine: SqlEngine): void {
  let line: LineBetween;
  const open = (): Pool =>
    poolOf(engine, { settings: { host: line.host, port: line.port, tls: 'off', ca: undefined } });

  beforeAll(async () => {
    line = await lineBetween('127.0.0.1', engine.database().port);
  });
  afterAll(() => line?.close());

  describe('a source that falls silent holds no run', () => {
    it('that is described first, beyond its time limit', async () => {
      line.muteAt(null);
      const pool = open();
      await run(pool, 'select 1 as one');
      line.muteAt('mute_read');
      const started = Date.now();
      expect(await codeOf(run(pool, 'select 1 as mute_read', { timeoutMs: 200 }))).toBe('source_timeout');
      expect(Date.now() - started).toBeLessThan(5_000);
      await pool.close();
    });

    it('that follows: what was idle meanwhile is asked first, and given up with all that were idle for longer', async () => {
      line.muteAt(null);
      const pool = open();
      const all = () => Promise.all(['a', 'b', 'c'].map((one) => run(pool, `select '${one}' as one`)));
      await all();
      line.fallSilent();
      // One that was used just now is not asked, and runs into its time limit; one that is still being reset is not lent.
      expect(['source_timeout', 'no error']).toContain(
        await codeOf(run(pool, 'select 1 as one', { timeoutMs: 200 })),
      );
      // Without being asked, each of the others would end in its time limit too.
      await all();
      await run(pool, 'select 2 as one');
      await pool.close();
    });

    it('that commits, and is not said to have changed nothing', async () => {
      line.muteAt('commit');
      const pool = open();
      const started = Date.now();
      const write = run(pool, 'select 1 as one', { effect: 'write', timeoutMs: 200 });
      expect(await codeOf(write)).toBe('write_outcome_unknown');
      expect(Date.now() - started).toBeLessThan(5_000);
      await pool.close();
    });

    it('that waits for a session to be set up, beyond 8 s', async () => {
      line.muteAt('set ');
      const pool = open();
      const begin = () => ({ work: run(pool, 'select 1 as one'), begun: line.muted() });
      // Nobody is told to ask for less: nothing has been asked yet.
      expect(await codeAfter(8_000, begin)).toBe('source_unreachable');
      await pool.close();
    });
  });
}
