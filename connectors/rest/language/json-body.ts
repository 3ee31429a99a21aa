import { readHole } from '../../language/read-hole.ts';
import type { TextPart } from '../../language/read-template.ts';
import { type Hole, Uncompilable } from '../../language.ts';

const PATH = 'body.json';

const STRING = /"(?:[^"\\]|\\.)*"/gs;
const BREAKS: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const BLANKS: typeof BREAKS = { '\n': ' ', '\r': ' ', '\t': ' ' };

/** A text of several lines within a string, such as a query of GraphQL, with something else for its breaks. */
const breaks = (text: string, by: typeof BREAKS): string =>
  text.replace(STRING, (string) => string.replace(/\\.|[\n\r\t]/gs, (found) => by[found] ?? found));

/**
 * Cuts a JSON text at its holes; each must stand where a value stands. Proof: with `null` in every hole the text is
 * JSON, and no hole is inside a string.
 */
export function readJsonBody(text: string): TextPart[] {
  const parts: TextPart[] = [];
  // As long as the text, with nothing in it that would need more room to be JSON.
  let shadow = '';
  let from = 0;
  const takeText = (to: number) => {
    const piece = text.slice(from, to);
    if (piece !== '') parts.push({ text: breaks(piece, BREAKS), at: from });
    shadow += breaks(piece, BLANKS);
  };
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
      takeText(at);
      parts.push({ hole });
      shadow += 'null'.padEnd(hole.length);
      at += hole.length;
      from = at;
    } else at++;
  }
  takeText(text.length);
  if (isJson(parts.map((part) => ('text' in part ? part.text : ' null ')).join(''))) return parts;
  throw new Uncompilable({
    path: PATH,
    ...faultIn(shadow),
    message: 'The body is not valid JSON. Use expressions as values, such as { "name": {{ form.name }} }.',
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Where the parser says that it is broken, or all of it where it does not. */
function faultIn(text: string): { readonly at: number; readonly length: number } {
  try {
    JSON.parse(text);
  } catch (error) {
    const [, place] = /at position (\d+)/.exec((error as SyntaxError).message) ?? [];
    if (place !== undefined) return { at: Number(place), length: 1 };
  }
  return { at: 0, length: text.length };
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
