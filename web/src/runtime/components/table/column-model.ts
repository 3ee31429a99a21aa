import {
  hasOrder,
  isClockType,
  labelOf,
  type ResultColumn,
  type TableColumn,
  type ValueType,
} from '@sallyport/contract';
import { isClockTime } from '../../engine/clock-time.ts';
import { isKeyLike } from '../key-like.ts';
import { cellOf } from './row-key.ts';

export type CellKind = Exclude<TableColumn['format'], 'auto'>;

/** A column as the table shows it. */
export interface Column {
  readonly name: string;
  readonly label: string;
  readonly kind: CellKind;
  /** What the source says it is; null when nobody says. */
  readonly type: ValueType | 'binary' | null;
  /** A time without a zone. */
  readonly clock: boolean;
  /** A length of time, which PostgreSQL writes as `P12DT2H`. */
  readonly interval: boolean;
  /** Rows can be sorted by it. */
  readonly ordered: boolean;
  readonly currency: string;
  readonly width: number | null;
  /** Not shown until a person asks for it. */
  readonly hidden: boolean;
  readonly right: boolean;
  /** Digits are grouped: not for keys, years and codes. */
  readonly grouped: boolean;
}

type Row = Readonly<Record<string, unknown>>;
const KINDS: Readonly<Record<ValueType | 'binary', CellKind>> = {
  text: 'text',
  integer: 'number',
  decimal: 'number',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'datetime',
  uuid: 'text',
  json: 'json',
  binary: 'text',
};

/** The first values of a column. */
const valuesOf = (rows: readonly Row[], name: string): readonly unknown[] =>
  rows
    .slice(0, 30)
    .map((row) => cellOf(row, name))
    .filter((value) => value !== null && value !== undefined);

function typeOfValues(values: readonly unknown[]): ValueType | null {
  const [value] = values;
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'decimal';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'object') return 'json';
  if (typeof value !== 'string') return null;
  const every = (form: RegExp) => values.every((one) => typeof one === 'string' && form.test(one));
  if (every(/^\d{4}-\d{2}-\d{2}$/)) return 'date';
  return every(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/) ? 'timestamp' : 'text';
}

/** A number as a source writes it: a text with other digits before it, or words behind it, was made by the app. */
const isFigure = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value));

/**
 * The column of numbers that an expression hands on as it read it, by its name. Decimals and long integers are texts, which
 * alone would say nothing of it.
 */
function handedOn(
  name: string,
  read: readonly ResultColumn[],
  rows: readonly Row[],
): ResultColumn | undefined {
  const column = read.find((one) => one.name === name);
  if (column?.type !== 'decimal' && column?.type !== 'integer') return undefined;
  const values = valuesOf(rows, name);
  return values.length > 0 && values.every(isFigure) ? column : undefined;
}

const FIGURES: ReadonlySet<string> = new Set(['number', 'currency', 'percent']);

/** Of a result whose columns nobody listed: drawing thousands takes seconds. A person shows others. */
export const MOST_UNLISTED = 100;

/**
 * The columns that a table can show: those listed, or every one of the result, the first of them at first. Types come from
 * the source when it says; of rows by an expression, `read` are the columns of the queries that it reads.
 */
