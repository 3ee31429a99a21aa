import { connect } from 'node:net';
import pg from 'pg';
import type { Bench } from './report.ts';
import { runServer } from './run-server.ts';

/** Time from a client's leaving to its statement gone at the database. */
export const runCancel: Bench = async (report, { quick }) => {
  const server = await runServer([], {
    slow: { text: 'select pg_sleep(60)::text as slept', timeoutMs: 120_000 },
  });
  const watcher = new pg.Client({ connectionString: server.customerUrl });
  await watcher.connect();
  const active = async () =>
    (
      await watcher.query<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity where state = 'active' and query like '%pg_sleep(60)%' and pid <> pg_backend_pid()`,
      )
    ).rows[0]?.count ?? 0;
  const until = async (wanted: number) => {
    while ((await active()) !== wanted) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  try {
    const times: number[] = [];
    for (let round = 0; round < (quick ? 5 : 20); round++) {
      const { port, bytes } = server.run('slow');
      const socket = connect({ port, host: '127.0.0.1' });
      socket.on('error', () => undefined);
      socket.write(bytes);
      await until(1);
      const left = performance.now();
      socket.destroy();
      await until(0);
      times.push(performance.now() - left);
    }
    times.sort((a, b) => a - b);
    report.add('run.cancel', times.at(-1) ?? 0, 'ms at most', {
      median: Math.round(times[Math.floor(times.length / 2)] ?? 0),
      rounds: times.length,
    });
  } finally {
    await watcher.end();
    await server.close();
  }
};
