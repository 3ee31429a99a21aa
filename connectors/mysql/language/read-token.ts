import { type ReadToken, unterminated } from '../../language/sql-token.ts';
import { Uncompilable } from '../../language.ts';

const PATH = 'text';
const word = /[A-Za-z_$\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
const number = /0[xX][0-9a-fA-F]+|0[bB][01]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/**
 * The lexical rules of MySQL and MariaDB (reference manual, chapter 9) in their default mode. Where a server's mode
 * could read the same text another way (`ANSI_QUOTES`, `NO_BACKSLASH_ESCAPES`), it is refused, so that no mode can move
 * a hole into or out of a string.
 */
export const readMysqlToken: ReadToken = (text, at) => {
  const two = text.slice(at, at + 2);
  if (text[at] === '#') return { kind: 'comment', end: lineEnd(text, at) };
  // White space or a control character after the two dashes makes it a comment; else they are two minus signs.
  if (two === '--' && (text[at + 2] ?? ' ') <= ' ') {
    return { kind: 'comment', end: lineEnd(text, at) };
  }
  if (two === '/*') return { kind: 'comment', end: blockComment(text, at) };
  if (text[at] === "'" || text[at] === '"') return { kind: 'string', end: quoted(text, at) };
  if (text[at] === '`') return { kind: 'quoted', end: backticks(text, at) };
  if (text[at] === '@') {
    throw new Uncompilable({
      path: PATH,
      at,
      length: 1,
      message:
        'Session variables (@name, @@name) outlive the query and affect other people’s runs. Use an expression or a literal.',
    });
  }
  const wordEnd = matchAt(word, text, at);
  if (wordEnd !== -1) return { kind: 'word', end: wordEnd };
  const numberEnd = matchAt(number, text, at);
  if (numberEnd !== -1) return { kind: 'number', end: numberEnd };
  return { kind: 'symbol', end: at + 1 };
};

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

function blockComment(text: string, at: number): number {
  if (/^\/\*(?:M?!|\+)/.test(text.slice(at, at + 4))) {
    throw new Uncompilable({
      path: PATH,
      at,
      length: 3,
      message: 'A comment that the server runs, or takes as a hint, is refused: write plain SQL.',
    });
  }
  const end = text.indexOf('*/', at + 2);
  return end === -1 ? unterminated(PATH, at, 2, 'comment') : end + 2;
}

function quoted(text: string, start: number): number {
  const quote = text[start] as string;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') {
      // Under NO_BACKSLASH_ESCAPES `\'` ends the string; under ANSI_QUOTES a backslash in "…" is a plain character.
      if (quote === '"' || text[at + 1] === quote) {
        throw new Uncompilable({
          path: PATH,
          at,
          length: 2,
          message: `Write a quote in a string by doubling it ('it''s'), since some servers read \\${text[at + 1] ?? ''} another way.`,
        });
      }
      // `\\` before the closing quote has the same two readings.
      if (text[at + 1] === '\\' && text[at + 2] === quote) {
        throw new Uncompilable({
          path: PATH,
          at,
          length: 2,
          message: 'A string cannot end with a backslash: some servers read it another way. Use char(92).',
        });
      }
      at++;
    } else if (text[at] === quote) {
      if (text[at + 1] !== quote) return at + 1;
      at++;
    }
  }
  return unterminated(PATH, start, 1, 'string');
}

function backticks(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== '`') continue;
    if (text[at + 1] !== '`') return at + 1;
    at++;
  }
  return unterminated(PATH, start, 1, 'quoted name');
}
