/** Takes the words out of an engine's message that a message must never hold, also as JSON writes them. */
export const scrub = (message: string, words: readonly string[]): string =>
  withoutWords(message, words).slice(0, 2_000);

/** The same of a text that is yet to be cut. */
export const withoutWords = (text: string, words: readonly string[]): string =>
  words
    .filter((word) => word.length >= 3)
    .flatMap((word) => [...forms(word), ...encoded(word)])
    .reduce((rest, word) => rest.replaceAll(word, '…'), text);

/** Some writers escape the slash too. */
function forms(word: string): readonly string[] {
  const json = JSON.stringify(word).slice(1, -1);
  return [word, json, json.replaceAll('/', '\\/')];
}

/** Fewer letters of base64 could be anything. */
const TELLING = 8;

/**
 * What a text that holds the word has in base64, wherever in it the word begins: those of the letters that are of the word
 * alone, with either of the two alphabets (RFC 4648).
 */
function encoded(word: string): readonly string[] {
  const bytes = Buffer.from(word);
  return [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const from = Math.ceil((before * 8) / 6);
    const to = Math.floor((padded.length * 8) / 6);
    if (to - from < TELLING) return [];
    return (['base64', 'base64url'] as const).map((alphabet) => padded.toString(alphabet).slice(from, to));
  });
}
