import { createHmac, hash, randomBytes } from 'node:crypto';
import { Secret } from '../../kernel/secret.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long a browser session lives: unused, and at all. A token lives for the days that were asked for it. */
export interface SessionLimits {
  readonly idleMs: number;
  readonly absoluteMs: number;
}
export const SESSION_LIMITS: SessionLimits = { idleMs: 12 * HOUR, absoluteMs: 14 * DAY };

/** Sessions, and as many tokens, that a person has in one organization: they are listed whole, also to admins. */
export const AT_MOST = 100;

export type SessionKind = 'session' | 'token';

const TOKEN_PREFIX = 'sp_';

/** 256 random bits. An API token says so in front, for people and for secret scanners. */
export function newSessionToken(kind: SessionKind): Secret {
  return new Secret(`${kind === 'token' ? TOKEN_PREFIX : ''}${randomBytes(32).toString('base64url')}`);
}

/** I4: what is stored and looked for. The token has 256 random bits, so a plain SHA-256 cannot be searched. */
export function tokenHash(token: string): Buffer {
  return Buffer.from(tokenKey(token), 'latin1');
}

/** The same as a text of 32 characters, a byte each: what sessions are kept by in memory. */
export function tokenKey(token: string): string {
  return hash('sha256', token, 'binary');
}

/** I5: bound to the session, and told only to whoever holds it: derived from the hash that leaves the database never. */
export function csrfTokenOf(sessionTokenHash: Buffer): string {
  return createHmac('sha256', sessionTokenHash).update('sallyport csrf 1').digest('base64url');
}
