import type { NamedColumn, Outline, OutlinedArgument, Schema } from '../language.ts';
import type { RelationColumns } from '../port.ts';
import { type MappedType, mapEngineType } from './engine-type.ts';

/** Of 64 bits. */
const MOST_BITS = '18446744073709551615';

/**
 * The type of the column that an argument stands beside, with room for all that the name can mean in the tables touched; null
 * where those are of several types, a text or bytes, which propose nothing. The engines that infer no types of values know no
 * case in the names of columns.
 */
export function proposedType(
  { beside, source, besideText }: OutlinedArgument,
  { qualifiers }: Pick<Outline, 'qualifiers'>,
  { relations = new Map() }: Schema,
): MappedType | null {
  if (beside === null) return null;
  // What is also compared with a text may be one: `{{ x }} = '' or date(at) = date({{ x }})`.
  if (typeof beside === 'string')
    return source.from === 'literal' || besideText !== null ? null : { type: beside, list: false };
  const name = beside.name.toLowerCase();
  const [first, ...others] = tablesOf(beside, qualifiers, relations).flatMap(
    ({ types = new Map<string, string>() }) =>
      [...types].flatMap(([one, type]) => (one.toLowerCase() === name ? [mapped(type)] : [])),
  );
  if (first === undefined || others.some(({ type }) => type !== first.type)) return null;
  return first.list || first.type === 'binary' || first.type === 'text' ? null : others.reduce(wider, first);
}

/** Those that what stands before the dot names; all of them where that is no table, but a sub-select. */
function tablesOf(
  { of }: NamedColumn,
  qualifiers: Outline['qualifiers'],
  relations: ReadonlyMap<string, RelationColumns>,
): readonly RelationColumns[] {
  const keys = of === null ? undefined : qualifiers.get(of.toLowerCase());
  const meant = [...relations].flatMap(([key, relation]) => (keys?.has(key) === true ? [relation] : []));
  return meant.length > 0 ? meant : [...relations.values()];
}

/** MySQL's bits are a number; a text would be stored as the bytes that it is written with. PostgreSQL's are a text. */
const mapped = (type: string): MappedType =>
  /^bit\(/i.test(type) ? { type: 'integer', list: false, min: '0', max: MOST_BITS } : mapEngineType(type);

/** What holds the values of both: beside a `float` and a `double`, a value is compared with either. */
function wider(one: MappedType, other: MappedType): MappedType {
  const bound = (name: 'min' | 'max'): string | undefined => {
    const [a, b] = [one[name], other[name]];
    if (a === undefined || b === undefined) return undefined;
    return BigInt(a) < BigInt(b) === (name === 'min') ? a : b;
  };
  const [min, max] = [bound('min'), bound('max')];
  return {
    type: one.type,
    list: false,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(one.single && other.single ? { single: true } : {}),
  };
}
