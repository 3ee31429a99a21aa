import { load } from './load.ts';
import type { Bench } from './report.ts';
import { runServer } from './run-server.ts';

const DEPTH = 200_000;
const ROWS = `create table deep as select n as id, timestamptz '2025-01-01' + n % 5000 * interval '1 minute' as placed,
  'customer number ' || n as name, md5(n::text) as note from generate_series(1, 250000) n`;

/** A page of 50 rows at a depth of 200,000, by position and by offset, in an order that an index has. */
export const windowDeep: Bench = async (report, { quick }) => {
  const server = await runServer(
    [
      ROWS,
      'alter table deep add primary key (id)',
      'alter table deep alter column placed set not null',
      'create index deep_placed on deep (placed, id)',
      'vacuum analyze deep',
    ],
    { deep: { text: 'select id, placed, name, note from deep', windowed: true } },
  );
  const seconds = quick ? 1 : 4;
  const page = (window: object) => server.run('deep', { window: { limit: 50, ...window } });
  try {
    for (const [name, column, total] of [
      ['id', 'id', false],
      ['placed', 'placed', false],
      // As a table asks: it also says how many there are, and which of them these are.
      ['total', 'placed', true],
    ] as const) {
      const sort = [{ column, direction: 'asc' }];
      // The last row of the page before.
      const { rows, position = [] } = await server.answer('deep', { limit: 1, sort, offset: DEPTH - 1 });
      const after = Object.fromEntries(position.map((one) => [one, rows[0]?.[one]]));
      const rounds = [];
      for (let round = 0; round < 3; round++) {
        const counted = await load(page({ sort, total, offset: DEPTH }), 1, seconds);
        const beside = await load(page({ sort, total, after }), 1, seconds);
        rounds.push({ counted, beside });
      }
      rounds.sort((a, b) => a.counted.p50 / a.beside.p50 - b.counted.p50 / b.beside.p50);
      const { counted, beside } = rounds[1]!;
      report.add(`window.deep.${name}`, counted.p50 / beside.p50, 'times as fast as by offset', {
        positionMs: Number(beside.p50.toFixed(2)),
        offsetMs: Number(counted.p50.toFixed(2)),
      });
    }
  } finally {
    await server.close();
  }
};
