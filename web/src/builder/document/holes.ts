import { parseExpressionAt } from 'acorn';

/** One `{{ expression }}` in a text: offsets in UTF-16 units, of the whole place and of the expression in it. */
export interface Hole {
  readonly at: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
  readonly expression: string;
  /** False when the expression is not JavaScript, or has no end. */
  readonly valid: boolean;
}

/** What may stand between an expression and the end of its hole: a comment that ends with its line must end before it. */
const CLOSING = /(?:\s|\/\*(?:(?!\*\/)[\s\S])*\*\/|\/\/.*[\n\r\u2028\u2029])*\}\}/y;

/** Where the expression that begins at `from`, with brackets and comments around it, ends before `}}`. */
function endOfExpression(text: string, from: number): number | undefined {
  try {
    CLOSING.lastIndex = parseExpressionAt(text, from, { ecmaVersion: 'latest', preserveParens: true }).end;
    return CLOSING.test(text) ? CLOSING.lastIndex - 2 : undefined;
  } catch {
    return undefined;
  }
}

/** Every `{{ … }}` of a text, in order. A `}}` inside a string or an object does not end a hole. */
export function findHoles(text: string): Hole[] {
  const holes: Hole[] = [];
  let at = text.indexOf('{{');
  while (at !== -1) {
    const hole = holeAt(text, at);
    if (!hole) break;
    holes.push(hole);
    at = text.indexOf('{{', hole.end);
  }
  return holes;
}

function holeAt(text: string, at: number): Hole | undefined {
  const from = at + 2;
  // A mistake in one hole must not swallow the next one: it ends at the first braces.
  const first = text.indexOf('}}', from);
  if (first === -1) return undefined;
  const whole = endOfExpression(text, from);
  const to = whole ?? first;
  return { at, end: to + 2, from, to, expression: text.slice(from, to), valid: whole !== undefined };
}

/** The expression of a text that is one hole and nothing else: only such a text keeps its value's type. */
export function soleExpression(text: string): string | undefined {
  const trimmed = text.trim();
  const [hole, second] = findHoles(trimmed);
  return hole && !second && hole.at === 0 && hole.end === trimmed.length ? hole.expression.trim() : undefined;
}

/** Rewrites the expression in every hole that parses; the text around holes stays byte for byte. */
export function mapHoles(text: string, change: (expression: string) => string): string {
  let out = '';
  let last = 0;
  for (const hole of findHoles(text)) {
    if (!hole.valid) continue;
    out += text.slice(last, hole.from) + change(hole.expression);
    last = hole.to;
  }
  return last === 0 ? text : out + text.slice(last);
}
