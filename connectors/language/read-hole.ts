import { type Expression, parseExpressionAt } from 'acorn';
import { type Hole, Uncompilable } from '../language.ts';
import { classify } from './classify.ts';

/** The longest expression of one hole, in UTF-16 units. */
const LONGEST = 4_000;

/**
 * Reads the hole whose `{{` stands at `at`. Where it ends is decided by JavaScript's own grammar, so that strings,
 * templates and objects may hold braces. Throws `Uncompilable` when it is not one expression.
 */
export function readHole(text: string, at: number, path: string): Hole {
  const source = text.slice(at + 2, at + 2 + LONGEST);
  const refuse = (message: string): never => {
    throw new Uncompilable({ path, at, length: guessLength(text, at), message });
  };
  if (/^\s*\}\}/.test(source)) refuse('Write an expression between {{ and }}.');
  let node: Expression;
  try {
    node = parseExpressionAt(source, 0, { ecmaVersion: 2024 });
  } catch {
    return refuse('The text between {{ and }} must be a single JavaScript expression.');
  }
  const end = closing(source, node);
  if (end === null) return refuse('Expected }} after the JavaScript expression.');
  const classified = classify(node);
  if ('problem' in classified) return refuse(classified.problem);
  return {
    path,
    at,
    length: 2 + end,
    expression: source.slice(0, end - 2).trim(),
    source: classified.source,
    identifier: node.type === 'Identifier' ? node.name : null,
  };
}

const COMMENT = /\/\*(?:(?!\*\/)[\s\S])*\*\/|\/\/.*/g;
const BEHIND = /(?:[\s)]|\/\*(?:(?!\*\/)[\s\S])*\*\/|\/\/.*[\n\r\u2028\u2029])*\}\}/y;

/** Where `}}` ends. Comments and parentheses around the whole expression are outside acorn's node; the latter must pair. */
function closing(source: string, node: Expression): number | null {
  const before = source.slice(0, node.start).replace(COMMENT, '').replace(/\s/g, '');
  if (!/^\(*$/.test(before)) return null;
  BEHIND.lastIndex = node.end;
  const match = BEHIND.exec(source);
  if (match === null || match[0].replace(COMMENT, '').replace(/[^)]/g, '').length !== before.length)
    return null;
  return match.index + match[0].length;
}

function guessLength(text: string, at: number): number {
  const end = text.indexOf('}}', at);
  return end === -1 || end - at > LONGEST ? 2 : end + 2 - at;
}
