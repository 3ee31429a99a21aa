import { exactNumber, isPastWhole, parseExact, rawNumber } from '@sallyport/contract';
import { ConnectorError } from '../port.ts';

const DEPTH = 100;

/** Parses an answer: bounded nesting, and no digit is lost of a number that a JavaScript number would round (Q16). */
export function parseJson(text: string): unknown {
  if (depthOf(text) > DEPTH)
    throw new ConnectorError('source_answer_invalid', `The answer is nested deeper than ${DEPTH} levels.`);
  try {
    return parseExact(text, (written, value) =>
      isPastWhole(written) ? rawNumber(written) : exactNumber(written, value),
    );
  } catch (error) {
    throw new ConnectorError('source_answer_invalid', 'The answer is not JSON.', { cause: error });
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
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
    } else if (code === 125 || code === 93) depth -= 1;
  }
  return deepest;
}