export function columnModel(
  listed: readonly Partial<TableColumn>[],
  result: readonly ResultColumn[] | null,
  rows: readonly Row[],
  keys: readonly string[],
  read: readonly ResultColumn[] = [],
): readonly Column[] {
  // Of rows by an expression, each may have what no other has.
  const names = result?.map((column) => column.name) ?? [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const known = new Map(result?.map((column) => [column.name, column]));
  const settings = listed.length > 0 ? listed : names.map((name) => ({ name }));
  return settings.flatMap((setting: Partial<TableColumn>, at) => {
    const name = setting.name ?? '';
    if (name === '') return [];
    const column = known.get(name) ?? handedOn(name, read, rows);
    const format = setting.format ?? 'auto';
    // JSON has no dates: of an API's texts, what they are says it, and that the app shows them as figures.
    const values = column === undefined || column.engineType === 'string' ? valuesOf(rows, name) : null;
    const figures = column?.engineType === 'string' && FIGURES.has(format);
    const said = values === null ? null : typeOfValues(values);
    const type = figures ? 'decimal' : (said ?? column?.type ?? null);
    const clock = values === null ? isClockType(column?.engineType ?? '') : isClockTime(values[0]);
    const kind = format === 'auto' ? (type === null ? 'text' : KINDS[type]) : format;
    return [
      {
        name,
        label: setting.label || labelOf(name),
        kind,
        type,
        clock,
        interval: /^interval\b/.test(column?.engineType ?? ''),
        ordered: column === undefined ? type !== 'json' : hasOrder(column),
        currency: setting.currency || 'EUR',
        width: setting.width ?? null,
        hidden: setting.hidden === true || (listed.length === 0 && at >= MOST_UNLISTED),
        right:
          kind === 'number' ||
          kind === 'currency' ||
          kind === 'percent' ||
          kind === 'date' ||
          kind === 'datetime',
        grouped:
          !keys.includes(name) && !isKeyLike(name) && !/^year$|zerofill$/.test(column?.engineType ?? ''),
      },
    ];
  });
}

/** Shares are whole numbers: of less than one in all, a grid would leave room empty. */
const WIDTHS: Readonly<Record<CellKind, string>> = {
  text: 'minmax(140px, 10fr)',
  link: 'minmax(140px, 10fr)',
  json: 'minmax(160px, 10fr)',
  tag: 'minmax(96px, 6fr)',
  number: '96px',
  currency: '120px',
  percent: '96px',
  boolean: '84px',
  date: '112px',
  datetime: '120px',
};
const PER_LETTER = 7;
const AROUND_HEAD = 40;
/** Of figures, which are all as wide as the widest: of Inter at 13 px, 8.43. */
const PER_FIGURE = 8.5;
const AROUND_TEXT = 26;
const WIDEST = 240;
/** The first text says what a row is: it is read in full before the others are, up to here. */
const LEAD = 220;
/** So is the state that a tag says; and what is around its letters. */
const MOST_TAG = 180;
const AROUND_TAG = 38;
/** What the ends of a row have beside their cells' own: the margin, or the arrow that opens it. */
const END = 8;
const OPENS = 32;

/**
 * The track of a column. A width that a person chose wins, no head is cut while there is room for it, and no figure,
 * which would be read as another. `longest`: letters of its longest text, when rows are there; a column of codes leaves
 * its room to others.
 */
export const trackOf = (
  column: Column,
  chosen?: number,
  longest?: number,
  beside = 0,
  leads = false,
): string => {
  const width = chosen ?? column.width;
  if (width !== null && width !== undefined) return `${width}px`;
  const head = Math.min(220, column.label.length * PER_LETTER + AROUND_HEAD);
  const needed = Math.min(WIDEST, Math.ceil((longest ?? 0) * PER_FIGURE) + AROUND_TEXT);
  const usual = Number(/\d+/.exec(WIDTHS[column.kind])?.[0]);
  if (column.kind === 'text' && longest !== undefined && needed < usual)
    return `minmax(${Math.max(head, needed) + beside}px, 5fr)`;
  const lead = Math.min(LEAD, Math.ceil((longest ?? 0) * PER_LETTER) + AROUND_TEXT);
  const tag = Math.min(MOST_TAG, Math.ceil((longest ?? 0) * PER_LETTER) + AROUND_TAG);
  const read = column.right ? needed : column.kind === 'tag' ? tag : leads ? lead : 0;
  const least = Math.max(usual, head, read) + beside;
  return WIDTHS[column.kind].replace(/\d+/, String(least));
};

/**
 * The tracks of a table. Texts share the room that is left, since a figure far from its head is hard to read; where
 * no text is shown, every column without a width of its own shares it.
 */
export function tracksOf(
  columns: readonly Column[],
  chosen: Readonly<Record<string, number>>,
  longest: ReadonlyMap<string, number> = new Map(),
  opens = false,
): readonly string[] {
  // A column may be called `constructor`, which every object has.
  const widthOf = ({ name }: Column) => (Object.hasOwn(chosen, name) ? chosen[name] : undefined);
  const lead = columns.findIndex(({ kind, grouped }) => kind === 'text' && grouped);
  const tracks = columns.map((column, at) =>
    trackOf(
      column,
      widthOf(column),
      longest.get(column.name),
      (at === 0 ? END : 0) + (at < columns.length - 1 ? 0 : opens ? OPENS : END),
      at === lead,
    ),
  );
  if (tracks.some((track) => track.includes('fr'))) return tracks;
  return tracks.map((track, at) => {
    const column = columns[at];
    const fixed = column && (widthOf(column) ?? column.width) !== null;
    return fixed ? track : `minmax(${track}, 1fr)`;
  });
}

/** The least width of a track in pixels, so that a table scrolls sideways before its columns are crushed. */
export const leastOf = (track: string): number => Number(/\d+/.exec(track)?.[0] ?? 0);
