import type { Duplex } from 'node:stream';

const HEADER = 5;
const ERROR = 69;
const NOTICE = 78;
/** The server makes no larger message. How much is read of one is for whoever reads: a row that is too large is told as that. */
const LARGEST = 1024 * 1024 * 1024;
/** An error or a notice is a few sentences. */
const LARGEST_REPORT = 1024 * 1024;

/**
 * Stands before the driver's parser, which trusts the server: what it throws would end the process, and a report
 * without its end would keep it reading for ever. Anything malformed ends the connection instead. `attach` is what
 * puts the parser on the stream.
 */
export function guardStream(stream: Duplex, attach: () => void): void {
  const check = frameCheck();
  const on = stream.on;
  stream.on = function guarded(event: string, listener: (chunk: Buffer) => void) {
    if (event !== 'data') return on.call(stream, event, listener as () => void);
    return on.call(stream, event, (chunk: Buffer) => {
      try {
        check(chunk);
        listener(chunk);
      } catch (error) {
        stream.destroy(error instanceof Error ? error : new Error('malformed message'));
      }
    });
  } as typeof stream.on;
  try {
    attach();
  } finally {
    stream.on = on;
  }
}

const NONE: Buffer = Buffer.alloc(0);

/** Follows the frames of the protocol and reads reports whole. Throws on what no server sends. */
function frameCheck(): (chunk: Buffer) => void {
  let header = NONE;
  let remaining = 0;
  let report: Buffer[] | undefined;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (remaining === 0) {
        const whole = header.length === 0 && chunk.length - at >= HEADER;
        const part = whole ? chunk : Buffer.concat([header, chunk.subarray(at, at + HEADER - header.length)]);
        if (!whole) at += part.length - header.length;
        if (part.length < HEADER) {
          header = part;
          return;
        }
        const from = whole ? at : 0;
        const code = part[from]!;
        remaining = part.readUInt32BE(from + 1) - 4;
        if (whole) at += HEADER;
        header = NONE;
        report = code === ERROR || code === NOTICE ? [] : undefined;
        if (remaining < 0 || remaining > (report === undefined ? LARGEST : LARGEST_REPORT))
          throw new Error('a message of an impossible length');
        if (remaining === 0) {
          if (report !== undefined) checkReport(NONE);
          continue;
        }
      }
      const take = Math.min(remaining, chunk.length - at);
      report?.push(chunk.subarray(at, at + take));
      remaining -= take;
      at += take;
      if (remaining === 0 && report !== undefined) checkReport(Buffer.concat(report));
    }
  };
}

/** Fields of one letter and a text that ends in a zero, and a zero after the last. */
function checkReport(body: Buffer): void {
  let at = 0;
  while (body[at] !== 0) {
    const end = body.indexOf(0, at + 1);
    if (at >= body.length || end < 0) throw new Error('a report without its end');
    at = end + 1;
  }
}
