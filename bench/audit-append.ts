import { createAudit, events } from '../server/src/contexts/audit/index.ts';
import type { Call } from '../server/src/kernel/call.ts';
import { newId, type OrganizationId } from '../server/src/kernel/ids.ts';
import { ownDatabase } from './own-database.ts';
import type { Bench } from './report.ts';
import { benchCall, RUN_EVENT, runData } from './run-record.ts';

/** Durable appends a second by 1 and by 50 callers, the sequencer at work beside them, as in a server. */
export const auditAppend: Bench = async (report, { quick }) => {
  const fsync = report.fsyncRate();
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
    );
    const organization = newId<OrganizationId>();
    const call = benchCall(organization);
    const append = (i: number) =>
      audit.append(organization, { ...call, requestId: newId() } as Call, runData(i));
    const seconds = quick ? 2 : 8;
    for (const callers of [1, 50]) {
      await rate(append, callers, 1);
      const cpu = process.cpuUsage();
      const { perSecond, count } = await rate(append, callers, seconds);
      const used = process.cpuUsage(cpu);
      report.add(`audit.append.c${callers}`, perSecond, 'appends/s', {
        fsync,
        ofFsync: Number((perSecond / fsync).toFixed(2)),
        cpuMicrosEach: Math.round((used.user + used.system) / count),
      });
    }
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
