import type { ResultColumn } from '@sallyport/contract';
import { assertShape } from '../assert-shape.ts';
import { assertDistinct } from '../distinct-columns.ts';
import { ConnectorError } from '../port.ts';
import type { Field } from './exchange.ts';
import type { Session } from './session.ts';
import type { TypeCatalogue } from './type-catalogue.ts';
import { type EngineType, resultType } from './value-types.ts';
import { type WrappedRead, wrapRead } from './wrap-read.ts';

/** What is known of a read after it was described once at this target. */
export interface ReadPlan {
  readonly columns: readonly ResultColumn[];
  readonly fields: readonly Field[];
  readonly types: readonly EngineType[];
  wrapped(limit: number): WrappedRead;
}

/** Describes the statement at the source, checks the shape against the compiled one (Q16), and builds the wrapper. */
export async function planRead(
  session: Session,
  catalogue: TypeCatalogue,
  statement: string,
  compiled: readonly ResultColumn[] | null,
): Promise<ReadPlan> {
  const { fields } = await session.shape(statement);
  if (fields === null) throw new ConnectorError('source_refused_statement', 'A read must return columns.');
  assertDistinct(fields.map((field) => field.name));
  const types = await typesOf(session, catalogue, fields);
  const described = columnsOf(fields, types);
  if (compiled !== null) assertShape(compiled, described, sameType);
  const named = fields.map((field, i) => ({ name: field.name, type: types[i]! }));
  const byLimit = new Map<number, WrappedRead>();
  return {
    columns: compiled ?? described,
    fields,
    types,
    wrapped: (limit) => {
      const made = byLimit.get(limit) ?? wrapRead(statement, named, limit);
      byLimit.set(limit, made);
      return made;
    },
  };
}

export async function typesOf(
  session: Session,
  catalogue: TypeCatalogue,
  fields: readonly Field[],
): Promise<readonly EngineType[]> {
  const found = await catalogue.resolve(
    session,
    fields.map((field) => ({ oid: field.dataTypeID, modifier: field.dataTypeModifier })),
  );
  return found.map((type, i) => {
    if (type === undefined)
      throw new ConnectorError('source_failed', `The type of the column ${fields[i]!.name} is not known.`);
    return type;
  });
}

/** A modifier such as a longer varchar does not change what a value means. */
export const sameType = (is: string, was: string): boolean => withoutModifier(is) === withoutModifier(was);
const withoutModifier = (name: string) => name.replace(/\([^()]*\)/g, '').replace(/\s+/g, ' ');

/** The columns of a description, as an answer's head has them. */
export const columnsOf = (fields: readonly Field[], types: readonly EngineType[]): ResultColumn[] =>
  fields.map((field, i) => ({
    name: field.name,
    engineType: types[i]!.name,
    type: resultType(types[i]!),
    nullable: null,
  }));

/** Whether a run's description is the one that the plan was made from. */
export function sameFields(a: readonly Field[], b: readonly Field[]): boolean {
  return (
    a.length === b.length &&
    a.every((field, i) => {
      const other = b[i]!;
      return (
        field.dataTypeID === other.dataTypeID &&
        field.name === other.name &&
        field.dataTypeModifier === other.dataTypeModifier
      );
    })
  );
}
