import * as contract from '@sallyport/contract';
import { z } from 'zod';

export type Json = Record<string, unknown>;

export interface Schemas {
  /** The schema as it is used in one place, with references to the named ones. */
  of(schema: z.ZodType, io: 'input' | 'output'): Json;
  /** `components.schemas`. */
  readonly named: Record<string, Json>;
}

const PREFIX = '#/components/schemas/';
const named = Object.entries(contract as Record<string, unknown>).filter(
  (entry): entry is [string, z.ZodType] => /^[A-Z]/.test(entry[0]) && entry[1] instanceof z.ZodType,
);

/**
 * Turns every schema of `used` into JSON Schema. What the contract exports by name is written once under that name, and
 * once more as `<Name>Input` where what is accepted differs from what is sent.
 */
export function openApiSchemas(used: readonly z.ZodType[]): Schemas {
  const ids = new Map<z.ZodType, string>();
  for (const [name, schema] of named) if (!ids.has(schema)) ids.set(schema, name);
  for (const schema of used) if (!ids.has(schema)) ids.set(schema, `inline-${ids.size}`);
  const output = written(ids, 'output');
  const input = written(ids, 'input');
  const names = new Set(
    [...Object.keys(output), ...Object.keys(input)].filter((id) => !id.startsWith('inline-')),
  );
  const differing = closure(names, input, output);
  const renamed = new RegExp(`"${PREFIX}(${[...differing].join('|') || '-'})"`, 'g');
  const asInput = (schema: Json): Json =>
    JSON.parse(JSON.stringify(schema).replace(renamed, (_whole, name) => `"${PREFIX}${name}Input"`));
  const referenced = new Set<string>();
  const of = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const id = ids.get(schema) ?? '';
    if (names.has(id)) {
      const name = io === 'input' && differing.has(id) ? `${id}Input` : id;
      return note({ $ref: `${PREFIX}${name}` }, referenced);
    }
    const found = io === 'output' ? output[id] : asInput(input[id] ?? {});
    return note(found ?? {}, referenced);
  };
  return {
    of,
    get named() {
      const all: Record<string, Json> = {};
      // What a named schema refers to is needed too; the set grows while it is walked.
      for (const name of referenced) {
        const base = name.endsWith('Input') && !names.has(name) ? name.slice(0, -'Input'.length) : name;
        all[name] = note((base === name ? output[name] : asInput(input[base] ?? {})) ?? {}, referenced);
      }
      return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}

function written(ids: ReadonlyMap<z.ZodType, string>, io: 'input' | 'output'): Record<string, Json> {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of ids) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io, unrepresentable: 'any', uri: (id) => `${PREFIX}${id}` });
  // Recursive parts without a name of their own come under `__shared`.
  const { __shared, ...rest } = schemas as Record<string, Json>;
  const all = { ...rest, ...(__shared?.$defs as Record<string, Json> | undefined) };
  const text = JSON.stringify(all).replaceAll('__shared#/$defs/', '');
  return Object.fromEntries(
    Object.entries(JSON.parse(text) as Record<string, Json>).map(([id, { $schema: _, $id: __, ...one }]) => [
      id,
      one,
    ]),
  );
}

/** Names whose input differs from their output, in themselves or in what they refer to. */
function closure(names: ReadonlySet<string>, input: Record<string, Json>, output: Record<string, Json>) {
  const differing = new Set([...names].filter((n) => JSON.stringify(input[n]) !== JSON.stringify(output[n])));
  for (let before = -1; before !== differing.size; ) {
    before = differing.size;
    for (const name of names) {
      if (references(input[name] ?? {}).some((one) => differing.has(one))) differing.add(name);
    }
  }
  return differing;
}

/** Adds the names that a schema refers to, and gives it back. */
function note(schema: Json, into: Set<string>): Json {
  for (const name of references(schema)) into.add(name);
  return schema;
}

function references(schema: Json): readonly string[] {
  return [...JSON.stringify(schema).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name ?? '',
  );
}
