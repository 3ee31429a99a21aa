import { isList } from '@sallyport/connectors/is-list.ts';
import type { BindValue } from '@sallyport/connectors/port.ts';
import type { RestValue, RestValues } from '@sallyport/connectors/rest/language/build-request.ts';
import type { ValueType } from '@sallyport/contract';
import type { Values } from './bind-arguments.ts';
import type { CompiledQuery } from './compiled-query.ts';

/** Bound values in the two forms that a request needs: text for address and headers, JSON for a body (Q7). */
export function restValues({ arguments: all, request }: CompiledQuery, values: Values): RestValues {
  const body = request?.body != null && 'json' in request.body ? request.body.json : [];
  const inBody = new Set(body.map((part) => (typeof part === 'string' ? null : part.argument)));
  return new Map(
    all.map(({ name, type }): [string, RestValue] => {
      const value = values.get(name) ?? null;
      const quoted = type === 'json' && inBody.has(name);
      return [name, { text: textOf(value, quoted), json: jsonOf(value, type), ...itemsOf(value) }];
    }),
  );
}

const itemsOf = (value: BindValue): Pick<RestValue, 'items'> =>
  isList(value) ? { items: value.flatMap((item) => textOf(item, false) ?? []) } : {};

/** `quoted`: a text comes as JSON for the sake of the body, and has no quotes elsewhere. */
function textOf(value: BindValue, quoted: boolean): string | null {
  if (value === null) return null;
  if (isList(value)) return value.map((item) => textOf(item, quoted) ?? '').join(',');
  if (quoted && typeof value === 'string' && value.startsWith('"')) return JSON.parse(value);
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
