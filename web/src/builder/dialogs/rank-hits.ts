/**
 * What has every word that was typed, in its name or in what is said of it: first what begins with it, then what has it
 * in its name, and what is only said to have it last.
 */
export function rankHits<T extends { readonly name: string; readonly note: string }>(
  all: readonly T[],
  typed: string,
): T[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = ({ name, note }: T): number => {
    const has = (text: string) => words.every((word) => text.toLowerCase().includes(word));
    if (words[0] !== undefined && name.toLowerCase().startsWith(words[0]) && has(name)) return 0;
    return has(name) ? 1 : has(`${name} ${note}`) ? 2 : 3;
  };
  return [0, 1, 2].flatMap((wanted) => all.filter((hit) => rank(hit) === wanted));
}
