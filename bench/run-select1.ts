import { fsyncRate } from './fsync-rate.ts';
import { generatorLimit } from './generator-limit.ts';
import { type Load, load, WARM_SECONDS } from './load.ts';
import type { Bench } from './report.ts';
import { runServer } from './run-server.ts';

/** Requests a second of a saved `select 1` through the whole road, as a share of the bare proxy's. */
export const runSelect1: Bench = async (report, { quick }) => {
  const server = await runServer([], { one: { text: 'select 1 as one' } });
  // Many short rounds in turn: where the kernel puts the bare proxy's processes doubles or halves its figure for a while.
  const count = quick ? 3 : 9;
  try {
    // By sixteen for both: one caller makes a third of the runs that the engine learns from in that time.
    const both = [server.bare('one'), server.run('one')];
    for (const to of both) await load(to, 16, quick ? 2 : WARM_SECONDS);
    for (const connections of [1, 16]) {
      for (const to of both) await load(to, connections, 2);
      const rounds: { readonly bare: Load; readonly ours: Load; readonly cpu: number }[] = [];
      for (let round = 0; round < count; round++) {
        const bare = await load(server.bare('one'), connections, 1.5);
        const before = await server.cpu();
        const ours = await load(server.run('one'), connections, 1.5);
        const after = await server.cpu();
        rounds.push({ bare, ours, cpu: (after.ours - before.ours) / ours.count });
      }
      rounds.sort((a, b) => a.ours.perSecond / a.bare.perSecond - b.ours.perSecond / b.bare.perSecond);
      const { bare, ours, cpu } = rounds[Math.floor(count / 2)] ?? rounds[0]!;
      const share = (round: number) => {
        const one = rounds[round] ?? rounds[0]!;
        return Number((one.ours.perSecond / one.bare.perSecond).toFixed(2));
      };
      report.add(`run.select1.c${connections}`, ours.perSecond / bare.perSecond, 'of the bare proxy', {
        ours: Math.round(ours.perSecond),
        bare: Math.round(bare.perSecond),
        worst: share(0),
        best: share(count - 1),
        p99Ms: Number(ours.p99.toFixed(2)),
        cpuMsEach: Number(cpu.toFixed(3)),
        generatorLimit: Math.round(await generatorLimit(connections, ours.bytesEach)),
        fsync: Math.round(fsyncRate(0.5, 'in place')),
      });
    }
  } finally {
    await server.close();
  }
};
