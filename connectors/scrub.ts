/** Takes the words out of an engine's message that a message must never hold, also as JSON writes them. */
export const scrub = (message: string, words: readonly string[]): string =>
  withoutWords(message, words).slice(0, 2_000);

/** The same of a text that is yet to be cut. */
export const withoutWords = (text: string, words: readonly string[]): string =>
  words
    .filter((word) => word.length >= 3)
    .flatMap(forms)
    .reduce((rest, word) => rest.replaceAll(word, '…'), text);

/** Some writers escape the slash too. */
function forms(word: string): readonly string[] {
  const json = JSON.stringify(word).slice(1, -1);
  return [word, json, json.replaceAll('/', '\\/')];
}
