import { load, WARM_SECONDS } from './load.ts';
import type { Bench } from './report.ts';
import { runServer } from './run-server.ts';

/** CPU of our process for each warm run, beyond what the bare proxy needs for the same statement. */
export const runCpu: Bench = async (report, { quick }) => {
  const server = await runServer([], { one: { text: 'select 1 as one' } });
  const seconds = quick ? 3 : 8;
  try {
    for (const to of [server.bare('one'), server.run('one')]) await load(to, 8, quick ? 2 : WARM_SECONDS);
    const start = await server.cpu();
    const bare = await load(server.bare('one'), 8, seconds);
    const middle = await server.cpu();
    const ours = await load(server.run('one'), 8, seconds);
    const end = await server.cpu();
    const bareEach = (middle.bare - start.bare) / bare.count;
    const oursEach = (end.ours - middle.ours) / ours.count;
    report.add('run.cpu', oursEach - bareEach, 'ms a run', {
      ours: Number(oursEach.toFixed(3)),
      bare: Number(bareEach.toFixed(3)),
    });
  } finally {
    await server.close();
  }
};
