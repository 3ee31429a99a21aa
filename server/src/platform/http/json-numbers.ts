import { refuse } from './refusals.ts';

/** Many digits, or an exponent of three: only such a number can be another one as a double. */
const MAY_ROUND = /\d[\d.]{15}|\d[eE][+-]?\d{3}/;
const TOKEN = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Refuses, before it is parsed, JSON with a number that would be read as another: such a one is sent as text (Q4). */
export function assertExact(text: string): void {
  if (!MAY_ROUND.test(text)) return;
  for (let at = 0; at < text.length; ) {
    const c = text.charCodeAt(at);
    if (c === 0x22) at = afterString(text, at);
    else if (c === 0x2d || (c >= 0x30 && c <= 0x39)) {
      TOKEN.lastIndex = at;
      const token = TOKEN.exec(text)?.[0] ?? '-';
      if (token !== '-' && !sameNumber(token, String(Number(token)))) {
        const message = 'A number has more digits than are kept, or is too large: send it as text.';
        throw refuse('input_invalid', { places: [{ message }] });
      }
      at += token.length;
    } else at++;
  }
}

function afterString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 0x5c) at++;
    else if (c === 0x22) return at + 1;
  }
  return text.length;
}

const sameNumber = (a: string, b: string): boolean => a === b || plain(a) === plain(b);

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
