/** What every API answer carries, streamed or not. */
export function apiHeaders(set: (name: string, value: string) => void): void {
  set('cache-control', 'no-store');
  set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
}
