import { tokenizeSql } from '../../language/sql-token.ts';
import { readMysqlToken } from './read-token.ts';

/**
 * The statement with ` = ` for each `<=>`, which the parser does not know and which reads the same columns, binds as
 * tightly and is as long. For the parser alone: that `<=>` finds null too says nothing of what is touched.
 */
export function withoutNullSafe(text: string): string {
  if (!text.includes('<=>')) return text;
  return tokenizeSql(text, 'text', readMysqlToken).reduce(
    (all, { at, kind }) =>
      kind === 'symbol' && text.startsWith('<=>', at) ? `${all.slice(0, at)} = ${all.slice(at + 3)}` : all,
    text,
  );
}
