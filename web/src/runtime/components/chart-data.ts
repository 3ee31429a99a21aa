export interface ChartData {
  readonly x: string;
  readonly categories: readonly string[];
  /** The categories as numbers, where every one is: a scatter stands them at their distance. */
  readonly numbers: readonly number[] | null;
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  readonly rows: number;
  /** Why there is nothing to draw, for the builder. */
  readonly problem?: string;
}

/** Rows that say which columns there are. */
const LOOKED_AT = 50;

/** Why a pie cannot show what a chart of another type can: it would leave out what is below zero, and shares would be others. */
export const pieProblem = ({ series: [first] }: ChartData): string | undefined =>
  first?.values.some((value) => value !== null && value < 0)
    ? `A pie shows no values below zero, and “${first.name}” has some.`
    : undefined;

type Row = Readonly<Record<string, unknown>>;
const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const numberOf = (value: unknown): number | null => {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
};

/**
 * The columns to draw. With none named: the first column as category, and every other whose values are numbers (decimals
 * arrive as text and count as numbers here).
 */
export function chartData(given: unknown, x: string, y: string): ChartData {
  const none: ChartData = { x, categories: [], numbers: null, series: [], rows: 0 };
  const rows = Array.isArray(given) ? given.filter(isRow) : [];
  const first = rows[0];
  if (first === undefined)
    return Array.isArray(given) || given === null
      ? none
      : { ...none, problem: 'The data is not a list of rows.' };
  // An API leaves out of a row what it has nothing for.
  const names = [...new Set(rows.slice(0, LOOKED_AT).flatMap((row) => Object.keys(row)))];
  const category = x !== '' ? x : (names[0] ?? '');
  const numeric = (name: string) => rows.slice(0, LOOKED_AT).some((row) => numberOf(row[name]) !== null);
  const wanted = y
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const chosen =
    wanted.length > 0 ? wanted : names.filter((name) => name !== category && numeric(name)).slice(0, 5);
  const missing = [category, ...chosen].find((name) => !names.includes(name));
  if (missing !== undefined) return { ...none, problem: `The data has no column “${missing}”.` };
  if (chosen.length === 0) return { ...none, problem: 'No column holds numbers.' };
  const numbers = rows.map((row) => numberOf(row[category]));
  return {
    x: category,
    numbers: numbers.every((one) => one !== null) ? numbers : null,
    categories: rows.map((row) => String(row[category] ?? '') || '—'),
    series: chosen.map((name) => ({ name, values: rows.map((row) => numberOf(row[name])) })),
    rows: rows.length,
  };
}
