import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BLOCK = 8_192;
const BLOCKS = 512;

/**
 * The disk's own rate a second: writes of 8 KiB in place, each followed by fdatasync. A commit of PostgreSQL costs it that
 * at least, since its log files are made before they are written.
 */
export function fsyncRate(seconds: number): number {
  const place = mkdtempSync(join(tmpdir(), 'fsync-'));
  const file = openSync(join(place, 'wal'), 'w');
  const block = Buffer.alloc(BLOCK, 1);
  try {
    writeSync(file, Buffer.alloc(BLOCK * BLOCKS));
    fdatasyncSync(file);
    const start = performance.now();
    let count = 0;
    for (; performance.now() - start < seconds * 1_000; count++) {
      writeSync(file, block, 0, BLOCK, (count % BLOCKS) * BLOCK);
      fdatasyncSync(file);
    }
    return (count * 1_000) / (performance.now() - start);
  } finally {
    closeSync(file);
    rmSync(place, { recursive: true });
  }
}
