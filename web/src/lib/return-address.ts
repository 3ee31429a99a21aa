/** Only a place of this app: an address of another origin, or one that a browser reads so, becomes home. */
export function safeReturn(address: unknown): string {
  if (typeof address !== 'string' || !address.startsWith('/')) return '/';
  try {
    const url = new URL(address, location.origin);
    if (url.origin !== location.origin) return '/';
    return url.pathname === '/signin' ? '/' : `${url.pathname}${url.search}${url.hash}`;
  } catch {
    return '/';
  }
}
