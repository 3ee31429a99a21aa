import type { Field } from './exchange.ts';
import { parseArray } from './parse-array.ts';
import { type EngineType, resultType } from './value-types.ts';

/** One returned row of a write as JSON text, to the same rules as the wrapper of a read (Q16). */
export function rowText(
  fields: readonly Field[],
  types: readonly EngineType[],
  row: readonly (string | null)[],
): string {
  const members = fields.map((field, i) => {
    const value = row[i] ?? null;
    return `${JSON.stringify(field.name)}:${value === null ? 'null' : valueText(types[i]!, value)}`;
  });
  return `{${members.join(',')}}`;
}

const NUMBERS = new Set(['smallint', 'integer', 'real', 'double precision']);

function valueText(type: EngineType, value: string): string {
  // Arrays by their category, and written without braces.
  if (/^(int2|oid)vector$/.test(type.base))
    return JSON.stringify(value.split(' ').filter((one) => one !== ''));
  if (type.kind === 'array') {
    const element = { ...type, kind: 'base' as const, base: type.base.replace(/\[\]$/, '') };
    return arrayText(parseArray(value, element.base === 'box' ? ';' : ','), element);
  }
  if (NUMBERS.has(type.base) && Number.isFinite(Number(value))) return value;
  switch (resultType(type)) {
    case 'boolean':
      return value === 't' ? 'true' : 'false';
    case 'json':
      return value.replace(/[\n\r]/g, ' ');
    case 'timestamp':
      return JSON.stringify(isoTimestamp(value));
    case 'binary': {
      const bytes = Buffer.from(value.slice(2), 'hex');
      return `{"base64":"${bytes.toString('base64')}","bytes":${bytes.length}}`;
    }
    default:
      return JSON.stringify(value);
  }
}

type Nested = string | null | readonly Nested[];

function arrayText(items: readonly Nested[], element: EngineType): string {
  const texts = items.map((item) => {
    if (item === null) return 'null';
    if (typeof item === 'object') return arrayText(item, element);
    return element.base === 'bytea' ? JSON.stringify(item) : valueText(element, item);
  });
  return `[${texts.join(',')}]`;
}

/** `2026-11-22 09:41:00.5+00` becomes `2026-11-22T09:41:00.5+00:00`; `infinity` stays. */
function isoTimestamp(value: string): string {
  return value.replace(
    /^(\S+) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)?(:\d\d)?/,
    (_, date, time, hours, minutes) =>
      hours === undefined ? `${date}T${time}` : `${date}T${time}${hours}${minutes ?? ':00'}`,
  );
}
