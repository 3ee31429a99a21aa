import type { RestQuery } from '@sallyport/contract';

/**
 * A whole address as parts of a request: what stands below one of its source's base URLs is the path, and its query is
 * fields. None where it is below no base URL, and none with holes, which an address would encode. `{id}`, as documentation
 * writes it, stays as it is: encoded, it would be sent.
 */
export function requestOfAddress(
  text: string,
  baseUrls: readonly string[],
): Pick<RestQuery, 'path' | 'query'> | undefined {
  const address = text.trim();
  if (address.includes('{{') || !URL.canParse(address)) return undefined;
  const { origin, pathname, searchParams } = new URL(address);
  for (const baseUrl of baseUrls) {
    const base = new URL(baseUrl);
    const root = base.pathname.replace(/\/$/, '');
    if (origin !== base.origin || !`${pathname}/`.startsWith(`${root}/`)) continue;
    const query = [...searchParams].map(([name, value]) => ({ name, value }));
    const path = pathname.slice(root.length) || '/';
    return { path: address.includes('{') ? path.replace(/%7B([\w.-]+)%7D/g, '{$1}') : path, query };
  }
  return undefined;
}
