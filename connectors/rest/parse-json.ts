import { ConnectorError } from '../port.ts';

const DEPTH = 100;
/** Many digits, or an exponent of three: only such numbers can be others as a double. */
const MAY_ROUND = /\d[\d.]{15}|\d[eE][+-]?\d{3}/;

/** Parses an answer: bounded nesting, and numbers that a JavaScript number would round become text (Q16). */
export function parseJson(text: string): unknown {
  if (depthOf(text) > DEPTH)
    throw new ConnectorError('source_answer_invalid', `The answer is nested deeper than ${DEPTH} levels.`);
  try {
    return MAY_ROUND.test(text) ? JSON.parse(text, keepNumber as never) : JSON.parse(text);
  } catch (error) {
    throw new ConnectorError('source_answer_invalid', 'The answer is not JSON.', { cause: error });
  }
}

function keepNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined || String(value) === source) return value;
  const digits = source.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '');
  // Too large for a double, it would be written as null; too near to zero, as zero.
  const lost = !Number.isFinite(value) || (value === 0 && digits !== '');
  return lost || digits.length > 15 ? source : value;
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
