import { readTemplate, type TextPart } from '../../language/read-template.ts';
import { Uncompilable } from '../../language.ts';

const ALLOWED = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*$/;
/** Encoded dots, backslashes and NUL are read differently from server to server, as encoded slashes are. */
const AMBIGUOUS = /%(?:2e|5c|00)/i;

/** Cuts the path of a REST query into segments (Q7). A hole is one segment or a part of one. */
export function readPath(path: string): TextPart[][] {
  const refuse = (at: number, length: number, message: string): never => {
    throw new Uncompilable({ path: 'path', at, length, message });
  };
  if (/^https?:/i.test(path))
    refuse(
      0,
      path.length,
      'Enter only what comes after the base URL of the source. Another address needs another source.',
    );
  if (!path.startsWith('/'))
    refuse(0, path.length, 'A path must start with /. The base URL comes from the source.');
  const segments: TextPart[][] = [[]];
  for (const part of readTemplate(path, 'path')) {
    if ('hole' in part) {
      segments.at(-1)?.push(part);
      continue;
    }
    let at = part.at;
    part.text.split('/').forEach((text, i) => {
      if (i > 0) {
        segments.push([]);
        at += 1;
      }
      if (/[?#]/.test(text))
        refuse(at, text.length, 'Write what comes after ? as query fields; # never reaches a server.');
      // As API documentation writes a path.
      const named = /\{[\w.-]+\}/.exec(text);
      if (named)
        refuse(
          at + named.index,
          named[0].length,
          `To put a value in the path, write an expression such as {{ table.selectedRow.id }} in place of ${named[0]}.`,
        );
      if (!ALLOWED.test(text)) refuse(at, text.length, 'Percent-encode this part of the path.');
      if (/%2f/i.test(text))
        refuse(
          at,
          text.length,
          'To send a slash within a part of the path, write {{ "/" }} in place of %2F.',
        );
      if (AMBIGUOUS.test(text))
        refuse(at, text.length, 'Encoded dots and backslashes are not allowed in a path.');
      if (text !== '') segments.at(-1)?.push({ text, at });
      at += text.length;
    });
  }
  // The first is what stands before the leading slash: nothing.
  const [, ...rest] = segments;
  rest.forEach((segment, i) => {
    const literal = segment.every((part) => 'text' in part);
    const text = segment.map((part) => ('text' in part ? part.text : '')).join('');
    if (literal && (text === '.' || text === '..'))
      refuse(0, path.length, '“.” and “..” are not allowed in a path.');
    if (literal && text === '' && i < rest.length - 1)
      refuse(0, path.length, 'A path cannot have empty segments.');
  });
  return rest;
}
