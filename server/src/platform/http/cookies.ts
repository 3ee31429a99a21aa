import { keepsHostCookie } from './device.ts';

/**
 * `__Host-`: only over a secure origin, only from this host, only for the whole site. Most browsers treat plain HTTP on
 * loopback as secure, and the base URL is plain on loopback alone. Those that drop such a cookie there, so that nobody could
 * sign in, get one without, which on loopback has the same reach.
 */
const SECURE = { name: '__Host-sallyport', flags: 'Path=/; Secure; HttpOnly; SameSite=Lax' };
const PLAIN = { name: 'sallyport', flags: 'Path=/; HttpOnly; SameSite=Lax' };

/** The session's cookie, as the browser of that name keeps it. `origin`: of the base URL. */
const cookieOf = (origin: string, userAgent: string | undefined) =>
  origin.startsWith('https:') || keepsHostCookie(userAgent) ? SECURE : PLAIN;

interface From {
  readonly headers: { readonly cookie?: string | undefined; readonly 'user-agent'?: string | undefined };
}

/** Reads the session token; a repeated cookie is nobody's. */
export function sessionToken({ headers }: From, origin: string): string | undefined {
  if (headers.cookie === undefined) return undefined;
  const { name } = cookieOf(origin, headers['user-agent']);
  const found = headers.cookie
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`));
  return found.length === 1 ? found[0]!.slice(name.length + 1) : undefined;
}

export function sessionCookie({ headers }: From, origin: string, token: string, seconds: number): string {
  const { name, flags } = cookieOf(origin, headers['user-agent']);
  return `${name}=${token}; ${flags}; Max-Age=${Math.floor(seconds)}`;
}

/** Takes it back. */
export const clearedCookie = (from: From, origin: string): string => sessionCookie(from, origin, '', 0);
