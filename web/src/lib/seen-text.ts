import { beginningOf } from './beginning-of.ts';
import { figure } from './number.ts';

/** What shows the letters behind it in the other order, whatever they are: no language needs it. */
const TURNS = /[\u202d\u202e]/g;

/** A browser lays out a longer text without a space for so long that its page does not answer. */
const LONGEST = 20_000;

/**
 * A text of the data as it may be shown: `invoice` with a sign that turns `fdp.exe` around does not read as a PDF, and of a
 * text that no page can show, its beginning, and how long it is.
 */
export const seenText = (text: string): string =>
  text.length > LONGEST
    ? `${seenText(beginningOf(text, LONGEST))}… (${figure(LONGEST)} of ${figure(text.length)} characters)`
    : text.replace(TURNS, (sign) => `⟨U+${sign.charCodeAt(0).toString(16).toUpperCase()}⟩`);
