import { isList } from '../is-list.ts';
import type { BindScalar, BindValue } from '../port.ts';

/** Binds as the text forms that PostgreSQL's input functions read. */
export function bindTexts(binds: readonly BindValue[]): (string | null)[] {
  return binds.map((value) => {
    if (value === null) return null;
    return isList(value) ? arrayText(value) : scalarText(value);
  });
}

const scalarText = (value: Exclude<BindScalar, null>): string =>
  typeof value === 'object' ? value.digits : String(value);

function arrayText(values: readonly BindScalar[]): string {
  const items = values.map((value) =>
    value === null ? 'NULL' : `"${scalarText(value).replace(/[\\"]/g, (one) => `\\${one}`)}"`,
  );
  return `{${items.join(',')}}`;
}
