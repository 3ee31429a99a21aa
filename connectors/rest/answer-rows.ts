import { isRawNumber, type ResultColumn } from '@sallyport/contract';
import { ConnectorError } from '../port.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * The rows of an answer: an array's items, or the one thing that stands at `rowsAt`; undefined when nothing does. What is
 * no object becomes `value`. Of `items?`, an object without `items` has no rows: many APIs leave an empty list out.
 */
export function answerRows(answer: unknown, rowsAt: string | undefined): Row[] | undefined {
  let at = answer;
  for (const step of rowsAt === undefined || rowsAt === '' ? [] : rowsAt.split('.')) {
    if (!isObject(at)) return undefined;
    const name = Object.hasOwn(at, step) ? step : step.replace(/\?$/, '');
    if (!Object.hasOwn(at, name)) return step === name ? undefined : [];
    at = (at as Row)[name];
  }
  if (at === null || at === undefined) return [];
  return (Array.isArray(at) ? at : [at]).map((item: unknown) =>
    isObject(item) && !Array.isArray(item) ? (item as Row) : { value: item },
  );
}

/**
 * What an answer says at `way` of how it failed; undefined where it says nothing. No error is written as nothing, `null`,
 * `false`, `0`, or as what is empty.
 */
export function errorIn(answer: unknown, way: string): unknown {
  let at = answer;
  for (const step of way.split('.')) {
    if (!isObject(at) || !Object.hasOwn(at, step)) return undefined;
    at = (at as Row)[step];
  }
  return !at || (isObject(at) && Object.keys(at).length === 0) ? undefined : at;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !isRawNumber(value);

/** A row as JSON: a cell that is a number with more digits than a double holds is text, as a database's is (Q16). */
export function rowText(row: Row): string {
  const cells = Object.values(row).some(isRawNumber)
    ? Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, isRawNumber(value) ? value.rawJSON : value]),
      )
    : row;
  return JSON.stringify(cells);
}

/** An object of a million names is a list that somebody keyed; to head an answer with them would hold up everything else. */
const MOST_COLUMNS = 20_000;

/**
 * Names and types as they are found: an HTTP source promises none. Every row is looked at, since a name that only the last
 * one has would else be shown nowhere.
 */
export function inferColumns(rows: readonly Row[]): ResultColumn[] {
  const columns = new Map<string, ResultColumn>();
  for (const row of rows) {
    if (Object.keys(row).length > MOST_COLUMNS) throw tooWide();
    for (const [name, value] of Object.entries(row)) {
      const found = kind(value);
      const known = columns.get(name);
      if (known === undefined) columns.set(name, { name, ...found, nullable: null });
      else if (known.engineType === 'null') columns.set(name, { name, ...found, nullable: null });
      else if (found.engineType !== 'null' && found.type !== known.type)
        columns.set(name, { name, ...wider(known.type, found.type), nullable: null });
    }
    if (columns.size > MOST_COLUMNS) throw tooWide();
  }
  return [...columns.values()];
}

const tooWide = () =>
  new ConnectorError(
    'source_answer_invalid',
    `The rows have more than ${MOST_COLUMNS} fields. If the rows are nested deeper in the response, set their path.`,
  );

type Kind = Pick<ResultColumn, 'engineType' | 'type'>;

function kind(value: unknown): Kind {
  switch (typeof value) {
    case 'number':
      return { engineType: 'number', type: Number.isInteger(value) ? 'integer' : 'decimal' };
    case 'boolean':
      return { engineType: 'boolean', type: 'boolean' };
    case 'object':
      if (isRawNumber(value))
        return { engineType: 'number', type: /^-?\d+$/.test(value.rawJSON) ? 'integer' : 'decimal' };
      return value === null ? { engineType: 'null', type: 'text' } : { engineType: 'object', type: 'json' };
    default:
      return { engineType: 'string', type: 'text' };
  }
}

function wider(a: ResultColumn['type'], b: ResultColumn['type']): Kind {
  const numbers = ['integer', 'decimal'];
  if (numbers.includes(a) && numbers.includes(b)) return { engineType: 'number', type: 'decimal' };
  return a === 'json' || b === 'json'
    ? { engineType: 'mixed', type: 'json' }
    : { engineType: 'mixed', type: 'text' };
}
