import { tokenizeSql } from '../../language/sql-token.ts';
import { readMysqlToken } from './read-token.ts';

/**
 * The statement with blanks for the IGNORE of `update ignore t` and `delete ignore t from …`, for the parser alone: it takes
 * the word for the table's name, and the table for its alias. What is touched is the same without it.
 */
export function withoutIgnore(text: string): string {
  if (!/\bignore\b/i.test(text)) return text;
  const words = tokenizeSql(text, 'text', readMysqlToken).filter(
    ({ kind }) => kind !== 'space' && kind !== 'comment',
  );
  const is = (i: number, pattern: RegExp): boolean => {
    const word = words[i];
    return word?.kind === 'word' && pattern.test(text.slice(word.at, word.end));
  };
  return words.reduce(
    (all, { at, end }, i) =>
      is(i, /^ignore$/i) && is(i - 1, /^(update|delete)$/i)
        ? all.slice(0, at) + ' '.repeat(end - at) + all.slice(end)
        : all,
    text,
  );
}
