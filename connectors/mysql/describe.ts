import type { ResultColumn } from '@sallyport/contract';
import type { Description } from '../port.ts';
import { type FieldDefinition, isSmallWhole, resultColumn } from './field-types.ts';
import type { Session } from './session.ts';
import { BY_VALUE, SMALL_WHOLE, sameType } from './shape.ts';

/**
 * What the engine says of a statement without running it. It infers no types of placeholders, so the type of a column
 * that is made of one is found out by preparing the statement with literals of several types in their place. Nor does it
 * say what a type becomes where its plan or a window needs a temporary table: so it is also prepared as a sub-select. Where
 * MySQL makes whole numbers, not even that says which type they get in the end.
 */
export async function describeStatement(
  session: Session,
  statement: string,
  samples: readonly string[],
): Promise<Description> {
  const prepared = await session.prepare(statement);
  const parameters = prepared.parameters.map(() => null);
  const made = prepared.columns.map((field) => !session.isMariadb && field.orgTable === '');
  const read = (field: FieldDefinition, i: number): ResultColumn =>
    made[i] === true && isSmallWhole(field)
      ? { ...resultColumn(field), engineType: SMALL_WHOLE }
      : resultColumn(field);
  const columns = prepared.columns.map(read);
  prepared.close();
  // What a procedure answers, and in MariaDB a RETURNING, is not told beforehand.
  if (columns.length === 0 && /\b(?:call|returning)\b/i.test(statement)) return { parameters, columns: null };
  // A temporary table holds the rows of some: there, the greatest of an `enum` is one, and no longer a varchar.
  const held = await columnsOf(session, `select * from (${statement}\n) t`, read);
  const answers: (readonly ResultColumn[])[] = [];
  for (const sample of samples) {
    const answer = await columnsOf(session, sample, read);
    if (answer?.length === columns.length) answers.push(answer);
  }
  return {
    parameters,
    columns: columns.map((column, i) => {
      const all = answers.map((answer) => answer[i] as ResultColumn);
      const differs = (one: ResultColumn) => !sameType(one.engineType, column.engineType);
      if (all.some(differs))
        return { ...column, engineType: BY_VALUE, type: commonType(all), nullable: true };
      return differs(held?.[i] ?? column) ? { ...column, engineType: BY_VALUE, nullable: true } : column;
    }),
    ...(held === null ? { nests: false } : {}),
  };
}

/** Null when the engine does not take such a literal there, such as a text after `limit`. */
async function columnsOf(
  session: Session,
  sample: string,
  read: (field: FieldDefinition, i: number) => ResultColumn,
): Promise<readonly ResultColumn[] | null> {
  try {
    const prepared = await session.prepare(sample);
    prepared.close();
    return prepared.columns.map(read);
  } catch (error) {
    if (session.dead) throw error;
    return null;
  }
}

/** A number when every value makes one; a bare null says nothing. */
function commonType(all: readonly ResultColumn[]): ResultColumn['type'] {
  const types = new Set(all.filter((one) => one.engineType !== 'null').map((one) => one.type));
  const [only] = types;
  if (types.size === 1 && only !== undefined) return only;
  return types.size > 0 && [...types].every((type) => type === 'integer' || type === 'decimal')
    ? 'decimal'
    : 'text';
}
