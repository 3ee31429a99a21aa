import type { ResultColumn } from '@sallyport/contract';

/** A column as the protocol describes it. */
export interface FieldDefinition {
  readonly name: string;
  /** The table that it is a column of; empty for what an expression makes. */
  readonly orgTable?: string;
  readonly columnType: number;
  readonly columnLength: number;
  readonly characterSet: number;
  readonly flags: number;
  readonly decimals: number;
  /** MariaDB: the type behind a string, such as `uuid` or `inet6`; and `json`. */
  readonly extendedTypeName?: string;
  readonly extendedFormat?: string;
}

const NOT_NULL = 1;
const UNSIGNED = 32;
const ZEROFILL = 64;
const ENUM = 256;
const SET = 2048;
const BINARY_CHARSET = 63;
/** Longest character of the connection's character set, utf8mb4, by which lengths are multiplied. */
const CHARACTER = 4;

type Encoding =
  | 'number'
  | 'single'
  | 'whole'
  | 'flag'
  | 'bits'
  | 'text'
  | 'instant'
  | 'clock'
  | 'json'
  | 'binary'
  | 'structure';

export interface ValueType {
  readonly engineType: string;
  readonly type: ResultColumn['type'];
  readonly encoding: Encoding;
  /** Written with noughts before it to as many digits (`zerofill`), as codes are: 01067. */
  readonly digits?: number;
  /** How many bits its values have. */
  readonly width?: number;
}

/** What a column holds, by the protocol's type codes. https://mariadb.com/kb/en/result-set-packets/#field-types */
export function valueType(field: FieldDefinition): ValueType {
  const unsigned = (field.flags & UNSIGNED) !== 0 ? ' unsigned' : '';
  const filled = (field.flags & ZEROFILL) !== 0;
  const whole = (name: string, encoding: Encoding = 'number'): ValueType => ({
    engineType: `${name}${unsigned}${filled ? ' zerofill' : ''}`,
    type: 'integer',
    encoding: filled ? 'text' : encoding,
    ...(filled ? { digits: field.columnLength } : {}),
  });
  switch (field.columnType) {
    case 1:
      return field.columnLength === 1
        ? { engineType: 'tinyint(1)', type: 'boolean', encoding: 'flag' }
        : whole('tinyint');
    case 2:
      return whole('smallint');
    case 3:
      return whole('int');
    case 8:
      return whole('bigint', 'text');
    case 9:
      return whole('mediumint');
    case 13:
      return { engineType: 'year', type: 'integer', encoding: 'number' };
    case 4:
      return { engineType: 'float', type: 'decimal', encoding: 'single' };
    case 5:
      return { engineType: 'double', type: 'decimal', encoding: 'number' };
    case 0:
    case 246:
      return { engineType: decimalName(field), type: 'decimal', encoding: 'text' };
    case 7:
      return { engineType: fractional('timestamp', field), type: 'timestamp', encoding: 'instant' };
    case 12:
      return { engineType: fractional('datetime', field), type: 'timestamp', encoding: 'clock' };
    case 10:
    case 14:
      return { engineType: 'date', type: 'date', encoding: 'text' };
    case 11:
      return { engineType: fractional('time', field), type: 'text', encoding: 'text' };
    case 16:
      return {
        engineType: `bit(${field.columnLength})`,
        type: 'integer',
        encoding: 'bits',
        width: field.columnLength,
      };
    case 245:
      return { engineType: 'json', type: 'json', encoding: 'json' };
    case 242:
      return { engineType: 'vector', type: 'json', encoding: 'structure' };
    case 255:
      return { engineType: 'geometry', type: 'json', encoding: 'structure' };
    case 6:
      return { engineType: 'null', type: 'text', encoding: 'text' };
    default:
      return textType(field);
  }
}

/** Digits and a sign, of which MySQL makes an `int` in a temporary table. */
const INT_LENGTH = 10;

/** Whether all values are of the size of an `int`, by its length of what is called a `bigint`. */
export function isSmallWhole(field: FieldDefinition): boolean {
  const { type } = valueType(field);
  if (type !== 'integer' || field.columnType === 16 || (field.flags & ZEROFILL) !== 0) return false;
  return field.columnType !== 8 || field.columnLength < INT_LENGTH;
}

function textType(field: FieldDefinition): ValueType {
  if (field.extendedFormat === 'json') return { engineType: 'json', type: 'json', encoding: 'json' };
  if (field.extendedTypeName === 'uuid') return { engineType: 'uuid', type: 'uuid', encoding: 'text' };
  const named = field.extendedTypeName;
  if (named !== undefined) return { engineType: named, type: 'text', encoding: 'text' };
  const blob = field.columnType >= 249 && field.columnType <= 252;
  if (field.characterSet === BINARY_CHARSET) {
    const name = blob
      ? 'blob'
      : `${field.columnType === 254 ? 'binary' : 'varbinary'}(${field.columnLength})`;
    return { engineType: name, type: 'binary', encoding: 'binary' };
  }
  const length = Math.floor(field.columnLength / CHARACTER);
  const name = blob
    ? 'text'
    : (field.flags & ENUM) !== 0
      ? 'enum'
      : (field.flags & SET) !== 0
        ? 'set'
        : `${field.columnType === 254 ? 'char' : 'varchar'}(${length})`;
  return { engineType: name, type: 'text', encoding: 'text' };
}

function decimalName(field: FieldDefinition): string {
  const unsigned = (field.flags & UNSIGNED) !== 0;
  const digits = field.columnLength - (field.decimals > 0 ? 1 : 0) - (unsigned ? 0 : 1);
  return `decimal(${digits},${field.decimals})${unsigned ? ' unsigned' : ''}`;
}

function fractional(name: string, field: FieldDefinition): string {
  return field.decimals > 0 && field.decimals <= 6 ? `${name}(${field.decimals})` : name;
}

export function resultColumn(field: FieldDefinition): ResultColumn {
  const { engineType, type } = valueType(field);
  return { name: field.name, engineType, type, nullable: (field.flags & NOT_NULL) === 0 };
}
