import { parseExpressionAt } from 'acorn';
import { analyseExpression, OBJECT_IN_BRACKETS, type Use } from './analyse-expression.ts';
import type { Syntax } from './ast.ts';
import { plainValue } from './plain-value.ts';
import { textOf } from './text-of.ts';

type Scope = Readonly<Record<string, unknown>>;
type Part = string | ((scope: Scope) => unknown);

export interface Template {
  /** Evaluates it over the names of the app. A lone `{{ }}` keeps its type; anything else is text. */
  readonly run: (scope: Scope) => unknown;
  readonly uses: readonly Use[];
  readonly path: readonly string[] | null;
}

const SPACE = /\s*/y;
const skipSpace = (text: string, at: number): number => {
  SPACE.lastIndex = at;
  return at + (SPACE.exec(text)?.[0].length ?? 0);
};

/** What is often written for an expression and is none, and what to write instead. */
const NOT_EXPRESSIONS: readonly (readonly [RegExp, string])[] = [
  [/^await\b/, 'Expressions cannot use await. Run a query from an event instead.'],
  [
    /^(?:const|let|var|return|if|for|while|switch|try|throw)\b/,
    'These are statements. Put them in a function and call it: (() => { … return … })().',
  ],
  [/=>\s*\{\s*(?:[\w$]+|'[^']*'|"[^"]*")\s*:/, OBJECT_IN_BRACKETS],
];

function parse(text: string, at: number): Syntax {
  try {
    return parseExpressionAt(text, at, { ecmaVersion: 'latest', sourceType: 'script' }) as unknown as Syntax;
  } catch (error) {
    const message = error instanceof Error ? error.message.replace(/ \(\d+:\d+\)$/, '') : String(error);
    throw new Error(hintOn(text.slice(at)) ?? `This is not a complete expression: ${message}.`);
  }
}

const hintOn = (written: string): string | undefined =>
  NOT_EXPRESSIONS.find(([form]) => form.test(written))?.[1];

function compilePart(
  source: string,
  start: number,
  end: number,
  insertions: { at: number; text: string }[],
  names: string[],
): Part {
  let code = '';
  let at = start;
  for (const insertion of insertions.toSorted((a, b) => a.at - b.at)) {
    code += source.slice(at, insertion.at) + insertion.text;
    at = insertion.at;
  }
  code += source.slice(at, end);
  // The parser has proven that this is one whole expression, so nothing in it can close the bracket.
  const evaluate = new Function(...names, `"use strict"; return (${code}\n);`) as (
    ...values: unknown[]
  ) => unknown;
  return (scope) => evaluate(...names.map((name) => scope[name]));
}

/** Compiles text with `{{ }}` places. Throws a sentence for the person who wrote it. */
export function compileTemplate(text: string): Template {
  const parts: Part[] = [];
  const uses: Use[] = [];
  let path: readonly string[] | null = null;
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    if (open < 0) break;
    if (open > at) parts.push(text.slice(at, open));
    const start = skipSpace(text, open + 2);
    if (text.startsWith('}}', start)) {
      parts.push(() => undefined);
      at = start + 2;
      continue;
    }
    const expression = parse(text, start);
    const close = closingOf(text, start, expression.end);
    const analysis = analyseExpression(text, expression);
    const names = [...new Set(analysis.uses.map((use) => use.root))];
    parts.push(compilePart(text, start, close, [...analysis.insertions], names));
    uses.push(...analysis.uses);
    path = analysis.path;
    at = close + 2;
  }
  if (at < text.length) parts.push(text.slice(at));
  const expressions = parts.filter((part) => typeof part !== 'string');
  const alone =
    expressions.length === 1 && parts.every((part) => typeof part !== 'string' || part.trim() === '');
  const [only] = expressions;
  if (alone && only !== undefined) return { run: only, uses, path };
  return {
    run: (scope) =>
      parts.map((part) => (typeof part === 'string' ? part : textOf(plainValue(part(scope))))).join(''),
    uses,
    path: null,
  };
}

/** Where `}}` stands after an expression; brackets around the expression and comments belong to it. */
function closingOf(text: string, start: number, from: number): number {
  const rest =
    /^(?:[\s)]|\/\*[\s\S]*?\*\/|\/\/.*[\n\r\u2028\u2029])*/.exec(text.slice(from))?.[0].length ?? 0;
  if (text.startsWith('}}', from + rest)) return from + rest;
  const hint = hintOn(text.slice(start));
  if (hint !== undefined) throw new Error(hint);
  const end = text.indexOf('}}', from + rest);
  if (end === -1) throw new Error('The closing }} is missing.');
  const more = text.slice(from + rest, Math.min(end, from + rest + 24)).trimEnd();
  throw new Error(`Use a single expression. “${more}” follows it before the closing }}.`);
}
