import type { ValueType } from '@sallyport/contract';

/** A value's type on the wire, for an engine's type name as a description gives it. */
export interface MappedType {
  readonly type: ValueType | 'binary';
  readonly list: boolean;
  /** Bounds of an integer type, so that a value out of range is refused before the source is touched. */
  readonly min?: string;
  readonly max?: string;
  /** MySQL's `float`, whose values are compared as the doubles that they are not written as. */
  readonly single?: true;
}

const INTEGERS: Readonly<Record<string, readonly [string, string]>> = {
  smallint: ['-32768', '32767'],
  int2: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  int4: ['-2147483648', '2147483647'],
  int: ['-2147483648', '2147483647'],
  mediumint: ['-8388608', '8388607'],
  tinyint: ['-128', '127'],
  year: ['0', '2155'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
  int8: ['-9223372036854775808', '9223372036854775807'],
  oid: ['0', '4294967295'],
};
const UNSIGNED: Readonly<Record<string, string>> = {
  tinyint: '255',
  smallint: '65535',
  mediumint: '16777215',
  int: '4294967295',
  integer: '4294967295',
  bigint: '18446744073709551615',
};
/** PostgreSQL's money travels as the text that it is written as, sign and all (`$12.34`), to and fro. */
const OTHERS: readonly (readonly [RegExp, ValueType | 'binary'])[] = [
  [/^(numeric|decimal|real|double precision|double|float|float4|float8)\b/, 'decimal'],
  [/^(boolean|bool)$/, 'boolean'],
  [/^date$/, 'date'],
  [/^(timestamp|timestamptz|datetime)\b/, 'timestamp'],
  [/^uuid$/, 'uuid'],
  [/^jsonb?$/, 'json'],
  [/^(bytea|binary|varbinary|tinyblob|blob|mediumblob|longblob)\b/, 'binary'],
];

/** Reads an engine's type name; a type that is not known travels as text. */
export function mapEngineType(engineType: string): MappedType {
  let name = engineType.trim().toLowerCase();
  // A name that begins with `_` may be anybody's own: `format_type` writes an array with its brackets.
  const list = name.endsWith('[]');
  if (list) name = name.slice(0, -2);
  const unsigned = /\bunsigned\b/.test(name);
  const stem = name
    .replace(/\([^()]*\)/g, '')
    .replace(/\b(unsigned|zerofill)\b/g, '')
    .trim();
  const bounds = INTEGERS[stem];
  if (bounds !== undefined) {
    const [min, max] = unsigned ? ['0', UNSIGNED[stem] ?? bounds[1]] : bounds;
    return { type: 'integer', list, min, max };
  }
  const found = OTHERS.find(([pattern]) => pattern.test(name));
  return { type: found?.[1] ?? 'text', list, ...(stem === 'float' ? { single: true } : {}) };
}
