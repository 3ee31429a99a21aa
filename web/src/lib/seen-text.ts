/** What shows the letters behind it in the other order, whatever they are: no language needs it. */
const TURNS = /[\u202d\u202e]/g;

/** A text of the data as it may be shown: `invoice` with a sign that turns `fdp.exe` around does not read as a PDF. */
export const seenText = (text: string): string =>
  text.replace(TURNS, (sign) => `⟨U+${sign.charCodeAt(0).toString(16).toUpperCase()}⟩`);
