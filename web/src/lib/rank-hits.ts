import { folded } from './folded.ts';

/**
 * What has every word that was typed, in its name or in what is said of it: first what is called just that, then what
 * begins with it, then what has it in its name, and what is only said to have it last. Equals keep their order.
 */
export function rankHits<T>(
  all: readonly T[],
  typed: string,
  saidOf: (one: T) => { readonly name: string; readonly note?: string | undefined },
): T[] {
  const wanted = folded(typed.trim());
  const words = wanted.split(/\s+/).filter(Boolean);
  const has = (text: string) => words.every((word) => text.includes(word));
  const rankOf = (one: T): number => {
    const said = saidOf(one);
    const name = folded(said.name);
    if (name === wanted) return 0;
    if (!has(name)) return has(`${name} ${folded(said.note ?? '')}`) ? 3 : 4;
    return words[0] !== undefined && name.startsWith(words[0]) ? 1 : 2;
  };
  return all
    .map((one) => ({ one, rank: rankOf(one) }))
    .filter(({ rank }) => rank < 4)
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}
