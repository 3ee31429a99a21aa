import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { largeAnswers } from '../large-answers.ts';
import type { Dial, Pool, Running } from '../port.ts';
import { codeOf, collect, dial, run, runnable } from './harness.ts';
import { poolOf, type SqlEngine, untilRunning } from './sql-harness.ts';

export function sqlRunning(engine: SqlEngine): void {
  const { dialect } = engine;
  const { placeholder: p } = dialect;
  let pool: Pool;
  beforeAll(async () => {
    pool = poolOf(engine);
    await run(pool, 'create table accounts (id int primary key, owner varchar(200), cents bigint not null)', {
      effect: 'schema',
    });
    await run(pool, "insert into accounts values (1, 'ada', 100), (2, 'bo', 200), (3, 'cy', 300)", {
      effect: 'write',
    });
  });
  afterAll(() => pool.close());
  const cents = async () =>
    (await run(pool, 'select id, cents from accounts order by id')).rows.map((row) => String(row.cents));

  describe('running', () => {
    it('Q2 a value is always a bind: hostile text arrives as it was sent', async () => {
      const hostile = `'; drop table accounts; -- \\ " \` \u{1F600} \n{{x}} $1 ? %s`;
      const { rows } = await run(pool, `select ${p(1)} as v`, { binds: [hostile] });
      expect(rows).toEqual([{ v: hostile }]);
      const none = await run(pool, `select id from accounts where owner = ${p(1)}`, {
        binds: ["ada' or '1'='1"],
      });
      expect(none.rows).toEqual([]);
      const nothing = await run(pool, `select id from accounts where owner = ${p(1)}`, { binds: [null] });
      expect(nothing.rows).toEqual([]);
      expect((await run(pool, `select id from accounts where id = ${p(1)}`, { binds: [2] })).rows).toEqual([
        { id: 2 },
      ]);
    });

    it('Q5 two statements are one refusal, and neither runs', async () => {
      for (const effect of ['read', 'write'] as const)
        expect(await codeOf(run(pool, 'select 1 as one; delete from accounts', { effect }))).toBe(
          'source_refused_statement',
        );
      expect(await cents()).toEqual(['100', '200', '300']);
    });

    it('a read cannot write, and a source in read mode refuses a write before it leaves', async () => {
      expect(await codeOf(run(pool, 'delete from accounts'))).toBe('source_refused_statement');
      const readOnly = poolOf(engine, { mode: 'read' });
      expect(await codeOf(run(readOnly, 'delete from accounts', { effect: 'write' }))).toBe(
        'source_refused_statement',
      );
      expect(await cents()).toEqual(['100', '200', '300']);
      expect((await run(readOnly, 'select count(*) as n from accounts')).rows).toEqual([{ n: '3' }]);
      await readOnly.close();
    });

    it('a server that takes no writes any more is left: what is idle leads to it too, and is given up', async () => {
      const own = poolOf(engine);
      const sessions = async () =>
        (await Promise.all([1, 2, 3].map(() => run(own, `select ${dialect.session} as id`)))).map(
          ({ rows }) => rows[0]?.id,
        );
      const before = await sessions();
      await expect(run(own, dialect.refusedAsReadOnly, { effect: 'write' })).rejects.toMatchObject({
        code: 'source_failed',
        detail: expect.stringMatching(/read-only/),
        plain: 'The database takes no changes now. Nothing was changed.',
      });
      const after = await sessions();
      expect(after.filter((id) => before.includes(id))).toEqual([]);
      await own.close();
    });

    it('Q16 two columns of one name are refused, since one would hide the other', async () => {
      expect(await codeOf(run(pool, 'select id, cents as id from accounts'))).toBe(
        'source_refused_statement',
      );
    });

    it('Q6 a write over its expectation changes nothing; one within it changes what it says', async () => {
      const raise = 'update accounts set cents = cents + 1 where id in (1, 2)';
      const error = await run(pool, raise, { effect: 'write', expectRows: { atMost: 1 } }).catch(
        (e: unknown) => e,
      );
      expect(error).toMatchObject({
        code: 'write_exceeded_expectation',
        detail: 'The statement would change 2 rows, and may change at most 1 row. Nothing was changed.',
        plain: 'The statement would change 2 rows, and may change at most 1 row. Nothing was changed.',
      });
      expect(await codeOf(run(pool, raise, { effect: 'write', expectRows: { exactly: 3 } }))).toBe(
        'write_exceeded_expectation',
      );
      expect(await cents()).toEqual(['100', '200', '300']);
      const done = await run(pool, raise, { effect: 'write', expectRows: { atMost: 2 } });
      expect(done.end.changed).toBe(2);
      expect(await cents()).toEqual(['101', '201', '300']);
      await run(pool, 'update accounts set cents = id * 100', {
        effect: 'write',
        expectRows: { exactly: 3 },
      });
    });

    it('a cap that is hit is said, and one that is met exactly is not', async () => {
      const capped = await run(pool, dialect.series(100, 10), { maxRows: 10 });
      expect(capped.end).toMatchObject({ rows: 10, truncated: { by: 'rows', cap: 10 } });
      expect(capped.rows).toHaveLength(10);
      const exact = await run(pool, dialect.series(10, 10), { maxRows: 10 });
      expect(exact.end).toMatchObject({ rows: 10, truncated: null });
      const bytes = await run(pool, dialect.series(100_000, 100), { maxRows: 100_000, maxBytes: 100_000 });
      expect(bytes.end.truncated).toEqual({ by: 'bytes', cap: 100_000 });
      expect(bytes.rows.length).toBeGreaterThan(500);
      expect(bytes.rows.length).toBeLessThan(1_000);
      expect(Number(bytes.rows.at(-1)?.i)).toBe(bytes.rows.length);
      const none = await run(pool, dialect.series(2, 10), { maxBytes: 1 });
      expect(none.end).toMatchObject({ rows: 0, truncated: { by: 'bytes', cap: 1 } });
    });

    it.runIf(dialect.returning)(
      'what a write answers has the same caps, and what it changed is counted whole',
      async () => {
        const rows = '(11, null, 1), (12, null, 2), (13, null, 3)';
        for (const [more, shown, truncated] of [
          [{ maxRows: 3 }, 3, null],
          [{ maxRows: 2 }, 2, { by: 'rows', cap: 2 }],
          [{ maxBytes: 1 }, 0, { by: 'bytes', cap: 1 }],
        ] as const) {
          const done = await run(pool, `insert into accounts values ${rows} returning id`, {
            effect: 'write',
            ...more,
          });
          expect(done.end).toMatchObject({ rows: shown, changed: 3, truncated });
          const gone = await run(pool, 'delete from accounts where id > 10', { effect: 'write' });
          expect(gone.end.changed).toBe(3);
        }
      },
    );

    it.runIf(dialect.returning)(
      'a write that answers other columns than it was compiled with changes nothing',
      async () => {
        const { columns } = await pool.describe('select owner from accounts');
        const wrote = run(pool, "insert into accounts values (11, 'di', 1) returning cents", {
          effect: 'write',
          columns,
        });
        expect(await codeOf(wrote)).toBe('source_shape_changed');
        expect(await cents()).toEqual(['100', '200', '300']);
      },
    );

    it('rows stream in batches and none is lost or doubled', async () => {
      const all = await run(pool, dialect.series(50_000, 50), { maxRows: 50_000 });
      expect(all.rows).toHaveLength(50_000);
      expect(all.batches).toBeGreaterThan(10);
      expect(all.rows.every((row, i) => Number(row.i) === i + 1)).toBe(true);
    });

    it('Q17 a total is counted in the same run', async () => {
      const { end } = await run(pool, 'select id from accounts order by id limit 2', {
        total: { statement: `select count(*) from accounts where id > ${p(1)}`, binds: [1] },
      });
      expect(end).toMatchObject({ rows: 2, total: 2 });
    });

    it('a time limit ends the statement at the engine, and the pool goes on', async () => {
      const started = Date.now();
      expect(await codeOf(run(pool, dialect.endless, { timeoutMs: 300 }))).toBe('source_timeout');
      expect(Date.now() - started).toBeLessThan(10_000);
      expect((await run(pool, 'select 1 as one')).rows).toEqual([{ one: dialect.literal(1) }]);
    });

    it('an abort ends the statement at the engine', async () => {
      const stop = new AbortController();
      const code = codeOf(run0(`/* mark_a */ ${dialect.sleep(20)}`, stop.signal));
      await untilRunning(engine, 'mark_a', 1, 2_000);
      stop.abort();
      // How fast it is, `run.cancel` measures; here it must happen at all, long before the statement would end.
      await untilRunning(engine, 'mark_a', 0, 5_000);
      expect(await code).toBe('run_cancelled');
    });

    it('a write that is cancelled between two of its steps, where no statement runs, changes nothing', async () => {
      const update = 'update accounts set cents = 0';
      const before = await cents();
      for (const step of [/\b(begin|start transaction)\b/, /update accounts/]) {
        const stop = new AbortController();
        const over = new AbortController();
        let dialled = 0;
        const between: Dial = async (...to) => {
          dialled += 1;
          // The cancel's own connection, which comes too late for all of them.
          if (dialled > 1) await new Promise((resolve) => over.signal.addEventListener('abort', resolve));
          const socket = await dial(...to);
          const write = socket.write.bind(socket) as (...given: readonly unknown[]) => boolean;
          return Object.assign(socket, {
            write: (...given: readonly unknown[]) => {
              if (step.test(String(given[0]))) stop.abort();
              return write(...given);
            },
          });
        };
        const settings = { host: '127.0.0.1', tls: 'off', ca: undefined } as const;
        const other = poolOf(engine, { settings, dial: between });
        expect(await codeOf(other.run(runnable(update, { effect: 'write' }), stop.signal))).toBe(
          'run_cancelled',
        );
        expect(stop.signal.aborted).toBe(true);
        over.abort();
        await other.close();
      }
      expect(await cents()).toEqual(before);
    });

    it('a reader that leaves in the middle frees the statement and its connection', async () => {
      const running = await pool.run(
        runnable(`/* mark_b */ ${dialect.series(5_000_000, 200)}`, { maxRows: 5_000_000, maxBytes: 2e9 }),
      );
      for await (const batch of running.batches) if (batch.length > 0) break;
      await untilRunning(engine, 'mark_b', 0, 2_000);
      expect(await codeOf(running.end)).toBe('run_cancelled');
    });

    it('a reader that stops reading holds no memory, and ends at the time limit', async () => {
      const running = await pool.run(
        runnable(`/* mark_c */ ${dialect.series(5_000_000, 200)}`, {
          maxRows: 5_000_000,
          maxBytes: 2e9,
          timeoutMs: 3_000,
        }),
      );
      const before = process.memoryUsage().rss;
      await untilRunning(engine, 'mark_c', 0, 8_000, 500);
      expect(process.memoryUsage().rss - before).toBeLessThan(60e6);
      expect(await codeOf(collect(running))).toBe('source_timeout');
    });

    it('rows of many megabytes are read a few at a time, whatever pool they come over, and others pass by', async () => {
      const other = poolOf(engine);
      const large = runnable(
        "select '1' as n, repeat('x', 5000000) as s union all select '2', repeat('y', 5000000)",
        { timeoutMs: 60_000 },
      );
      const held: Running[] = [];
      for (const [from, holder] of [
        [pool, 'a'],
        [other, 'a'],
        [pool, 'b'],
        [other, 'b'],
      ] as const)
        held.push(await from.run(large, undefined, holder));
      const fifth = other.run(large, undefined, 'c');
      await vi.waitUntil(() => largeAnswers.wanted, { timeout: 10_000 });
      for (const small of [900_000, 3_000])
        expect((await run(pool, `select repeat('z', ${small}) as s`)).rows).toHaveLength(1);
      // Whoever reads on gives the place to the next after each row.
      const whole = held.map((one) => collect(one).then(({ texts }) => texts.map((text) => text.length)));
      const length = 5_000_000 + '{"n":"1","s":""}'.length;
      expect(
        await Promise.all([...whole, fifth.then(collect).then(({ texts }) => texts.map((t) => t.length))]),
      ).toEqual(Array(5).fill([length, length]));
      expect(largeAnswers.taken).toBe(0);
      await other.close();
    });

    it('a run that waits to read a large row ends when it is cancelled', async () => {
      const large = runnable("select 1 as id, repeat('x', 5000000) as s", { timeoutMs: 60_000 });
      const held = await Promise.all(
        ['a', 'a', 'b', 'b'].map((holder) => pool.run(large, undefined, holder)),
      );
      const stop = new AbortController();
      const waits = codeOf(pool.run(large, stop.signal, 'c'));
      await vi.waitUntil(() => largeAnswers.wanted, { timeout: 10_000 });
      stop.abort();
      expect(await waits).toBe('run_cancelled');
      for (const one of held) one.release();
      expect(largeAnswers.taken).toBe(0);
      await Promise.all(held.map(collect));
    });

    it('S3 closing the pool ends what runs, at the engine and at once', async () => {
      const other = poolOf(engine);
      const code = codeOf(other.run(runnable(`/* mark_d */ ${dialect.sleep(20)}`)));
      await untilRunning(engine, 'mark_d', 1, 2_000);
      await other.close();
      await untilRunning(engine, 'mark_d', 0, 5_000);
      expect(await code).toBe('run_cancelled');
    });

    it('a connection that is lost in the middle ends the run with a code, for a read and for a write', async () => {
      const other = poolOf(engine);
      for (const effect of ['read', 'write'] as const) {
        const code = codeOf(other.run(runnable(`/* mark_e */ ${dialect.sleep(20)}`, { effect })));
        await untilRunning(engine, 'mark_e', 1, 2_000);
        await dialect.endConnections(engine.database().user);
        expect(await code).toBe('source_unreachable');
      }
      const streaming = await other.run(
        runnable(dialect.series(3_000_000, 200), { maxRows: 3_000_000, maxBytes: 2e9 }),
      );
      const ending = dialect.endConnections(engine.database().user);
      expect(await codeOf(collect(streaming))).toBe('source_unreachable');
      await ending;
      await other.close();
    });

    it('connections that end at any moment cost no place in the pool', async () => {
      const other = poolOf(engine);
      for (let round = 0; round < 8; round += 1) {
        const runs = Array.from({ length: 20 }, (_, i) =>
          codeOf(run(other, `select ${round} as r, ${i} as i`, { effect: i % 5 === 0 ? 'write' : 'read' })),
        );
        await new Promise((resolve) => setTimeout(resolve, round * 4));
        await dialect.endConnections(engine.database().user);
        for (const code of await Promise.all(runs))
          expect(['no error', 'source_unreachable', 'write_outcome_unknown']).toContain(code);
      }
      const stop = new AbortController();
      const all = Array.from({ length: 10 }, () =>
        codeOf(other.run(runnable(`/* mark_f */ ${dialect.sleep(20)}`), stop.signal)),
      );
      await untilRunning(engine, 'mark_f', 10, 5_000, 50);
      stop.abort();
      expect(new Set(await Promise.all(all))).toEqual(new Set(['run_cancelled']));
      await other.close();
    });

    it('engine errors keep their meaning and tell a builder what the engine said', async () => {
      expect(await codeOf(run(pool, 'select nope from accounts'))).toBe('source_refused_statement');
      expect(await codeOf(run(pool, 'select from where'))).toBe('source_refused_statement');
      const twice = await run(pool, "insert into accounts values (1, 'again', 0)", { effect: 'write' }).catch(
        (e: unknown) => e,
      );
      expect(twice).toMatchObject({
        code: 'source_constraint_violated',
        detail: expect.stringMatching(/dup/i),
      });
      expect(await cents()).toEqual(['100', '200', '300']);
    });

    async function run0(statement: string, signal: AbortSignal) {
      return collect(await pool.run(runnable(statement), signal));
    }
  });
}
