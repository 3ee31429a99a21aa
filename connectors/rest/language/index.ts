import type { RestQuery } from '@sallyport/contract';
import { collectArguments } from '../../language/collect-arguments.ts';
import { readTemplate, type TextPart } from '../../language/read-template.ts';
import { refuseControl } from '../../language/refuse-control.ts';
import { NARROWED } from '../../language/type-arguments.ts';
import {
  type CompiledField,
  type CompiledRequest,
  type Language,
  type Template,
  Uncompilable,
} from '../../language.ts';
import { checkAnswerHeaders, checkHeaders } from './headers.ts';
import { readJsonBody } from './json-body.ts';
import { readPath } from './path.ts';

/** Requests to an HTTP source, written as templates (Q7). */
export const restLanguage: Language<RestQuery> = {
  name: 'rest',
  load: async () => undefined,
  outline: (document) => {
    refuseHidden(document);
    checkHeaders(document);
    checkWay(document, 'rowsAt', 'Write the way to the rows as names with dots: data.items');
    checkWay(document, 'errorAt', 'Write the way to the error as names with dots: data.error');
    if (document.body !== undefined && document.method === 'GET') {
      throw new Uncompilable({ path: 'body', message: 'A GET request cannot have a body.' });
    }
    const path = readPath(document.path);
    const fields = (list: RestQuery['query'], name: string) =>
      list.map((pair, i) => {
        const parts = readTemplate(pair.value, `${name}.${i}.value`);
        if (pair.each) checkList(parts, `${name}.${i}.value`);
        return { name: fixedName(pair.name, `${name}.${i}.name`), parts, each: pair.each === true };
      });
    const query = fields(document.query, 'query');
    const headers = fields(document.headers, 'headers');
    const json =
      document.body !== undefined && 'json' in document.body ? readJsonBody(document.body.json) : null;
    const form =
      document.body !== undefined && 'form' in document.body ? fields(document.body.form, 'body.form') : null;

    const named = [...query, ...headers, ...(form ?? [])];
    const plain = [...path.map((parts) => ({ parts, each: false })), ...named];
    // What stands in the body too is of any type there: made a text by its other place, a number would be a string.
    const inBody = new Set(holes(json ?? []).map(({ expression }) => expression));
    const placed = [
      ...plain.flatMap(({ parts, each }) =>
        holes(parts).map((hole) => ({
          hole,
          list: each,
          hint: inBody.has(hole.expression) ? ('json' as const) : ('text' as const),
          beside: null,
          besideText: false,
        })),
      ),
      ...holes(json ?? []).map((hole) => ({
        hole,
        list: false,
        hint: 'json' as const,
        beside: null,
        besideText: false,
      })),
    ];
    const collected = collectArguments(placed, {});
    const names = new Map(collected.holes.map((hole) => [`${hole.path}:${hole.at}`, hole.argument]));
    const template = (parts: readonly TextPart[]): Template =>
      parts.map((part) =>
        'text' in part ? part.text : { argument: names.get(`${part.hole.path}:${part.hole.at}`) as string },
      );
    const mayBeNone = ([only]: Template): boolean =>
      typeof only === 'object' && document.arguments[only.argument]?.nullable === true;
    const compiled = (list: ReturnType<typeof fields>, narrows = false) =>
      list.map(({ name, parts, each }): CompiledField => {
        const value = template(parts);
        if (!each) return { name, value };
        return narrows && !mayBeNone(value) ? { name, value, each, some: true } : { name, value, each };
      });
    const request: CompiledRequest = {
      method: document.method,
      segments: path.map(template),
      query: compiled(query, NARROWED.includes(document.method)),
      headers: compiled(headers),
      body: json !== null ? { json: template(json) } : form !== null ? { form: compiled(form) } : null,
      rowsAt: document.rowsAt ?? null,
      ...(document.errorAt === undefined ? {} : { errorAt: document.errorAt }),
      ...(document.answerHeaders === undefined
        ? {}
        : { answerHeaders: checkAnswerHeaders(document.answerHeaders) }),
    };
    const line = requestLine(request);
    const tables = [
      { name: line.split('?')[0] ?? line, access: document.method === 'GET' ? 'read' : 'write' } as const,
    ];
    return {
      language: 'rest',
      effect: document.method === 'GET' ? 'read' : 'write',
      counted: false,
      statements: [
        {
          choices: {},
          text: [`${document.method} ${line}`, ...headLines(request), ...bodyLines(request)].join('\n'),
          binds: collected.arguments.map((one) => one.name),
        },
      ],
      request,
      arguments: collected.arguments,
      holes: collected.holes,
      tables,
      relations: [],
      qualifiers: new Map(),
      // A request has no columns that could be told beforehand.
      touched: () => ({ tables, notes: [] }),
      functions: [],
      notes: [],
      order: [],
      ordered: true,
      idle: [],
      joined: [],
      samples: () => [],
      takesAny: () => new Set(),
      locate: () => ({ path: 'path', hole: false }),
    };
  },
};

