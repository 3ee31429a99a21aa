import type { BindValue } from '../port.ts';

/** Binds as the text forms that PostgreSQL's input functions read. */
export function bindTexts(binds: readonly BindValue[]): (string | null)[] {
  return binds.map((value) => {
    if (value === null) return null;
    if (typeof value === 'object') return arrayText(value);
    return String(value);
  });
}

function arrayText(values: readonly (string | number | boolean | null)[]): string {
  const items = values.map((value) =>
    value === null ? 'NULL' : `"${String(value).replace(/[\\"]/g, (one) => `\\${one}`)}"`,
  );
  return `{${items.join(',')}}`;
}
