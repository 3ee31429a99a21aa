import { type CompiledField, type CompiledRequest, type Template, Unbindable } from '../../language.ts';
import type { RestRequest } from '../../port.ts';
import { isHeaderText } from './headers.ts';

/** An argument's value in its two forms: as text (null when there is no value), and as JSON text. */
export interface RestValue {
  readonly text: string | null;
  readonly json: string;
  /** Of a list, the text of each item. */
  readonly items?: readonly string[];
}
export type RestValues = ReadonlyMap<string, RestValue>;

/**
 * Fills a compiled request (Q7). Nothing that a value holds can leave its place: a path value stays one segment, query
 * and form values are encoded, header values hold no control character, and body values are JSON.
 */
export function buildRequest(request: CompiledRequest, values: RestValues): RestRequest {
  const text = (name: string): string | null => (values.get(name) as RestValue).text;
  const fill = (template: Template): string =>
    template.map((part) => (typeof part === 'string' ? part : (text(part.argument) ?? ''))).join('');
  /** A field whose whole value is one hole without a value is left out. */
  const absent = (template: Template): boolean =>
    template.length === 1 && typeof template[0] === 'object' && text(template[0].argument) === null;

  const segments = request.segments.map((template) => segment(template, text));
  const textsOf = ({ value, each, some }: CompiledField): readonly string[] => {
    const [only] = value;
    if (!each || typeof only !== 'object') return absent(value) ? [] : [fill(value)];
    const items = values.get(only.argument)?.items ?? [];
    if (some && items.length === 0)
      throw new Unbindable(only.argument, 'An empty list leaves out what narrows this request down.');
    return items;
  };
  const pairs = (list: readonly CompiledField[], space: '%20' | '+'): string =>
    list
      .flatMap((field) => textsOf(field).map((one) => `${encode(field.name, space)}=${encode(one, space)}`))
      .join('&');
  const query = pairs(request.query, '%20');
  const headers: [string, string][] = request.headers
    .filter((header) => !absent(header.value))
    .map((header) => [header.name, headerValue(header.value, fill(header.value))]);
  let body: string | null = null;
  if (request.body !== null && 'json' in request.body) {
    body = request.body.json
      .map((part) => (typeof part === 'string' ? part : (values.get(part.argument) as RestValue).json))
      .join('');
    if (!headers.some(([name]) => name.toLowerCase() === 'content-type'))
      headers.push(['content-type', 'application/json']);
  } else if (request.body !== null) {
    body = pairs(request.body.form, '+');
    headers.push(['content-type', 'application/x-www-form-urlencoded']);
  }
  return {
    method: request.method,
    path: `/${segments.join('/')}${query === '' ? '' : `?${query}`}`,
    headers,
    body,
  };
}

function segment(template: Template, text: (name: string) => string | null): string {
  const raw = template.map((part) => (typeof part === 'string' ? part : (text(part.argument) ?? '')));
  const first = template.find((part) => typeof part === 'object');
  if (first !== undefined) {
    const whole = raw.join('');
    // Some servers take an encoded slash for one, and would climb to another place of theirs.
    if (whole === '' || whole.split(/[/\\]/).some((piece) => piece === '.' || piece === '..')) {
      throw new Unbindable(
        (first as { argument: string }).argument,
        'A part of the address cannot be empty, “.” or “..”, nor hold one of these between slashes.',
      );
    }
  }
  return template.map((part, i) => (typeof part === 'string' ? part : encode(raw[i] ?? '', '%20'))).join('');
}

const encode = (value: string, space: '%20' | '+'): string => {
  const encoded = encodeURIComponent(value).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return space === '+' ? encoded.replaceAll('%20', '+') : encoded;
};

function headerValue(template: Template, value: string): string {
  if (isHeaderText(value)) return value;
  const argument = template.find((part) => typeof part === 'object') as { argument: string };
  throw new Unbindable(
    argument.argument,
    'A header cannot contain line breaks, control characters, or characters outside Latin-1.',
  );
}
