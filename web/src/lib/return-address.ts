/** Only a place of this app: an address of another origin, or one that a browser reads so, becomes home. */
export function safeReturn(address: unknown): string {
  if (typeof address !== 'string' || !address.startsWith('/')) return '/';
  try {
    const url = new URL(address, location.origin);
    // `/.//elsewhere` is a path here, and what is left of it an address elsewhere.
    if (url.origin !== location.origin || url.pathname.startsWith('//')) return '/';
    return url.pathname === '/signin' ? '/' : `${url.pathname}${url.search}${url.hash}`;
  } catch {
    return '/';
  }
}
