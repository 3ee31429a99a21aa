const WORDS = /(?:^|[_ ])(?:id|year|code|zip|postcode|number|no|key|version)$/i;

/** Words that end in these letters and are no id: of the others, `hostid` and `uid`, most are one. */
const NO_IDS = new Set(
  'acid aid bid covid fluid grid humid hybrid invalid kid lid liquid mid overpaid paid prepaid raid rapid solid unpaid valid void'.split(
    ' ',
  ),
);

/** Whether a name is of keys, years or codes: their digits are not grouped. */
export function isKeyLike(name: string): boolean {
  if (WORDS.test(name) || /[a-z]I[dD]$/.test(name)) return true;
  const word = (name.split(/[^a-z]/i).at(-1) ?? '').toLowerCase();
  return word.endsWith('id') && !NO_IDS.has(word);
}
