import { connect, type Socket } from 'node:net';

/** One request as bytes, sent again and again over kept connections. */
export interface Request {
  readonly port: number;
  readonly bytes: Buffer;
}

export function request(
  port: number,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Request {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`]),
  ];
  return { port, bytes: Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`) };
}

/**
 * How long both sides of a comparison are used before they are measured. The engine goes on improving its code for some
 * 50,000 runs, over which a run comes to need half of its processor time; a server at work has had them.
 */
export const WARM_SECONDS = 15;

export interface Load {
  readonly perSecond: number;
  readonly count: number;
  readonly bytesEach: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** What one connection sends, one request after the other. */
export type Caller = () => Request;

/**
 * Sends from so many connections for so long: the same request again and again, or what the caller of each connection
 * says. An answer that is not 200 ends it with its text; with `onRefused`, it is told of and the connection goes on.
 */
export async function load(
  to: Request | ((connection: number) => Caller),
  connections: number,
  seconds: number,
  onRefused?: (error: unknown) => void,
): Promise<Load> {
  const times: number[] = [];
  let bytes = 0;
  const until = performance.now() + seconds * 1_000;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      const next = typeof to === 'function' ? to(connection) : () => to;
      let request = next();
      const line = await open(request.port);
      try {
        while (performance.now() < until) {
          const before = performance.now();
          try {
            const length = await line.exchange(request.bytes);
            bytes += length;
            times.push(performance.now() - before);
          } catch (error) {
            if (onRefused === undefined) throw error;
            onRefused(error);
          }
          request = next();
        }
      } finally {
        line.socket.destroy();
      }
    }),
  );
  const elapsed = performance.now() - started;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    perSecond: (times.length * 1_000) / elapsed,
    count: times.length,
    bytesEach: bytes / times.length,
    p50: at(0.5),
    p99: at(0.99),
  };
}

interface Line {
  readonly socket: Socket;
  /** Sends, and resolves with the number of bytes of the whole answer. */
  exchange(bytes: Buffer): Promise<number>;
}

const END = Buffer.from('0\r\n\r\n');

async function open(port: number): Promise<Line> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let read: (piece: Buffer) => void = () => undefined;
  let failed: (error: Error) => void = () => undefined;
  socket.on('data', (piece) => read(piece));
  socket.on('error', (error) => failed(error));
  socket.on('close', () => failed(new Error('the connection was closed')));
  return {
    socket,
    exchange: (bytes) =>
      new Promise((resolve, reject) => {
        failed = reject;
        let total = 0;
        let needed = -1;
        let tail: Buffer = Buffer.alloc(0);
        read = (piece) => {
          total += piece.length;
          if (needed === -1) {
            const text = piece.toString('latin1');
            const head = text.indexOf('\r\n\r\n');
            if (!text.startsWith('HTTP/1.1 200')) return reject(new Error(text.slice(0, 1_500)));
            const length = /content-length: (\d+)/i.exec(text.slice(0, head))?.[1];
            needed = length === undefined ? 0 : head + 4 + Number(length);
          }
          tail = piece.length >= 5 ? piece.subarray(-5) : Buffer.concat([tail, piece]).subarray(-5);
          if (needed > 0 ? total >= needed : tail.equals(END)) resolve(total);
        };
        socket.write(bytes);
      }),
  };
}
