/** The text with the name that an error of `sandbox/check-names` offers in place of the one that is not there. */
export function fixOf(error: string, text: string): { name: string; text: string } | undefined {
  const [, unknown, missing, right] =
    /^(?:“(\w+)” does not exist|\w+ has no “(\w+)”).*Did you mean “(\w+)”\?/.exec(error) ?? [];
  const wrong = unknown ?? missing;
  if (!wrong || !right) return undefined;
  const fixed = text.replace(new RegExp(`\\b${wrong}\\b`), right);
  return fixed === text ? undefined : { name: right, text: fixed };
}
