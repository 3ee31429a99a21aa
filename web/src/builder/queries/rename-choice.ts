/** The choices with another name for one, in their order; as they are where another of them has the name. */
export function renameChoice<T>(
  choices: Readonly<Record<string, T>>,
  from: string,
  to: string,
): Record<string, T> {
  if (Object.hasOwn(choices, to)) return { ...choices };
  return Object.fromEntries(Object.entries(choices).map(([name, list]) => [name === from ? to : name, list]));
}
