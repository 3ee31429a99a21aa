import type { Route } from '@sallyport/contract';
import { z } from 'zod';

/** The part of JSON Schema that zod writes. */
interface Schema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const WORDS = [
  'orders',
  'Orders',
  'a1',
  '2026-01-02T03:04:05Z',
  '0'.repeat(64),
  '1',
  'https://a.example',
  'a.example',
];
const DEEPEST = 8;

/** An input that the route's own schema accepts, or nearly so: with `everything`, optional members too. */
export function sample(
  route: Route,
  part: 'params' | 'query' | 'body',
  id: () => string,
  everything = false,
): unknown {
  const schema = route[part];
  if (schema === undefined) return undefined;
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  const made = value(root, root, id, everything, 0);
  return made === undefined && part === 'body' ? {} : made;
}

function value(schema: Schema, root: Schema, id: () => string, everything: boolean, depth: number): unknown {
  const again = (inner: Schema) => value(inner, root, id, everything, depth + 1);
  if (schema.$ref !== undefined) {
    if (depth > DEEPEST) return undefined;
    const found = schema.$ref === '#' ? root : root.$defs?.[schema.$ref.split('/').at(-1) ?? ''];
    return found === undefined ? undefined : again(found);
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const choice = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choice !== undefined) return again(choice.find((one) => one.type !== 'null') ?? {});
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  switch (type) {
    case 'object':
      return members(schema, again, everything && depth < DEEPEST);
    case 'array': {
      const length = schema.minItems ?? (everything && depth < DEEPEST ? 1 : 0);
      return Array.from({ length }, () => again(schema.items ?? {}));
    }
    case 'string':
      return text(schema, id);
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return 'anything';
  }
}

function members(schema: Schema, again: (inner: Schema) => unknown, everything: boolean) {
  const names = Object.keys(schema.properties ?? {}).filter(
    (name) => everything || schema.required?.includes(name),
  );
  return Object.fromEntries(names.map((name) => [name, again(schema.properties?.[name] ?? {})]));
}

function text(schema: Schema, id: () => string): string {
  if (schema.format === 'uuid') return id();
  if (schema.format === 'email') return 'someone@example.com';
  if (schema.format === 'date-time') return '2026-01-02T03:04:05Z';
  const fits = (word: string) =>
    (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(word)) &&
    word.length >= (schema.minLength ?? 0);
  return WORDS.find(fits) ?? 'x'.repeat(schema.minLength ?? 1);
}

/** Every place in a value that holds something `is` accepts, with a copy of the value that has another thing there. */
export function* replaced(
  whole: unknown,
  is: (value: unknown) => boolean,
  by: unknown,
): Generator<{ readonly path: string; readonly value: unknown }> {
  for (const path of places(whole, is, [])) {
    const copy = structuredClone(whole);
    let at = copy as Record<string, unknown>;
    for (const step of path.slice(0, -1)) at = at[step] as Record<string, unknown>;
    const last = path.at(-1);
    if (last === undefined) continue;
    at[last] = by;
    yield { path: path.join('.'), value: copy };
  }
}

function* places(
  whole: unknown,
  is: (value: unknown) => boolean,
  path: readonly string[],
): Generator<readonly string[]> {
  if (is(whole)) yield path;
  if (whole === null || typeof whole !== 'object') return;
  for (const [name, inner] of Object.entries(whole)) yield* places(inner, is, [...path, name]);
}
