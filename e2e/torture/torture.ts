import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Sallyport, startSallyport } from '../sallyport.ts';
import { compare } from './compare.ts';
import { letIn } from './people.ts';
import { setScene } from './scene.ts';

export interface TortureOptions {
  readonly rounds: number;
  /** The longest that a restart may take. */
  readonly restartWithinMs: number;
  readonly say: (line: string) => void;
}

interface Spread {
  readonly median: number;
  readonly worst: number;
}

export interface TortureReport {
  readonly rounds: number;
  readonly acknowledged: { readonly writes: number; readonly reads: number; readonly apps: number };
  readonly rows: number;
  readonly records: number;
  /** From the kill to the next answer that it is ready. */
  readonly restartMs: Spread;
  /** The same where PostgreSQL was killed with it and had to recover. */
  readonly recoveryMs: Spread;
  readonly problems: readonly string[];
}

/** Kills the server (-9) at random moments while people write and long answers stream; then compares. */
export async function torture({ rounds, restartWithinMs, say }: TortureOptions): Promise<TortureReport> {
  const sallyport = await startSallyport();
  try {
    const scene = await setScene(sallyport);
    try {
      const crowd = letIn(scene);
      const restarts: number[] = [];
      const recoveries: number[] = [];
      for (let round = 1; round <= rounds; round++) {
        await sleep(200 + Math.random() * 1_800);
        const databaseToo = round % 5 === 0;
        const ms = await killAndWait(sallyport, databaseToo);
        (databaseToo ? recoveries : restarts).push(ms);
        const { writes, reads, apps } = crowd.acknowledged;
        say(
          `round ${round}${databaseToo ? ', the database too' : ''}: back in ${Math.round(ms)} ms; ${writes.size} writes, ${reads.size} reads, ${apps.size} apps acknowledged`,
        );
      }
      await sleep(500);
      await crowd.leave();
      const { problems, rows, records } = await compare(scene, crowd.acknowledged);
      const { writes, reads, apps } = crowd.acknowledged;
      const { worst } = spread(restarts);
      return {
        rounds,
        acknowledged: { writes: writes.size, reads: reads.size, apps: apps.size },
        rows,
        records,
        restartMs: spread(restarts),
        recoveryMs: spread(recoveries),
        problems: [
          ...problems,
          ...(worst > restartWithinMs ? [`a restart took ${worst} ms`] : []),
          ...(writes.size === 0 || reads.size === 0 || apps.size === 0
            ? ['nothing was acknowledged: the test proves nothing']
            : []),
        ],
      };
    } finally {
      await scene.customer.stop();
    }
  } finally {
    await sallyport.stop();
  }
}

function spread(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b).map(Math.round);
  return { median: sorted[sorted.length >> 1] ?? 0, worst: sorted.at(-1) ?? 0 };
}

/** Every so often the database is killed with it: what a machine that loses its processes does. */
async function killAndWait(sallyport: Sallyport, databaseToo: boolean): Promise<number> {
  const pid = sallyport.serverPid();
  if (pid === undefined) throw new Error(`no server to kill: ${sallyport.said().slice(-2_000)}`);
  const began = performance.now();
  const file = join(sallyport.dataDirectory, 'postgres/cluster/data/postmaster.pid');
  const database = databaseToo ? Number((await readFile(file, 'utf8')).split('\n')[0]) : undefined;
  process.kill(pid, 'SIGKILL');
  if (database !== undefined) process.kill(database, 'SIGKILL');
  while (sallyport.serverPid() === pid) await sleep(2);
  await sallyport.untilReady();
  return performance.now() - began;
}
