/**
 * A rough count of how hard a password is to guess, 0 to 4, for the meter alone. The server decides: it also
 * knows the leaked ones.
 */
export function passwordStrength(password: string): 0 | 1 | 2 | 3 | 4 {
  if (password.length === 0) return 0;
  const distinct = new Set(password.toLowerCase()).size;
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  const bits = Math.min(password.length, distinct * 1.6) * (2 + kinds * 0.9);
  if (password.length < 8 || bits < 32) return 1;
  if (bits < 48) return 2;
  return bits < 62 ? 3 : 4;
}
