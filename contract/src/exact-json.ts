/**
 * Many digits, or an exponent of three, where a number may begin: only such a number can be another one as a double. Within a
 * text few are taken for one; a hash, where `5e123` is common, is not.
 */
const MAY_ROUND = /(?:^|[\s:,[])-?(?:\d[\d.]{15}|\d[\d.]*[eE][+-]?\d{3})/;
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Whether a text of JSON may hold a number that a double would round; most hold none, and are parsed as ever. */
export const mayRound = (json: string): boolean => MAY_ROUND.test(json);

/** Whether two writings are of one number, however many digits they have. */
const isSameNumber = (a: string, b: string): boolean => a === b || plain(a) === plain(b);

/** Whether a double holds the number that is written so. */
export const isHeldByDouble = (written: string): boolean => isSameNumber(written, String(Number(written)));

/** What is written out past 2^53 is an id mostly, and as a double could be its neighbour. */
export const isPastWhole = (written: string): boolean =>
  /^-?\d{16,}$/.test(written) && !Number.isSafeInteger(Number(written));

/** One writing for one number: its digits from the first that counts to the last, and where the point is. */
function plain(text: string): string | null {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (whole === '') return null;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  let end = digits.length;
  // By hand: an expression would look at each zero of a long number once for every zero before it.
  while (digits.charCodeAt(end - 1) === 0x30) end--;
  if (end === 0) return '0';
  return `${sign}${digits.slice(0, end)}e${Number(exponent) - fraction.length + digits.length - end}`;
}

/**
 * JSON of which no number is rounded: `keep` says what stands for one by how it is written, what it is as a double, and
 * where it is.
 */
export function parseExact(
  json: string,
  keep: (written: string, value: number, holder: object, key: string) => unknown,
): unknown {
  if (!mayRound(json)) return JSON.parse(json);
  function read(this: object, key: string, value: unknown, context?: { readonly source?: string }): unknown {
    const written = context?.source;
    return typeof value === 'number' && written !== undefined ? keep(written, value, this, key) : value;
  }
  return JSON.parse(json, read as never);
}

/** What `JSON.stringify` writes as the digits that it was made of. */
export interface RawNumber {
  readonly rawJSON: string;
}

/** Of ECMAScript 2026, which the compiler's library does not have yet. https://tc39.es/proposal-json-parse-with-source/ */
const json = JSON as unknown as {
  rawJSON(text: string): RawNumber;
  isRawJSON(value: unknown): value is RawNumber;
};

/** A number that is written in JSON with all its digits. */
export const rawNumber = (written: string): RawNumber => json.rawJSON(written);
/** The same where a double does not hold it. */
export const exactNumber = (written: string, value: number): number | RawNumber =>
  isHeldByDouble(written) ? value : rawNumber(written);
export const isRawNumber = (value: unknown): value is RawNumber => json.isRawJSON(value);
