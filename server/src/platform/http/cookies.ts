/** `__Host-`: only over a secure origin, only from this host, only for the whole site. Browsers treat loopback as secure. */
const SESSION_COOKIE = '__Host-sallyport';

/** Reads the session token; a repeated cookie is nobody's. */
export function sessionToken(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const found = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${SESSION_COOKIE}=`));
  return found.length === 1 ? found[0]!.slice(SESSION_COOKIE.length + 1) : undefined;
}

export function sessionCookie(token: string, seconds: number): string {
  return `${SESSION_COOKIE}=${token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${Math.floor(seconds)}`;
}

export const CLEARED_COOKIE = `${SESSION_COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`;
