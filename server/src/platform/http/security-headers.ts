type Headers = Readonly<Record<string, string>>;

/** What every page and file carries; the policy for scripts is the page's own (web-app.ts). `tls`: we speak HTTPS ourselves. */
export function pageHeaders(tls: boolean): Headers {
  return {
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'x-frame-options': 'DENY',
    'x-permitted-cross-domain-policies': 'none',
    // Two years.
    ...(tls ? { 'strict-transport-security': 'max-age=63072000' } : {}),
  };
}

/** What every API answer carries, streamed or not: it is never kept, never framed, and never run as a page. */
export function apiHeaders(tls: boolean): Headers {
  return {
    ...pageHeaders(tls),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  };
}
