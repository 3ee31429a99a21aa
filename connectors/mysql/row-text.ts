import type { ResultColumn } from '@sallyport/contract';
import { type FieldDefinition, type ValueType, valueType } from './field-types.ts';
import { singleText } from './language/single.ts';
import { SMALL_WHOLE } from './shape.ts';

/**
 * Makes the writer of a result's rows: arrays of the driver's values become JSON texts by the rules of Q16. What was compiled
 * as a number stays one, though the server says for some plans that it is a truth value, or in MySQL a bigint.
 */
export function rowWriter(
  fields: readonly FieldDefinition[],
  compiled: readonly ResultColumn[] | null = null,
): (row: readonly unknown[]) => string {
  const columns = fields.map((field, i) => {
    const value = valueType(field);
    const { type, engineType } = compiled?.[i] ?? {};
    const whole = engineType === SMALL_WHOLE || (value.encoding === 'flag' && type === 'integer');
    return {
      key: `${JSON.stringify(field.name)}:`,
      ...value,
      ...(whole ? { encoding: 'whole' as const } : {}),
    };
  });
  return (row) => {
    let text = '{';
    for (let i = 0; i < columns.length; i += 1) {
      const column = columns[i]!;
      const value = row[i] ?? null;
      text += `${i === 0 ? '' : ','}${column.key}${value === null ? 'null' : encode(column, value)}`;
    }
    return `${text}}`;
  };
}

function encode({ encoding, digits = 0, width = 64 }: ValueType, value: unknown): string {
  switch (encoding) {
    case 'number':
      return numberText(value, String);
    case 'single':
      return numberText(value, singleText);
    case 'whole':
      return Number.isSafeInteger(Number(value)) ? String(value) : JSON.stringify(String(value));
    case 'flag':
      // Some store more than 0 and 1 there; such a number stays what it is.
      return value === 1 ? 'true' : value === 0 ? 'false' : String(value);
    case 'bits':
      return JSON.stringify(bitsText(value, width));
    case 'instant':
      return JSON.stringify(`${String(value).replace(' ', 'T')}+00:00`);
    case 'clock':
      return JSON.stringify(String(value).replace(' ', 'T'));
    case 'json':
      return jsonText(String(value));
    case 'binary': {
      const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value));
      return `{"base64":"${bytes.toString('base64')}","bytes":${bytes.length}}`;
    }
    case 'structure':
      return JSON.stringify(value);
    case 'text':
      return JSON.stringify(
        (Buffer.isBuffer(value) ? value.toString() : String(value)).padStart(digits, '0'),
      );
  }
}

/** A double past 2^53 has an exponent, by which it is told from a whole number that has all these digits. */
function numberText(value: unknown, text: (value: number) => string): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return JSON.stringify(String(value));
  const written = text(value);
  return Math.abs(value) > Number.MAX_SAFE_INTEGER ? Number(written).toExponential() : written;
}

/** MariaDB's JSON is text that may not be JSON after all; then it stays text. */
function jsonText(text: string): string {
  try {
    JSON.parse(text);
    return text.replace(/[\n\r]/g, ' ');
  } catch {
    return JSON.stringify(text);
  }
}

/** MySQL sends the bits, but the digits of what `any_value(active)` or `coalesce(active, …)` makes: more than its bits can be. */
function bitsText(value: unknown, width: number): string {
  if (!Buffer.isBuffer(value)) return String(value);
  const bits = BigInt(`0x${value.toString('hex') || '0'}`);
  const digits = value.toString('latin1');
  return bits >> BigInt(width) > 0n && /^\d+$/.test(digits) ? digits : bits.toString();
}
