const TEXT = "'(?:[^'\\\\]|'')*'::(?:text|character varying)";

/**
 * The texts that a check on one column allows, when it is nothing but a list: `status in ('a', 'b')` as PostgreSQL
 * writes it back. Only that very writing is read, whole: anything else could allow more, and is no list.
 */
export function checkList(definition: string, column: string): string[] | null {
  const name = `(?:${literally(column)}|${literally(`"${column.replaceAll('"', '""')}"`)})`;
  const list = `ARRAY\\[(${TEXT}(?:, ${TEXT})*)\\]`;
  const whole = `^CHECK \\(\\((?:${name}|\\(${name}\\)::text) = ANY \\((?:${list}|\\(${list}\\)::text\\[\\])\\)\\)\\)$`;
  const found = new RegExp(whole).exec(definition);
  const texts = found?.[1] ?? found?.[2];
  if (texts === undefined) return null;
  return [...texts.matchAll(/'((?:[^'\\]|'')*)'::/g)].map(([, text]) => text!.replaceAll("''", "'"));
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
