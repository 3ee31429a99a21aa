/**
 * An address that an event may go to: a path of this server, or an https link. Anything else (`javascript:`, `data:`,
 * another scheme, plain http elsewhere, a name before an @) is null.
 */
export function safeAddress(
  text: string,
  base: string,
): { readonly address: string; readonly leaves: boolean } | null {
  let url: URL;
  try {
    url = new URL(text, base);
  } catch {
    return null;
  }
  if (url.username !== '' || url.password !== '') return null;
  const here = new URL(base);
  // A `blob:` has the origin of who made it.
  if (url.origin === here.origin && url.protocol === here.protocol)
    return { address: url.href, leaves: false };
  return url.protocol === 'https:' ? { address: url.href, leaves: true } : null;
}
