import { write, writeSync } from 'node:fs';

const FD = 1;
const FLUSH_MS = 500;
const AT_ONCE = 64 * 1024;
const MOST = 8 * 1024 * 1024;
/** How long the end of the process waits for a reader that stands still. */
const LAST_WAIT_MS = 1_000;

/**
 * Lines leave together, twice a second, when `flush` says so, and the rest when the process ends. So a line for each
 * request costs little, and a reader of the log that stands still holds nobody up: beyond 8 MB, lines are dropped, and a
 * line in their place says how many. What cannot be written, since the reader has gone or the disk is full, is tried again
 * with the lines after it; the process goes on, and ends, all the same.
 */
export function standardOutput(): StandardOutput {
  shared ??= open();
  return shared;
}

interface StandardOutput {
  write(line: string): void;
  flush(): void;
}

let shared: StandardOutput | undefined;

function open(): StandardOutput {
  let lines: string[] = [];
  let length = 0;
  let dropped = 0;
  let rest: Buffer = Buffer.alloc(0);
  let writing = false;
  let since = 0;

  const next = (): Buffer => {
    if (rest.length === 0 && lines.length + dropped > 0) {
      if (dropped > 0) lines.push(gapOf(dropped));
      rest = Buffer.from(lines.join(''));
      lines = [];
      length = 0;
      dropped = 0;
    }
    return rest;
  };
  const flush = (): void => {
    if (writing || next().length === 0) return;
    writing = true;
    since = performance.now();
    write(FD, rest, (error, written) => {
      writing = false;
      if (error !== null) return;
      rest = rest.subarray(written);
      flush();
    });
  };
  setInterval(flush, FLUSH_MS).unref();
  process.once('exit', () => {
    // What is being written is in the hands of the system, and is to come first.
    if (writing) {
      // The reader stands still, and the process would not end before that write does.
      if (performance.now() - since > LAST_WAIT_MS) process.kill(process.pid, 'SIGKILL');
      rest = Buffer.alloc(0);
      pause(50);
    }
    const deadline = performance.now() + LAST_WAIT_MS;
    while (next().length > 0) {
      try {
        rest = rest.subarray(writeSync(FD, rest));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || performance.now() > deadline) return;
        pause(10);
      }
    }
  });
  return {
    write: (line) => {
      // After the first that is dropped, so are shorter ones: the gap is in one place.
      if (dropped > 0 || length + line.length > MOST) {
        dropped += 1;
        return;
      }
      lines.push(line);
      length += line.length;
      if (length > AT_ONCE) flush();
    },
    flush,
  };
}

/** In the form of the other lines, and at any level: who reads the log has to know that it is not whole. */
function gapOf(dropped: number): string {
  const time = new Date().toISOString();
  const msg = 'lines were dropped here: nobody took the log for too long';
  return `${JSON.stringify({ level: 'warn', time, dropped, msg })}\n`;
}

/** Where no event loop runs any more. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
