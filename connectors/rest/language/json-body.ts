import { readHole } from '../../language/read-hole.ts';
import type { TextPart } from '../../language/read-template.ts';
import { type Hole, Uncompilable } from '../../language.ts';

const PATH = 'body.json';

/**
 * Cuts a JSON text at its holes; each must stand where a value stands. Proof: with `null` in every hole the text is
 * JSON, and no hole is inside a string.
 */
export function readJsonBody(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    if (text[at] === '"') {
      const end = stringEnd(text, at);
      const inside = text.slice(at, end).indexOf('{{');
      if (inside !== -1) {
        throw new Uncompilable({
          path: PATH,
          at: at + inside,
          length: 2,
          message: 'An expression must replace a whole JSON value. Write {{ … }} without quotes around it.',
        });
      }
      at = end;
    } else if (text.startsWith('{{', at)) {
      const hole: Hole = readHole(text, at, PATH);
      if (at > from) parts.push({ text: text.slice(from, at), at: from });
      parts.push({ hole });
      at += hole.length;
      from = at;
    } else at++;
  }
  if (from < text.length) parts.push({ text: text.slice(from), at: from });
  try {
    JSON.parse(parts.map((part) => ('text' in part ? part.text : ' null ')).join(''));
  } catch {
    throw new Uncompilable({
      path: PATH,
      at: 0,
      length: text.length,
      message: 'The body is not valid JSON. Use expressions as values, such as { "name": {{ form.name }} }.',
    });
  }
  return parts;
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  throw new Uncompilable({ path: PATH, at: start, length: 1, message: 'This string is not closed.' });
}
