/** Two letters for a round place. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  // By character as people see it: half of an emoji is none.
  const first = (word: string | undefined) => [...(word ?? '')][0] ?? '';
  const letters =
    words.length > 1 ? first(words[0]) + first(words.at(-1)) : [...name.trim()].slice(0, 2).join('');
  return letters.toUpperCase();
}
