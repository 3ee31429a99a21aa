import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BLOCK = 8_192;
const BLOCKS = 512;

/**
 * The disk's own rate a second of writes of 8 KiB, each followed by fdatasync. `in place`, what a commit of PostgreSQL costs
 * it at least, since its log files are made before they are written; `growing`, at the end of a file, what a plain log costs it.
 */
export function fsyncRate(seconds: number, how: 'in place' | 'growing'): number {
  const place = mkdtempSync(join(tmpdir(), 'fsync-'));
  const file = openSync(join(place, 'wal'), 'w');
  const block = Buffer.alloc(BLOCK, 1);
  try {
    if (how === 'in place') writeSync(file, Buffer.alloc(BLOCK * BLOCKS));
    fdatasyncSync(file);
    const start = performance.now();
    let count = 0;
    for (; performance.now() - start < seconds * 1_000; count++) {
      writeSync(file, block, 0, BLOCK, (how === 'in place' ? count % BLOCKS : count) * BLOCK);
      fdatasyncSync(file);
    }
    return (count * 1_000) / (performance.now() - start);
  } finally {
    closeSync(file);
    rmSync(place, { recursive: true });
  }
}
