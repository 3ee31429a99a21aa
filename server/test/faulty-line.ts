import { connect, createServer, type Socket } from 'node:net';

/** Whether the server still gets what the connection is cut at; what it answers is lost then. */
export type Cut = 'before' | 'after';

/** A line to a database that cuts a connection at one statement, as a failing network does. */
export interface FaultyLine {
  readonly port: number;
  /** Cuts at the n-th group of messages from now, of whichever connection it comes. */
  arm(n: number, cut: Cut): void;
  /** Cuts no more; says whether it had. */
  disarm(): boolean;
  /** Waits until nothing is sent, half a second at most: what was begun in the background is not counted with the next. */
  quiet(): Promise<void>;
  close(): void;
}

interface Group {
  readonly length: number;
  /** Whether it makes the server work; what belongs to a start-up does not. */
  readonly runs: boolean;
}
/** The next group of messages that take effect together, when all of it is there. */
type NextGroup = (from: Buffer, started: boolean) => Group | undefined;

/** An answer has come when nothing more of it came for so long. */
const SILENCE_MS = 15;
const QUIET_MS = 25;

export async function faultyLine(
  to: { readonly host: string; readonly port: number },
  engine: 'postgres' | 'mysql' = 'postgres',
): Promise<FaultyLine> {
  const nextGroup = engine === 'postgres' ? ofPostgres : ofMysql;
  let left = Number.POSITIVE_INFINITY;
  let cut: Cut = 'before';
  let fired = false;
  let lastSent = 0;
  const open = new Set<Socket>();

  const server = createServer((client) => {
    const upstream = connect(to);
    open.add(client).add(upstream);
    const end = () => {
      client.destroy();
      upstream.destroy();
      open.delete(client);
      open.delete(upstream);
    };
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);

    // What came and is no whole group yet: statements take effect group by group, so a group is cut off whole.
    let pending = Buffer.alloc(0);
    let started = false;
    let deaf = false;
    client.on('data', (piece) => {
      pending = Buffer.concat([pending, piece]);
      for (;;) {
        const group = nextGroup(pending, started);
        if (group === undefined) return;
        started = true;
        lastSent = performance.now();
        const bytes = pending.subarray(0, group.length);
        pending = pending.subarray(group.length);
        if (group.runs && --left === 0) {
          fired = true;
          if (cut === 'before') return end();
          deaf = true;
        }
        upstream.write(bytes);
      }
    });
    let silence: NodeJS.Timeout | undefined;
    upstream.on('data', (piece) => {
      if (!deaf) {
        client.write(piece);
        return;
      }
      // Done there, and never told.
      clearTimeout(silence);
      silence = setTimeout(end, SILENCE_MS);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    arm: (n, how) => {
      left = n;
      cut = how;
      fired = false;
    },
    disarm: () => {
      left = Number.POSITIVE_INFINITY;
      return fired;
    },
    quiet: async () => {
      for (const until = performance.now() + 500; performance.now() < until; ) {
        if (performance.now() - lastSent > QUIET_MS) return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

// https://www.postgresql.org/docs/current/protocol-message-formats.html
const SYNC = 'S'.charCodeAt(0);
const QUERY = 'Q'.charCodeAt(0);

const ofPostgres: NextGroup = (from, started) => {
  if (!started) {
    const length = from.length < 4 ? undefined : from.readInt32BE(0);
    return length === undefined || from.length < length ? undefined : { length, runs: false };
  }
  for (let at = 0; from.length - at >= 5; ) {
    const type = from[at];
    const end = at + 1 + from.readInt32BE(at + 1);
    if (from.length < end) return undefined;
    const runs = type === SYNC || type === QUERY;
    // Parse, Bind, Describe, Execute wait for their Sync.
    if (runs || !'PBDE'.includes(String.fromCharCode(type as number))) return { length: end, runs };
    at = end;
  }
  return undefined;
};

/** https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_packets.html: a command begins a sequence anew. */
const ofMysql: NextGroup = (from) => {
  const length = from.length < 4 ? undefined : 4 + from.readUIntLE(0, 3);
  return length === undefined || from.length < length ? undefined : { length, runs: from[3] === 0 };
};
