import { Uncompilable } from '../language.ts';

/** The most statements that one query may compile into (Q2). */
export const MOST_STATEMENTS = 64;

/** Every combination of the choices, in the order written; one empty combination when there are none. */
export function combinations(
  choices: Readonly<Record<string, readonly string[]>>,
): readonly Readonly<Record<string, string>>[] {
  const names = Object.keys(choices).sort();
  const count = names.reduce((product, name) => product * (choices[name]?.length ?? 0), 1);
  if (count > MOST_STATEMENTS) {
    throw new Uncompilable({
      path: 'choices',
      message: `These choices make ${count} statements. The maximum is ${MOST_STATEMENTS}.`,
    });
  }
  for (const name of names) {
    const list = choices[name] ?? [];
    if (new Set(list).size !== list.length) {
      throw new Uncompilable({
        path: `choices.${name}`,
        message: 'The choice contains the same text twice.',
      });
    }
  }
  return names.reduce<readonly Readonly<Record<string, string>>[]>(
    (all, name) => all.flatMap((one) => (choices[name] ?? []).map((text) => ({ ...one, [name]: text }))),
    [{}],
  );
}
