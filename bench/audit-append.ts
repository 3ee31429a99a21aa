import pg from 'pg';
import { createAudit, events } from '../server/src/contexts/audit/index.ts';
import type { Call } from '../server/src/kernel/call.ts';
import { newId, type OrganizationId } from '../server/src/kernel/ids.ts';
import { fsyncRate } from './fsync-rate.ts';
import { ownDatabase } from './own-database.ts';
import { type Bench, median } from './report.ts';
import { benchCall, RUN_EVENT, runData } from './run-record.ts';

/** Durable appends a second by 1 and by 50 callers, the sequencer at work beside them, as in a server. */
interface Round {
  readonly fsync: number;
  readonly growing: number;
  readonly bare: number;
  readonly ours: { readonly perSecond: number; readonly count: number };
  readonly cpu: number;
}

export const auditAppend: Bench = async (report, { quick }) => {
  const database = await ownDatabase();
  const { root, db, connections } = database;
  const audit = createAudit({ db, connection: connections.system, events: { ...events, ...RUN_EVENT } });
  try {
    await audit.start(
      {
        sealKey: (key) => root.wrap(key, 'audit-signing-key'),
        openKey: (sealed) => root.unwrap(sealed, 'audit-signing-key'),
      },
      (error) => {
        throw error;
      },
      () => undefined,
    );
    const organization = newId<OrganizationId>();
    const call = benchCall(organization);
    const append = (i: number) =>
      audit.append(organization, { ...call, requestId: newId() } as Call, runData(i));
    // In turn, so that a disk or a machine that is slower for a while is so for each of them.
    const rounds = quick ? 3 : 7;
    const plain = await bareInsert(database.owner);
    for (const callers of [1, 50]) {
      await rate(append, callers, 1);
      const taken: Round[] = [];
      for (let round = 0; round < rounds; round++) {
        const fsync = fsyncRate(0.4, 'in place');
        const growing = fsyncRate(0.4, 'growing');
        const bare = await rate(plain.insert, 1, 0.6);
        const cpu = process.cpuUsage();
        const ours = await rate(append, callers, 1.2);
        const used = process.cpuUsage(cpu);
        taken.push({
          fsync,
          growing,
          bare: bare.perSecond,
          ours,
          cpu: (used.user + used.system) / ours.count,
        });
      }
      const of = (get: (one: Round) => number) => median(taken.map(get));
      report.add(
        `audit.append.c${callers}`,
        of((one) => one.ours.perSecond),
        'appends/s',
        {
          fsync: Math.round(of((one) => one.fsync)),
          ofFsync: Number(of((one) => one.ours.perSecond / one.fsync).toFixed(2)),
          // Which of both is to be a half, the design does not say: decision 21.
          ofFsyncGrowing: Number(of((one) => one.ours.perSecond / one.growing).toFixed(2)),
          // What one append takes beside its flush.
          ...(callers === 1 && {
            beyondFlushMicros: Math.round(of((one) => 1e6 / one.ours.perSecond - 1e6 / one.fsync)),
          }),
          ofOneBareInsert: Number(of((one) => one.ours.perSecond / one.bare).toFixed(2)),
          cpuMicrosEach: Math.round(of((one) => one.cpu)),
        },
      );
    }
    await plain.close();
  } finally {
    await audit.close();
    await database.close();
  }
};

async function rate(append: (i: number) => Promise<void>, callers: number, seconds: number) {
  const start = performance.now();
  const until = start + seconds * 1_000;
  let count = 0;
  const caller = async () => {
    while (performance.now() < until) {
      await append(count);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return { count, perSecond: (count * 1_000) / (performance.now() - start) };
}

/** What any durable append costs at least here: one short row, one prepared statement, one caller. */
async function bareInsert(owner: pg.ClientConfig) {
  const client = new pg.Client(owner);
  await client.connect();
  await client.query(
    'create table bench_bare (id bigint generated always as identity primary key, text text)',
  );
  const statement = { name: 'bare', text: 'insert into bench_bare (text) values ($1)' };
  return {
    insert: async (i: number) => {
      await client.query({ ...statement, values: [`${i}`.padEnd(1_000, '.')] });
    },
    close: () => client.end(),
  };
}
