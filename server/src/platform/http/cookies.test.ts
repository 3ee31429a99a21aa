import { describe, expect, it } from 'vitest';
import { clearedCookie, sessionCookie, sessionToken } from './cookies.ts';

const chromium = (rest: string) =>
  `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) ${rest}`;
const BROWSERS = {
  Safari:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  Chrome: chromium('Chrome/138.0.0.0 Safari/537.36'),
  'Chrome 137': chromium('Chrome/137.0.0.0 Safari/537.36'),
  'Edge 120': chromium('Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0'),
  Firefox: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0',
  script: undefined,
};
type Name = keyof typeof BROWSERS;
const from = (name: Name, cookie?: string) => ({ headers: { 'user-agent': BROWSERS[name], cookie } });
const [HTTPS, LOOPBACK] = ['https://tools.example.com', 'http://127.0.0.1:4400'];

describe('the session’s cookie', () => {
  it.each<[Name, string]>([
    ['Safari', HTTPS],
    ['Chrome', HTTPS],
    ['Chrome 137', HTTPS],
    ['Chrome', LOOPBACK],
    ['Firefox', LOOPBACK],
    ['script', LOOPBACK],
  ])('of %s at %s is bound to a secure origin and to this host', (name, origin) => {
    const cookie = sessionCookie(from(name), origin, 'abc', 60.5);
    expect(cookie).toBe('__Host-sallyport=abc; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60');
    expect(sessionToken(from(name, '__Host-sallyport=abc'), origin)).toBe('abc');
    expect(sessionToken(from(name, 'sallyport=abc'), origin)).toBeUndefined();
    expect(clearedCookie(from(name), origin)).toMatch(/^__Host-sallyport=; .*Secure.*Max-Age=0$/);
  });
  // Neither keeps it: Safari because it is secure, Chromium before 138 because of its name.
  it.each<[Name]>([['Safari'], ['Chrome 137'], ['Edge 120']])(
    'is one that %s keeps over plain HTTP',
    (name) => {
      const cookie = sessionCookie(from(name), LOOPBACK, 'abc', 60);
      expect(cookie).toBe('sallyport=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60');
      expect(sessionToken(from(name, 'a=b; sallyport=abc'), LOOPBACK)).toBe('abc');
      expect(sessionToken(from(name, 'sallyport=abc; sallyport=abd'), LOOPBACK)).toBeUndefined();
      expect(clearedCookie(from(name), LOOPBACK)).toMatch(/^sallyport=; .*Max-Age=0$/);
    },
  );
});
