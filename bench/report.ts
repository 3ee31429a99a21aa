import { cpus } from 'node:os';

export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly context: Readonly<Record<string, string | number | boolean>>;
}

/** Where a benchmark says what it measured. */
export interface Report {
  add(name: string, value: number, unit: string, context?: Result['context']): void;
  readonly results: readonly Result[];
}

export interface BenchOptions {
  /** A shorter run, whose figures are rougher. */
  readonly quick: boolean;
}

/** One benchmark: measures, and adds its results. */
export type Bench = (report: Report, options: BenchOptions) => Promise<void>;

/** Prints each result as one line of JSON at once; every context carries the machine's number of cores. */
export function openReport(write: (line: string) => void): Report {
  const results: Result[] = [];
  return {
    results,
    add: (name, value, unit, context = {}) => {
      const rounded = Number(value.toPrecision(4));
      const result = { name, value: rounded, unit, context: { cores: cpus().length, ...context } };
      results.push(result);
      write(JSON.stringify(result));
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

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
