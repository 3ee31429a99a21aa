import { type ReadToken, unterminated } from '../../language/sql-token.ts';
import { Uncompilable } from '../../language.ts';

const PATH = 'text';
const LONG_ROW = 'A comment cannot begin in a row of 2000 signs. Put a space between them.';
const word = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
const number = /(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?|0[xXoObB][0-9a-fA-F_]+/y;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const parameter = /\$\d+/y;
/** After a string, white space with a line break (and line comments) before another quote continues it in its own mode. */
const continuation = /[ \t\f\v]*(?:--[^\n\r]*)?[\n\r](?:[ \t\f\v\n\r]|--[^\n\r]*[\n\r])*'/y;
/** The engine's scanner reads a row of operator signs anew for every comment that begins in it. */
const longRow = /[~!@#^&|`?+\-*/%<>=]{2000}/y;

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/**
 * The lexical rules of PostgreSQL (documentation, chapter 4.1) with `standard_conforming_strings` on. What this reads is
 * checked against the engine's own scanner for every statement, so that a difference refuses and never misplaces a hole.
 */
export const readPostgresToken: ReadToken = (text, at) => {
  const two = text.slice(at, at + 2);
  if (two === '--') {
    const end = text.slice(at).search(/[\n\r]/);
    return { kind: 'comment', end: end === -1 ? text.length : at + end };
  }
  if (two === '/*') return { kind: 'comment', end: nestedComment(text, at) };
  if (text[at] === "'") return { kind: 'string', end: quotedString(text, at, at, false) };
  if (two[1] === "'" && /[eE]/.test(two))
    return { kind: 'string', end: quotedString(text, at, at + 1, true) };
  if (two[1] === "'" && /[bBxXnN]/.test(two))
    return { kind: 'string', end: quotedString(text, at, at + 1, false) };
  if (/^[uU]&'/.test(text.slice(at, at + 3)))
    return { kind: 'string', end: quotedString(text, at, at + 2, false) };
  if (/^[uU]&"/.test(text.slice(at, at + 3))) return { kind: 'quoted', end: quotedName(text, at, at + 2) };
  if (text[at] === '"') return { kind: 'quoted', end: quotedName(text, at, at) };
  if (text[at] === '$') return dollar(text, at);
  const wordEnd = matchAt(word, text, at);
  if (wordEnd !== -1) return { kind: 'word', end: wordEnd };
  const numberEnd = matchAt(number, text, at);
  if (numberEnd !== -1) return { kind: 'number', end: numberEnd };
  return { kind: 'symbol', end: at + 1 };
};

function nestedComment(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const two = text.slice(at, at + 2);
    if (two === '/*') {
      if (matchAt(longRow, text, at) !== -1)
        throw new Uncompilable({ path: PATH, at, length: 2, message: LONG_ROW });
      depth++;
    } else if (two === '*/') depth--;
    else continue;
    at++;
    if (depth === 0) return at + 1;
  }
  return unterminated(PATH, start, 2, 'comment');
}

function quotedString(text: string, start: number, quote: number, escapes: boolean): number {
  for (let at = quote + 1; at < text.length; at++) {
    if (escapes && text[at] === '\\') at++;
    else if (text[at] === "'") {
      if (text[at + 1] === "'") at++;
      else {
        const next = matchAt(continuation, text, at + 1);
        if (next === -1) return at + 1;
        at = next - 1;
      }
    }
  }
  return unterminated(PATH, start, 1, 'string');
}

function quotedName(text: string, start: number, quote: number): number {
  for (let at = quote + 1; at < text.length; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] !== '"') return at + 1;
    at++;
  }
  return unterminated(PATH, start, 1, 'quoted name');
}

function dollar(text: string, at: number): ReturnType<ReadToken> {
  const tagEnd = matchAt(dollarTag, text, at);
  if (tagEnd !== -1) {
    const tag = text.slice(at, tagEnd);
    const close = text.indexOf(tag, tagEnd);
    if (close === -1) return unterminated(PATH, at, tag.length, 'dollar-quoted string');
    return { kind: 'string', end: close + tag.length };
  }
  const parameterEnd = matchAt(parameter, text, at);
  return { kind: 'symbol', end: parameterEnd === -1 ? at + 1 : parameterEnd };
}
