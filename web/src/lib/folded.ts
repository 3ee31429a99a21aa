/**
 * A text as a search compares it, without case and without the marks of Latin, Greek and Cyrillic letters: "ozturk" finds
 * "Öztürk", and "istanbul" finds "İSTANBUL". Marks of other scripts are letters, and stay.
 */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('ı', 'i')
    // The end of a word, which the beginning of a longer one is not.
    .replaceAll('ς', 'σ');
