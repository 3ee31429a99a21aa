import { partsOf } from '../../lib/parts-of.ts';
import { seenText } from '../../lib/seen-text.ts';
import { shownText } from '../engine/shown-text.ts';
import { wallTime } from '../engine/zone-time.ts';

interface ChartSeries {
  readonly name: string;
  /** What is drawn; null where there is nothing, or no number. */
  readonly values: readonly (number | null)[];
  /** The same as it came, with all its digits. */
  readonly written: readonly unknown[];
}

export interface ChartData {
  readonly x: string;
  readonly categories: readonly string[];
  /** The categories as numbers, where every one is: a scatter stands them at their distance. */
  readonly numbers: readonly number[] | null;
  readonly series: readonly ChartSeries[];
  readonly rows: number;
  /** Columns of numbers that are not drawn, since nobody named them and there are many. */
  readonly others: readonly string[];
  /** Why there is nothing to draw, for the builder. */
  readonly problem?: string;
}

/** Rows that say which columns there are. */
const LOOKED_AT = 50;

/** Columns that are drawn where none is named. */
const MOST_SERIES = 5;

const listed = new Intl.ListFormat('en');
const named = (names: readonly string[]): string => listed.format(names.map((name) => `“${name}”`));

/** What a chart leaves out of its data, in words: a pie has one ring, and what is no number has no place. */
export function leftOut({ series, others }: ChartData, type: string): string | undefined {
  const drawn = type === 'pie' ? series.slice(0, 1) : series;
  const apart = [...series.slice(drawn.length).map(({ name }) => name), ...others];
  const odd = drawn.reduce(
    (sum, { values, written }) =>
      sum + written.filter((value, i) => values[i] === null && !isNothing(value)).length,
    0,
  );
  const said = [
    ...(apart.length > 0 ? [`${named(apart)} ${apart.length === 1 ? 'is' : 'are'} not shown.`] : []),
    ...(odd > 0
      ? [`${odd} ${odd === 1 ? 'value is not a number' : 'values are not numbers'} that can be shown.`]
      : []),
  ];
  return said.length === 0 ? undefined : said.join(' ');
}

/** Why a pie cannot show what a chart of another type can: it would leave out what is below zero, and shares would be others. */
export const pieProblem = ({ series: [first] }: ChartData): string | undefined =>
  first?.values.some((value) => value !== null && value < 0)
    ? `A pie shows no values below zero, and “${first.name}” has some.`
    : undefined;

type Row = Readonly<Record<string, unknown>>;
const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNothing = (value: unknown): boolean => value === null || value === undefined || value === '';
const numberOf = (value: unknown): number | null => {
  if (isNothing(value) || typeof value === 'boolean' || typeof value === 'object') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
};

const isTime = (text: string): boolean => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text);

/** Times are the person's, to the minute; where each is a midnight, as those of weeks and months are, they are days. */
function categoryNames(texts: readonly string[]): string[] {
  const clocks = texts.map((text) => (isTime(text) ? (wallTime(text)?.slice(0, 16) ?? text) : text));
  const days = texts.every((text, at) => !isTime(text) || clocks[at]?.endsWith(' 00:00'));
  return clocks.map((clock, at) => (days && isTime(texts[at] ?? '') ? clock.slice(0, 10) : clock) || '—');
}

/**
 * The columns to draw. With none named: the first column as category, and every other whose values are numbers (decimals
 * arrive as text and count as numbers here).
 */
export function chartData(given: unknown, x: string, y: string): ChartData {
  const none: ChartData = { x, categories: [], numbers: null, series: [], rows: 0, others: [] };
  const rows = Array.isArray(given) ? given.filter(isRow) : [];
  const first = rows[0];
  if (first === undefined)
    return given === null || (Array.isArray(given) && given.length === 0)
      ? none
      : { ...none, problem: 'The data is not a list of rows.' };
  // An API leaves out of a row what it has nothing for.
  const names = [...new Set(rows.slice(0, LOOKED_AT).flatMap((row) => Object.keys(row)))];
  const category = x !== '' ? x : (names[0] ?? '');
  const numeric = (name: string) => rows.slice(0, LOOKED_AT).some((row) => numberOf(row[name]) !== null);
  const wanted = partsOf(y);
  const all = wanted.length > 0 ? wanted : names.filter((name) => name !== category && numeric(name));
  const chosen = wanted.length > 0 ? all : all.slice(0, MOST_SERIES);
  const missing = [category, ...chosen].find((name) => !names.includes(name));
  if (missing !== undefined) return { ...none, problem: `The data has no column “${missing}”.` };
  if (chosen.length === 0) return { ...none, problem: 'No column holds numbers.' };
  const numbers = rows.map((row) => numberOf(row[category]));
  return {
    x: category,
    numbers: numbers.every((one) => one !== null) ? numbers : null,
    categories: categoryNames(rows.map((row) => seenText(shownText(row[category])))),
    series: chosen.map((name) => {
      const written = rows.map((row) => row[name]);
      return { name, values: written.map(numberOf), written };
    }),
    rows: rows.length,
    others: all.slice(chosen.length),
  };
}
