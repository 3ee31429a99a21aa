/** What went wrong in an expression, in one line that a builder can act on. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/read only property|not extensible|Cannot delete property/.test(message)) {
    return 'Values are read-only here. Make a copy first, with toSorted(), toReversed() or [...list].';
  }
  if (/Maximum call stack/.test(message)) return 'The expression calls itself endlessly.';
  return message.slice(0, 500) || 'The expression failed.';
}
