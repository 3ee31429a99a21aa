import { mapHoles } from '../document/holes.ts';
import { referencesOf } from '../document/references.ts';

/** The text with the name that an error of `sandbox/check-names` offers in place of the one that is not there. */
export function fixOf(error: string, text: string): { name: string; text: string } | undefined {
  const [, unknown, owner, missing, right] =
    /^(?:“(\w+)” does not exist|(\w+) has no “(\w+)”).*Did you mean “(\w+)”\?/.exec(error) ?? [];
  if (right === undefined) return undefined;
  const fixed = mapHoles(text, (expression) => {
    const wrong = referencesOf(expression).flatMap((reference) => {
      const { name, property } = reference;
      if (name === unknown) return [reference];
      return name === owner && property?.name === missing && property ? [property] : [];
    });
    // From the end, so that those before it stay where they are.
    return wrong
      .toSorted((a, b) => b.start - a.start)
      .reduce((out, { start, end }) => out.slice(0, start) + right + out.slice(end), expression);
  });
  return fixed === text ? undefined : { name: right, text: fixed };
}
