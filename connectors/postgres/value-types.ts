import type { ResultColumn } from '@sallyport/contract';

export type ResultType = ResultColumn['type'];

/** A type as the engine's catalogue tells it. */
export interface EngineType {
  readonly oid: number;
  /** As `format_type` writes it, with its modifier: `numeric(12,2)`. */
  readonly name: string;
  /** Without modifier; a domain counts as its base type. */
  readonly base: string;
  readonly kind: 'base' | 'enum' | 'composite' | 'array' | 'other';
  /** Whether its values can be put in an order. */
  readonly ordered: boolean;
}

const TYPES: Readonly<Record<string, ResultType>> = {
  smallint: 'integer',
  integer: 'integer',
  bigint: 'integer',
  oid: 'integer',
  numeric: 'decimal',
  real: 'decimal',
  'double precision': 'decimal',
  boolean: 'boolean',
  date: 'date',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamp',
  uuid: 'uuid',
  json: 'json',
  jsonb: 'json',
  bytea: 'binary',
};

/** Types that `row_to_json` writes as Q16 wants them, on one line. */
const AS_THEY_ARE = new Set([
  'smallint',
  'integer',
  'real',
  'double precision',
  'boolean',
  'date',
  'timestamp without time zone',
  'timestamp with time zone',
  'time without time zone',
  'time with time zone',
  'interval',
  'uuid',
  'text',
  'character varying',
  'character',
  'bpchar',
  '"char"',
  'name',
  'inet',
  'cidr',
  'macaddr',
  'jsonb',
]);

export function resultType(type: Pick<EngineType, 'base' | 'kind'>): ResultType {
  return type.kind === 'array' ? 'json' : (TYPES[type.base] ?? 'text');
}

/**
 * How the wrapper writes one column (Q16): int8 and numeric as text; bytea as `{"base64", "bytes"}`; JSON on one
 * line (its newlines can only stand between tokens); arrays as JSON with their big numbers as text; any type that
 * the engine might write as a number or an object of its own as text. Null: as it is.
 */
export function columnExpression(column: string, type: EngineType): string | null {
  if (type.kind === 'array') {
    const element = type.base.replace(/\[\]$/, '');
    if (['bigint', 'numeric', 'json', 'bytea'].includes(element) || !AS_THEY_ARE.has(element)) {
      return element === 'json' ? oneLine(`pg_catalog.to_json(${column})::text`) : `${column}::text[]`;
    }
    return null;
  }
  if (AS_THEY_ARE.has(type.base)) return null;
  switch (type.base) {
    case 'json':
      return oneLine(`${column}::text`);
    case 'bytea':
      return (
        `case when ${column} is null then null else pg_catalog.json_build_object(` +
        `'base64', pg_catalog.translate(pg_catalog.encode(${column}, 'base64'), E'\\n', ''), ` +
        `'bytes', pg_catalog.octet_length(${column})) end`
      );
    default:
      return `${column}::text`;
  }
}

const oneLine = (text: string) => `pg_catalog.translate(${text}, E'\\n\\r', '  ')::json`;
