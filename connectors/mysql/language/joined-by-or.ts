import type { Rendered } from '../../language/render-sql.ts';
import { tokenizeSql } from '../../language/sql-token.ts';
import type { Place } from '../../language.ts';
import { BEHIND_CONDITION } from './condition-words.ts';
import { readMysqlToken } from './read-token.ts';

/** Behind a text that is compared with nothing, and so is no condition. */
const BEHIND_TEXT = new Set([...BEHIND_CONDITION, 'as', 'from', 'then', 'else', 'end', 'when', '|']);

/** `'%' || {{ q }} || '%'` was to join texts, as in other engines. MySQL takes `||` for OR, so that it is 0 or 1. */
export function joinedByOr({ text, locate }: Rendered): readonly Place[] {
  const tokens = tokenizeSql(text, 'text', readMysqlToken).filter(
    ({ kind }) => kind !== 'space' && kind !== 'comment',
  );
  const word = (i: number): string => {
    const token = tokens[i];
    return token === undefined ? '' : text.slice(token.at, token.end).toLowerCase();
  };
  return tokens.flatMap((token, i): Place[] => {
    const joined =
      word(i - 2) === '|' && word(i - 1) === '|' && token.kind === 'string' && BEHIND_TEXT.has(word(i + 1));
    if (!joined) return [];
    const { hole: _hole, ...place } = locate(token.at);
    return [
      { ...place, message: "In MySQL, || means OR. To join texts, write concat('%', {{ value }}, '%')." },
    ];
  });
}