function checkList(parts: readonly TextPart[], path: string): void {
  const [only, ...more] = parts;
  if (only !== undefined && 'hole' in only && more.length === 0) return;
  throw new Uncompilable({
    path,
    message: 'What is sent once for each item is one expression that makes a list: {{ tags.value }}',
  });
}

/** Where a request is reviewed, nothing of it may hide or turn the rest around. */
function refuseHidden({ path, query, headers, body, rowsAt, errorAt }: RestQuery): void {
  refuseControl(path, 'path');
  if (rowsAt !== undefined) refuseControl(rowsAt, 'rowsAt');
  if (errorAt !== undefined) refuseControl(errorAt, 'errorAt');
  if (body !== undefined && 'json' in body) refuseControl(body.json, 'body.json');
  const lists = { query, headers, 'body.form': body !== undefined && 'form' in body ? body.form : [] };
  for (const [list, pairs] of Object.entries(lists))
    pairs.forEach(({ name, value }, i) => {
      refuseControl(name, `${list}.${i}.name`);
      refuseControl(value, `${list}.${i}.value`);
    });
}

function checkWay(document: RestQuery, path: 'rowsAt' | 'errorAt', message: string): void {
  if (document[path]?.split('.').every(isName) === false) throw new Uncompilable({ path, message });
}

/** Names may have spaces in them (`Grocery Products`); around one, a space is a slip. */
const isName = (name: string): boolean => name !== '' && name.trim() === name;

/** A hole in a name would be sent as it is written. */
function fixedName(name: string, path: string): string {
  if (name.includes('{{'))
    throw new Uncompilable({
      path,
      message: 'A name cannot contain an expression. Use the expression in the value.',
    });
  return name;
}

const holes = (parts: readonly TextPart[]) => parts.flatMap((part) => ('hole' in part ? [part.hole] : []));

const show = (template: Template): string =>
  template.map((part) => (typeof part === 'string' ? part : `{${part.argument}}`)).join('');

/** As often as it is sent: of `{tags}` for each, `tag={tags}&…`. */
const showField = ({ name, value, each }: CompiledField): string =>
  `${encodeURIComponent(name)}=${show(value)}${each ? '&…' : ''}`;

/**
 * What else is sent, for a reviewer: a release that sends other headers or another body issues another request (Q10). So
 * does one that tells other headers of the answer, in brackets, which no name of a header has.
 */
const headLines = ({ headers, answerHeaders }: CompiledRequest): string[] => [
  ...headers.map(({ name, value }) => `${name}: ${show(value)}`),
  ...(answerHeaders === undefined ? [] : [`(response headers: ${answerHeaders.join(', ')})`]),
];

function bodyLines({ body }: CompiledRequest): string[] {
  if (body === null) return [];
  if ('json' in body) return ['', show(body.json)];
  return ['', body.form.map(showField).join('&')];
}

function requestLine(request: CompiledRequest): string {
  const query = request.query.map(showField).join('&');
  return `/${request.segments.map(show).join('/')}${query === '' ? '' : `?${query}`}`;
}
