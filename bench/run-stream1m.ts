import type { Socket } from 'node:net';
import pg from 'pg';
import { load } from './load.ts';
import type { Bench } from './report.ts';
import { type RunServer, runServer } from './run-server.ts';

const TABLE = `create table rows1m as select n as id, 'customer number ' || n as name,
  (n::bigint * 7919 % 100000)::float8 / 100 as total, date '2025-01-01' + n % 365 as placed from generate_series(1, 1000000) n`;

/** Rows a second of 1,000,000 rows to the client, as a share of COPY of the same JSON read raw; growth of memory. */
export const runStream1m: Bench = async (report, { quick }) => {
  const server = await runServer([TABLE, 'vacuum analyze rows1m'], {
    rows: { text: 'select * from rows1m', maxRows: 10_000_000, timeoutMs: 600_000 },
    few: { text: 'select * from rows1m limit 20000', maxRows: 10_000_000 },
  });
  try {
    // A long answer of each kind first, so that growth is of the stream and not of code that is compiled.
    await load(server.run('few', { ndjson: true }), 4, 2);
    const before = await server.memory();
    const stop = watch(server);
    const rounds = [];
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      const copy = await rawCopy(server.customerUrl);
      const ours = await load(server.run('rows', { ndjson: true }), 1, 0.5);
      rounds.push({ copy, ours: 1_000_000 * ours.perSecond });
    }
    const peak = stop();
    rounds.sort((a, b) => a.ours / a.copy - b.ours / b.copy);
    const { copy, ours } = rounds[Math.floor(rounds.length / 2)] ?? rounds[0]!;
    report.add('run.stream1m', ours / copy, 'of COPY read raw', {
      oursRowsPerSecond: Math.round(ours),
      copyRowsPerSecond: Math.round(copy),
    });
    report.add('run.stream1m.memory', (peak - before) / 1024 ** 2, 'MB grown', {
      before: Math.round(before / 1024 ** 2),
      peak: Math.round(peak / 1024 ** 2),
    });
  } finally {
    await server.close();
  }
};

/** Looks at the resident memory every 20 ms; the returned function stops, and tells the highest. */
function watch(server: RunServer): () => number {
  let peak = 0;
  const look = async () => {
    peak = Math.max(peak, await server.memory());
  };
  const timer = setInterval(look, 20);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

/** Rows a second of the same JSON through COPY, as it comes from the socket and is thrown away. */
async function rawCopy(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  const started = performance.now();
  stream.removeAllListeners('data');
  const done = new Promise<void>((resolve) => {
    let tail: Buffer = Buffer.alloc(0);
    stream.on('data', (piece: Buffer) => {
      tail = Buffer.concat([tail, piece.subarray(-6)]).subarray(-6);
      if (tail.equals(READY)) resolve();
    });
  });
  client.on('error', () => undefined);
  client.query('copy (select row_to_json(t) from rows1m t) to stdout').catch(() => undefined);
  await done;
  const perSecond = 1_000_000 / ((performance.now() - started) / 1_000);
  stream.destroy();
  return perSecond;
}

/** ReadyForQuery, outside of a transaction. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
