import type { Expression } from 'acorn';

type Value = string | number | boolean | null;

/** A hole that is one literal: its value, or why no document can keep it; null for every other expression. */
export function readLiteral(
  node: Expression,
): { readonly value: Value } | { readonly problem: string } | null {
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) {
    return text(node.quasis[0]?.value.cooked ?? '');
  }
  const negative = node.type === 'UnaryExpression' && node.operator === '-';
  const literal = negative ? node.argument : node;
  if (literal.type !== 'Literal') return null;
  const { value, raw = '' } = literal;
  if (typeof value === 'bigint') return { problem: BIG };
  if (typeof value === 'number') {
    return isExact(value, raw) ? { value: negative ? -value : value } : { problem: LOSSY };
  }
  if (negative) return null;
  if (typeof value === 'string') return text(value);
  if (typeof value === 'boolean' || (value === null && raw === 'null')) return { value };
  return null;
}

const BIG =
  'A number is written without n; one with many digits in the query’s own language, outside of the hole.';
const LOSSY =
  'JavaScript does not hold this number with all its digits: write it in the query’s own language, outside of the hole.';

/** Whether the number is the one that is written. 15 digits always are; more may be. */
function isExact(value: number, raw: string): boolean {
  if (!Number.isFinite(value)) return false;
  const digits = raw.split(/e/i, 1)[0]!.replace(/\D/g, '').replace(/^0+/, '');
  // Too near to zero to be another number.
  if (value === 0) return digits === '' || /^0[xob]/i.test(raw);
  if (Number.isInteger(value)) return Number.isSafeInteger(value);
  return digits.length <= 15 || String(value) === raw;
}

function text(value: string): { readonly value: string } | { readonly problem: string } {
  return value.includes('\0') || !value.isWellFormed()
    ? { problem: 'A text cannot hold the character U+0000 or half of a character.' }
    : { value };
}
