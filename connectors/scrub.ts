/** Takes the words out of an engine's message that a message must never hold, also as JSON writes them. */
export function scrub(message: string, words: readonly string[]): string {
  return words
    .filter((word) => word.length >= 3)
    .flatMap(forms)
    .reduce((text, word) => text.replaceAll(word, '…'), message)
    .slice(0, 2_000);
}

/** Some writers escape the slash too. */
function forms(word: string): readonly string[] {
  const json = JSON.stringify(word).slice(1, -1);
  return [word, json, json.replaceAll('/', '\\/')];
}
