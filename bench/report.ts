import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly context: Readonly<Record<string, string | number | boolean>>;
}

/** Where a benchmark says what it measured. */
export interface Report {
  add(name: string, value: number, unit: string, context?: Result['context']): void;
  /** The disk's own rate of durable writes, a second; measured once a run. */
  fsyncRate(): number;
  readonly results: readonly Result[];
}

export interface BenchOptions {
  /** A shorter run, whose figures are rougher. */
  readonly quick: boolean;
}

/** One benchmark: measures, and adds its results. */
export type Bench = (report: Report, options: BenchOptions) => Promise<void>;

/** Prints each result as one line of JSON at once; every context carries the machine's number of cores. */
export function openReport(folder: string, write: (line: string) => void): Report {
  const results: Result[] = [];
  let rate: number | undefined;
  return {
    results,
    add: (name, value, unit, context = {}) => {
      const rounded = Number(value.toPrecision(4));
      const result = { name, value: rounded, unit, context: { cores: cpus().length, ...context } };
      results.push(result);
      write(JSON.stringify(result));
    },
    fsyncRate: () => {
      rate ??= measureFsync(folder);
      return rate;
    },
  };
}

/** The results side by side, for people. */
export function tableOf(results: readonly Result[]): string {
  const rows = results.map(({ name, value, unit, context }) => [
    name,
    `${value.toLocaleString('en-GB')} ${unit}`,
    Object.entries(context)
      .filter(([key]) => key !== 'cores')
      .map(([key, one]) => `${key} ${one}`)
      .join(', '),
  ]);
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(([name = '', value = '', context = '']) => {
      return `${name.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${context}`.trimEnd();
    })
    .join('\n');
}

/** Overwrites of 8 KiB, each followed by fdatasync: what a commit costs the disk at least. */
function measureFsync(folder: string): number {
  const place = mkdtempSync(join(folder, 'fsync-'));
  const file = openSync(join(place, 'wal'), 'w');
  const block = Buffer.alloc(8192, 1);
  try {
    writeSync(file, Buffer.alloc(8192 * 512));
    fdatasyncSync(file);
    const start = performance.now();
    let count = 0;
    for (; performance.now() - start < 1_000; count++) {
      writeSync(file, block, 0, block.length, (count % 512) * 8192);
      fdatasyncSync(file);
    }
    return Math.round((count * 1_000) / (performance.now() - start));
  } finally {
    closeSync(file);
    rmSync(place, { recursive: true });
  }
}
