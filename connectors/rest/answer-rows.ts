import type { ResultColumn } from '@sallyport/contract';
import { ConnectorError } from '../port.ts';

type Row = Readonly<Record<string, unknown>>;

/** The rows of an answer: an array's items, or the one thing that stands at `rowsAt`. What is no object becomes `value`. */
export function answerRows(answer: unknown, rowsAt: string | undefined): Row[] {
  let at = answer;
  for (const name of rowsAt === undefined || rowsAt === '' ? [] : rowsAt.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name))
      throw new ConnectorError('source_answer_invalid', `The answer has nothing at “${rowsAt}”.`);
    at = (at as Row)[name];
  }
  if (at === null || at === undefined) return [];
  return (Array.isArray(at) ? at : [at]).map((item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as Row) : { value: item },
  );
}

/**
 * Names and types as they are found: an HTTP source promises none. Every row is looked at, since a name that only the last
 * one has would else be shown nowhere.
 */
export function inferColumns(rows: readonly Row[]): ResultColumn[] {
  const columns = new Map<string, ResultColumn>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      const found = kind(value);
      const known = columns.get(name);
      if (known === undefined) columns.set(name, { name, ...found, nullable: null });
      else if (known.engineType === 'null') columns.set(name, { name, ...found, nullable: null });
      else if (found.engineType !== 'null' && found.type !== known.type)
        columns.set(name, { name, ...wider(known.type, found.type), nullable: null });
    }
  }
  return [...columns.values()];
}

type Kind = Pick<ResultColumn, 'engineType' | 'type'>;

function kind(value: unknown): Kind {
  switch (typeof value) {
    case 'number':
      return { engineType: 'number', type: Number.isInteger(value) ? 'integer' : 'decimal' };
    case 'boolean':
      return { engineType: 'boolean', type: 'boolean' };
    case 'object':
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
