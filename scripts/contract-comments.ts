import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Json } from './openapi-schemas.ts';

/** Gives schemas the doc comments of the contract that they were made from, as descriptions. */
export interface ContractComments {
  /** The comment above an operation. */
  ofOperation(operationId: string): string | undefined;
  /** The schema that was exported under this name. */
  ofName(name: string, schema: Json): Json;
  /** What stands in an operation itself. */
  ofPart(operationId: string, part: 'params' | 'query' | 'body' | 'response', schema: Json): Json;
}

/** By where things stand: `AppRow.release`, `apps.listApps.query.source`; in a file alone, `runs/request.runId`. */
interface Read {
  readonly said: Map<string, string>;
  /** Which other places one is made of: `...request`, or a schema that the file keeps to itself. */
  readonly parts: Map<string, readonly string[]>;
  readonly operations: Map<string, string>;
}

/** Comments are the documentation: a caller who has only the description of the API gets them too. */
export function contractComments(folder: string): ContractComments {
  const read: Read = { said: new Map(), parts: new Map(), operations: new Map() };
  for (const file of globSync('*.ts', { cwd: folder }).sort())
    readFile(basename(file, '.ts'), readFileSync(join(folder, file), 'utf8').split('\n'), read);
  const places = (path: string): readonly string[] => [
    path,
    ...(read.parts.get(path) ?? []).flatMap((one) => places(one)),
  ];
  const documented = (schema: Json, path: string): Json => {
    const walk = (node: unknown): unknown => {
      if (Array.isArray(node)) return node.map(walk);
      if (typeof node !== 'object' || node === null) return node;
      const entries = Object.entries(node).map(([key, value]) => [
        key,
        key === 'properties' ? ofProperties(value as Record<string, Json>) : walk(value),
      ]);
      return Object.fromEntries(entries);
    };
    const ofProperties = (properties: Record<string, Json>) =>
      Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [
          name,
          places(path).reduce((so, at) => documented(so, `${at}.${name}`), property),
        ]),
      );
    const text = places(path)
      .map((one) => read.said.get(one))
      .find((one) => one !== undefined);
    return { ...(text === undefined ? {} : { description: text }), ...(walk(schema) as Json) };
  };
  const operation = (id: string) => read.operations.get(id) ?? '';
  return {
    ofOperation: (id) => read.said.get(operation(id)),
    ofName: (name, schema) => documented(schema, name),
    ofPart: (id, part, schema) =>
      places(operation(id)).reduce((so, at) => documented(so, `${at}.${part}`), schema),
  };
}

const DECLARED = /^(export )?const (\w+)\b/;
const KEY = /^( +)(\w+):/;
const SPREAD = /\.\.\.(\w+(?:\.\w+)?)/g;
const VALUE = /: (\w+)\b/;
const OPERATION = /^ +operationId: '(\w+)'/;
const COMMENT = /^ *\/\*\*/;

/** The files are formatted by machine: a line begins one thing at most, and its indent says inside of what. */
function readFile(file: string, lines: readonly string[], { said, parts, operations }: Read): void {
  const own = new Set(lines.map((line) => DECLARED.exec(line)).flatMap((m) => (m && !m[1] ? [m[2]] : [])));
  const placeOf = (name: string) => (own.has(name.split('.')[0]) ? `${file}/${name}` : name);
  let around: readonly { readonly indent: number; readonly path: string }[] = [];
  let comment = '';
  let open = false;
  for (const line of lines) {
    if (open || COMMENT.test(line)) {
      comment = `${open ? comment : ''} ${line.replace(/^ *(\/\*\*|\*(?!\/))|\*\/$/g, '').trim()}`;
      open = !line.includes('*/');
      continue;
    }
    const name = DECLARED.exec(line)?.[2];
    const [, indent = '', key] = KEY.exec(line) ?? [];
    if (name !== undefined) around = [{ indent: 0, path: placeOf(name) }];
    else if (key !== undefined) {
      around = around.filter((one) => one.indent < indent.length);
      const operation = OPERATION.exec(line)?.[1];
      if (operation !== undefined) operations.set(operation, around.at(-1)?.path ?? '');
      around = [...around, { indent: indent.length, path: `${around.at(-1)?.path}.${key}` }];
    } else if (line.trimStart().startsWith('...'))
      around = around.filter((one) => one.indent < line.search(/\S/));
    const path = around.at(-1)?.path;
    const from = [...line.matchAll(SPREAD)].map(([, one = '']) => placeOf(one.replace(/\.shape$/, '')));
    const alone = key === undefined ? undefined : VALUE.exec(line)?.[1];
    if (own.has(alone)) from.push(placeOf(String(alone)));
    if (path !== undefined && from.length > 0) parts.set(path, [...(parts.get(path) ?? []), ...from]);
    const text = comment.trim();
    if (path !== undefined && text !== '' && (name ?? key) !== undefined) said.set(path, text);
    comment = '';
  }
}
