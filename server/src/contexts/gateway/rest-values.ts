import { isList } from '@sallyport/connectors/is-list.ts';
import type { BindValue } from '@sallyport/connectors/port.ts';
import type { RestValue, RestValues } from '@sallyport/connectors/rest/language/build-request.ts';
import type { ValueType } from '@sallyport/contract';
import type { Values } from './bind-arguments.ts';
import type { CompiledQuery } from './compiled-query.ts';

/** Bound values in the two forms that a request needs: text for address and headers, JSON for a body (Q7). */
export function restValues(compiled: CompiledQuery, values: Values): RestValues {
  return new Map(
    compiled.arguments.map(({ name, type }): [string, RestValue] => {
      const value = values.get(name) ?? null;
      return [name, { text: textOf(value), json: jsonOf(value, type) }];
    }),
  );
}

function textOf(value: BindValue): string | null {
  if (value === null) return null;
  if (isList(value)) return value.map((item) => textOf(item) ?? '').join(',');
  return typeof value === 'object' ? value.digits : String(value);
}

function jsonOf(value: BindValue, type: ValueType): string {
  if (value === null) return 'null';
  if (isList(value)) return `[${value.map((item) => jsonOf(item, type)).join(',')}]`;
  if (typeof value === 'object') return value.digits;
  if (typeof value !== 'string') return String(value);
  if (type === 'json') return value;
  // Digits as they came, so that none is lost; JSON takes no leading zeros.
  if (type === 'integer' || type === 'decimal') return value.replace(/^(-?)0+(?=\d)/, '$1');
  return JSON.stringify(value);
}
