import { connect, createServer, type Socket } from 'node:net';

/** Whether the server still gets what the connection is cut at; what it answers is lost then. */
export type Cut = 'before' | 'after';

/** A line to a PostgreSQL that cuts a connection at one statement, as a failing network does. */
export interface FaultyLine {
  readonly port: number;
  /** Cuts at the n-th group of messages from now, of whichever connection it comes. */
  arm(n: number, cut: Cut): void;
  /** Cuts no more; says whether it had. */
  disarm(): boolean;
  close(): void;
}

// https://www.postgresql.org/docs/current/protocol-message-formats.html
const SYNC = 'S'.charCodeAt(0);
const QUERY = 'Q'.charCodeAt(0);
const READY = 'Z'.charCodeAt(0);

export async function faultyLine(to: { readonly host: string; readonly port: number }): Promise<FaultyLine> {
  let left = Number.POSITIVE_INFINITY;
  let cut: Cut = 'before';
  let fired = false;
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
        pending = pending.subarray(group.length);
        if (group.runs && --left === 0) {
          fired = true;
          if (cut === 'before') return end();
          deaf = true;
        }
        upstream.write(group.bytes);
      }
    });
    let said = Buffer.alloc(0);
    upstream.on('data', (piece) => {
      if (!deaf) {
        client.write(piece);
        return;
      }
      // Done there, and never told.
      said = Buffer.concat([said, piece]);
      if (said.length >= 6 && said[said.length - 6] === READY) end();
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
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** The messages up to the next that makes the server work; those of a start-up and of authentication go by themselves. */
function nextGroup(from: Buffer, started: boolean) {
  if (!started) {
    const length = from.length < 4 ? undefined : from.readInt32BE(0);
    if (length === undefined || from.length < length) return undefined;
    return { length, bytes: from.subarray(0, length), runs: false };
  }
  for (let at = 0; from.length - at >= 5; ) {
    const type = from[at];
    const end = at + 1 + from.readInt32BE(at + 1);
    if (from.length < end) return undefined;
    const runs = type === SYNC || type === QUERY;
    // Parse, Bind, Describe, Execute wait for their Sync.
    if (runs || !'PBDE'.includes(String.fromCharCode(type as number)))
      return { length: end, bytes: from.subarray(0, end), runs };
    at = end;
  }
  return undefined;
}
