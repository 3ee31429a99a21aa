import { readHole } from '../../language/read-hole.ts';
import type { TextPart } from '../../language/read-template.ts';
import { type Hole, Uncompilable } from '../../language.ts';

const PATH = 'body.json';

const STRING = /"(?:[^"\\]|\\.)*"/gs;
const BREAKS: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text of several lines within a string, such as a query of GraphQL, as JSON writes one. */
const inOneLine = (text: string): string =>
  text.replace(STRING, (string) => string.replace(/\\.|[\n\r\t]/gs, (found) => BREAKS[found] ?? found));

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
          message: `An expression must replace a whole JSON value. Write ${unquoted(text, at) ?? '{{ … }}'} without quotes around it.`,
        });
      }
      at = end;
    } else if (text.startsWith('{{', at)) {
      const hole: Hole = readHole(text, at, PATH);
      if (at > from) parts.push({ text: inOneLine(text.slice(from, at)), at: from });
      parts.push({ hole });
      at += hole.length;
      from = at;
    } else at++;
  }
  if (from < text.length) parts.push({ text: inOneLine(text.slice(from)), at: from });
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

/**
 * `"{{ x }}"` → `{{ x }}`, and `"To {{ x }}"` → `{{ "To " + x }}`, of the string that begins at `start`; null when it has
 * no end, no expression, or holds what the server alone knows, with which no browser computes.
 */
function unquoted(text: string, start: number): string | null {
  const parts: string[] = [];
  let literal = '';
  const flush = () => {
    if (literal !== '') parts.push(`"${literal}"`);
    literal = '';
  };
  for (let at = start + 1; at < text.length; ) {
    if (text.startsWith('{{', at)) {
      const hole = holeAt(text, at);
      if (hole === null) return null;
      const { expression, source, length } = hole;
      if (at === start + 1 && text[at + length] === '"') return text.slice(at, at + length);
      if (source.from !== 'user') return null;
      flush();
      if (parts.length === 0) parts.push('""');
      parts.push(/^[\w.$]+$/.test(expression) ? expression : `(${expression})`);
      at += length;
    } else if (text[at] === '"') {
      flush();
      return `{{ ${parts.join(' + ')} }}`;
    } else {
      const step = text[at] === '\\' ? 2 : 1;
      literal += text.slice(at, at + step);
      at += step;
    }
  }
  return null;
}

function holeAt(text: string, at: number): Hole | null {
  try {
    return readHole(text, at, PATH);
  } catch {
    return null;
  }
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  throw new Uncompilable({ path: PATH, at: start, length: 1, message: 'This string is not closed.' });
}
