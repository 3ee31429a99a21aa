import { load } from './load.ts';
import type { Bench } from './report.ts';
import { runServer } from './run-server.ts';

/** Requests a second of a saved `select 1` through the whole road, as a share of the bare proxy's. */
export const runSelect1: Bench = async (report, { quick }) => {
  const server = await runServer([], { one: { text: 'select 1 as one' } });
  const seconds = quick ? 2 : 5;
  try {
    for (const to of [server.bare('one'), server.run('one')]) await load(to, 16, 2);
    for (const connections of [1, 16]) {
      const rounds = [];
      for (let round = 0; round < 3; round++) {
        const bare = await load(server.bare('one'), connections, seconds / 2);
        const before = await server.cpu();
        const ours = await load(server.run('one'), connections, seconds);
        const after = await server.cpu();
        rounds.push({ bare, ours, cpu: (after.ours - before.ours) / ours.count });
      }
      rounds.sort((a, b) => a.ours.perSecond / a.bare.perSecond - b.ours.perSecond / b.bare.perSecond);
      const { bare, ours, cpu } = rounds[1] ?? rounds[0]!;
      report.add(`run.select1.c${connections}`, ours.perSecond / bare.perSecond, 'of the bare proxy', {
        ours: Math.round(ours.perSecond),
        bare: Math.round(bare.perSecond),
        p99Ms: Number(ours.p99.toFixed(2)),
        cpuMsEach: Number(cpu.toFixed(3)),
        fsync: report.fsyncRate(),
      });
    }
  } finally {
    await server.close();
  }
};
