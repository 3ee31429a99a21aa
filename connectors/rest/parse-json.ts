import { exactNumber, isPastWhole, parseExact, rawNumber } from '@sallyport/contract';
import { ConnectorError } from '../port.ts';

const DEPTH = 100;
/** Of one object: making one of millions holds up everything else for seconds. */
const NAMES = 100_000;

/** Parses an answer: bounded nesting, and no digit is lost of a number that a JavaScript number would round (Q16). */
export function parseJson(text: string): unknown {
  const { deepest, most } = measure(text);
  if (deepest > DEPTH)
    throw new ConnectorError(
      'source_answer_invalid',
      `The response is nested more than ${DEPTH} levels deep.`,
    );
  if (most > NAMES)
    throw new ConnectorError(
      'source_answer_invalid',
      `An object in the response has more than ${NAMES} fields.`,
    );
  try {
    return parseExact(text, (written, value) =>
      isPastWhole(written) ? rawNumber(written) : exactNumber(written, value),
    );
  } catch (error) {
    throw new ConnectorError('source_answer_invalid', 'The response is not valid JSON.', { cause: error });
  }
}

/** How deep a text of JSON is nested, and how many names its largest object has. */
function measure(text: string): { readonly deepest: number; readonly most: number } {
  let depth = 0;
  let deepest = 0;
  let most = 0;
  const names: number[] = [];
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 92) i += 1;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 123 || code === 91) {
      depth += 1;
      if (depth > deepest) deepest = depth;
      if (depth <= DEPTH) names[depth] = 0;
    } else if (code === 125 || code === 93) depth -= 1;
    else if (code === 58 && depth > 0 && depth <= DEPTH) {
      const count = (names[depth] ?? 0) + 1;
      names[depth] = count;
      if (count > most) most = count;
    }
  }
  return { deepest, most };
}
