/** A node of the parse tree of libpg-query: one key names its kind. Read structurally: the grammar has some 250 kinds. */
export interface Tree {
  readonly [key: string]: unknown;
}

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The body of a node when it is of this kind: `as(node, 'ColumnRef')`. */
export function as(node: unknown, kind: string): Tree | null {
  const body = isTree(node) ? node[kind] : undefined;
  return isTree(body) ? body : null;
}

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** `[{String:{sval:'a'}}, …]` as `['a', …]`; a star is `*`. */
export function names(value: unknown): string[] {
  return list(value).map((item) => {
    const text = as(item, 'String')?.sval;
    return typeof text === 'string' ? text : '*';
  });
}

/** True when some node of this kind is in the subtree. */
export function contains(value: unknown, kind: string): boolean {
  if (Array.isArray(value)) return value.some((item) => contains(item, kind));
  if (!isTree(value)) return false;
  return Object.entries(value).some(([key, child]) => key === kind || contains(child, kind));
}
