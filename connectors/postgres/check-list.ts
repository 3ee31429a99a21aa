import { quote } from './language/quote.ts';

/**
 * The texts that a check on one column allows, when it is nothing but a list: `status in ('a', 'b')` as PostgreSQL
 * writes it back. Only that very writing is read, whole: anything else could allow more, and is no list. Of a `char(n)`,
 * which is answered with blanks up to n letters, each has to be as long as that.
 */
export function checkList(definition: string, column: string, engineType: string): string[] | null {
  const letters = /^character\((\d+)\)$/.exec(engineType)?.[1];
  const text = `'(?:[^'\\\\]|'')*'::${letters === undefined ? '(?:text|character varying)' : 'bpchar'}`;
  const name = `(?:${literally(column)}|${literally(quote(column))})`;
  const list = `ARRAY\\[(${text}(?:, ${text})*)\\]`;
  const whole = `^CHECK \\(\\((?:${name}|\\(${name}\\)::text) = ANY \\((?:${list}|\\(${list}\\)::text\\[\\])\\)\\)\\)$`;
  const found = new RegExp(whole).exec(definition);
  const written = found?.[1] ?? found?.[2];
  if (written === undefined) return null;
  const texts = [...written.matchAll(/'((?:[^'\\]|'')*)'::[a-z ]+(?:, |$)/gy)].map(([, one]) =>
    one!.replaceAll("''", "'"),
  );
  const asAnswered = letters === undefined || texts.every((one) => [...one].length === Number(letters));
  return asAnswered ? texts : null;
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
