import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { contract } from '@sallyport/contract';
import { Refused } from '../person.ts';
import { ROWS, type Scene } from './scene.ts';

/** What the server said yes to. Everything here must be there at the end. */
export interface Acknowledged {
  readonly writes: Set<string>;
  readonly reads: Set<string>;
  /** Names of apps, by id. */
  readonly apps: Map<string, string>;
  /** Every app name that was asked for, answered or not. */
  readonly asked: Set<string>;
  /** Answers that no restart explains. */
  readonly faults: Set<string>;
}

export interface Crowd {
  readonly acknowledged: Acknowledged;
  /** Lets everybody finish what they are at. */
  leave(): Promise<void>;
}

/** People at work: writing through a released query, reading long answers, and making apps. */
export function letIn(scene: Scene): Crowd {
  const acknowledged: Acknowledged = {
    writes: new Set(),
    reads: new Set(),
    apps: new Map(),
    asked: new Set(),
    faults: new Set(),
  };
  let leaving = false;
  const work = async (step: () => Promise<void>) => {
    while (!leaving) {
      try {
        await step();
      } catch (error) {
        if (error instanceof Refused && error.status < 500)
          acknowledged.faults.add(error.message.slice(0, 500));
        // The server is away: a person tries again in a moment.
        await sleep(30);
      }
    }
  };
  const everybody = [
    ...[1, 2, 3].map((n) => work(() => write(scene, acknowledged, `writer ${n}`))),
    ...[1, 2].map(() => work(() => readAll(scene, acknowledged))),
    work(() => makeApp(scene, acknowledged, () => leaving)),
  ];
  return {
    acknowledged,
    leave: async () => {
      leaving = true;
      await Promise.all(everybody);
    },
  };
}

async function write({ owner, release }: Scene, acknowledged: Acknowledged, note: string): Promise<void> {
  const run = randomUUID();
  const answer = await owner.fetch(contract.gateway.run, {
    body: { release, query: 'record', arguments: { run, note }, runId: run },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Refused(answer.status, text);
  const { end } = JSON.parse(text) as { end?: { changed: number | null; problem?: unknown } };
  if (end !== undefined && end.problem === undefined) acknowledged.writes.add(run);
}

async function readAll({ owner, release }: Scene, acknowledged: Acknowledged): Promise<void> {
  const run = randomUUID();
  const answer = await owner.fetch(contract.gateway.run, {
    body: { release, query: 'numbers', runId: run },
    headers: { accept: 'application/x-ndjson' },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Refused(answer.status, text);
  const lines = text.trimEnd().split('\n');
  const { end } = JSON.parse(lines.at(-1) ?? '{}') as { end?: { rows: number; problem?: unknown } };
  if (end === undefined || end.problem !== undefined) return;
  if (end.rows !== ROWS || lines.length !== ROWS + 2)
    acknowledged.faults.add(`an answer that says it is whole has ${lines.length - 2} of ${ROWS} rows`);
  acknowledged.reads.add(run);
}

/** Asks with one key until answered: however often the server died in between, one app is made. */
async function makeApp({ owner }: Scene, acknowledged: Acknowledged, leaving: () => boolean): Promise<void> {
  const key = randomUUID();
  const name = `App ${key}`;
  acknowledged.asked.add(name);
  for (;;) {
    try {
      const app = await owner.call(contract.apps.createApp, {
        body: { name },
        headers: { 'idempotency-key': key },
      });
      acknowledged.apps.set(app.id, name);
      break;
    } catch (error) {
      // The server died between beginning and telling, and says so: a person looks, and does not ask again.
      if (error instanceof Refused && error.code === 'idempotency_in_doubt') return;
      if (error instanceof Refused && error.status < 500) throw error;
      if (leaving()) return;
      await sleep(30);
    }
  }
  await sleep(40);
}
