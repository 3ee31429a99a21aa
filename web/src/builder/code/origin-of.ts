/** Where an expression's value will come from, as the compiler decides it; for badges before the server has answered. */
export function originOf(expression: string): 'user' | 'identity' | 'constant' {
  const text = expression.trim();
  if (/^currentUser\b/.test(text)) return 'identity';
  if (/^constants\b/.test(text)) return 'constant';
  if (/^(-?\d[\w.]*|true|false|null|'[^']*'|"[^"]*")$/.test(text)) return 'constant';
  return 'user';
}
