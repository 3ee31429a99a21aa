import { isHeldByDouble } from '@sallyport/contract';

const NAME_OR_BRACKET = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}[\]]/g;

/**
 * JSON that means what it says: F3, a name that stands twice in one object, of which the first value would be lost, and a
 * number that would be rounded are refused. Throws a sentence; it shows nothing of a text that is no JSON at all, which may
 * be a secret that was named by mistake.
 */
export function parseJson(path: string, text: string): unknown {
  let value: unknown;
  let rounded: string | undefined;
  const read = (_key: string, one: unknown, context?: { readonly source?: string }) => {
    const written = context?.source;
    if (typeof one === 'number' && written !== undefined && !isHeldByDouble(written)) rounded ??= written;
    return one;
  };
  try {
    value = JSON.parse(text, read as never);
  } catch (error) {
    if (error instanceof RangeError) throw new Error(`${path} is nested too deep to be an app.`);
    throw new Error(`${path} is not JSON. Give the folder of an app, or a bundle that was exported.`);
  }
  const twice = repeatedName(text);
  if (twice !== undefined)
    throw new Error(`${path} holds the name ${twice} twice in one object. Keep one of the two.`);
  if (rounded !== undefined)
    throw new Error(`${path} holds the number ${rounded}, which would be rounded. Write it as text.`);
  return value;
}

function repeatedName(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, name = '', colon] of json.matchAll(NAME_OR_BRACKET)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (colon !== undefined) {
      const plain = JSON.parse(`"${name}"`) as string;
      if (open.at(-1)?.has(plain)) return plain;
      open.at(-1)?.add(plain);
    }
  }
  return undefined;
}
