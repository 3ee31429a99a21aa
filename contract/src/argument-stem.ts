/** A plain name is the name of its argument. */
export const isArgumentName = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(text);

/**
 * What the argument of an expression is named after: `search.value` → `search_value`. Of two expressions with the same stem,
 * the second has `_2` behind it.
 */
export function argumentStem(expression: string): string {
  if (isArgumentName(expression)) return expression;
  const words = expression
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^_+|(?<!_)_+$/g, '')
    .slice(0, 50);
  const stem = /^[0-9]/.test(words) ? `value_${words}` : words;
  return stem === '' ? 'value' : stem;
}
