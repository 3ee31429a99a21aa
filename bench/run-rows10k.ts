import { generatorLimit } from './generator-limit.ts';
import { load } from './load.ts';
import type { Bench } from './report.ts';
import { runServer } from './run-server.ts';

/** 10,000 rows of 8 columns, about 1.9 MB as JSON. */
const ROWS = `create table rows10k as select n as id, 'customer number ' || n as name,
  'person' || n || '@customer.example' as email, (n::bigint * 7919 % 100000)::float8 / 100 as total, n % 3 = 0 as paid,
  date '2025-01-01' + n % 365 as placed, timestamptz '2025-01-01' + n * interval '1 minute' as updated,
  repeat(md5(n::text), 2) as note from generate_series(1, 10000) n`;

/** Answers a second of 10,000 rows, as a share of the bare proxy's. */
export const runRows10k: Bench = async (report, { quick }) => {
  const server = await runServer([ROWS, 'vacuum analyze rows10k'], {
    rows: { text: 'select * from rows10k', maxRows: 10_000 },
  });
  const seconds = quick ? 2 : 5;
  try {
    for (const to of [server.bare('rows'), server.run('rows')]) await load(to, 4, 1);
    for (const connections of [1, 16]) {
      const rounds = [];
      for (let round = 0; round < 3; round++) {
        const bare = await load(server.bare('rows'), connections, seconds);
        const ours = await load(server.run('rows'), connections, seconds);
        rounds.push({ bare, ours });
      }
      rounds.sort((a, b) => a.ours.perSecond / a.bare.perSecond - b.ours.perSecond / b.bare.perSecond);
      const { bare, ours } = rounds[1] ?? rounds[0]!;
      report.add(`run.rows10k.c${connections}`, ours.perSecond / bare.perSecond, 'of the bare proxy', {
        ours: Number(ours.perSecond.toFixed(1)),
        bare: Number(bare.perSecond.toFixed(1)),
        megabytesEach: Number((ours.bytesEach / 1e6).toFixed(2)),
        p99Ms: Math.round(ours.p99),
        generatorLimit: Math.round(await generatorLimit(connections, ours.bytesEach)),
      });
    }
  } finally {
    await server.close();
  }
};
