/** Takes the words out of an engine's message that a message must never hold. */
export function scrub(message: string, words: readonly string[]): string {
  return words
    .filter((word) => word.length >= 3)
    .reduce((text, word) => text.replaceAll(word, '…'), message)
    .slice(0, 2_000);
}
