import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';

/** After `free` failures, each further one doubles the wait, up to the longest. Forgotten after a quiet time. */
export interface ThrottleRule {
  readonly free: number;
  readonly firstMs: number;
  readonly longestMs: number;
  readonly forgetMs: number;
}

const MINUTE = 60_000;
export const ACCOUNT_RULE: ThrottleRule = {
  free: 5,
  firstMs: 2_000,
  longestMs: 15 * MINUTE,
  forgetMs: 1440 * MINUTE,
};
/** Wider: a whole office may share an address. */
const ADDRESS_RULE: ThrottleRule = {
  free: 30,
  firstMs: 2_000,
  longestMs: 5 * MINUTE,
  forgetMs: 60 * MINUTE,
};

export interface ThrottleState {
  readonly failures: number;
  readonly blockedUntil: number | null;
  readonly lastFailureAt: number;
}

/** How long the next failure blocks, after so many. */
export function delayAfter(failures: number, rule: ThrottleRule): number {
  if (failures <= rule.free) return 0;
  return Math.min(rule.longestMs, rule.firstMs * 2 ** Math.min(30, failures - rule.free - 1));
}

/**
 * Counts an attempt as a failure before it is tried, so that many at once cannot all be the first; success gives it
 * back. Answers how many milliseconds to wait when it is too early.
 */
export function charge(
  state: ThrottleState,
  now: number,
  rule: ThrottleRule,
): { readonly wait: number } | { readonly next: ThrottleState } {
  const wait = waitFor(state.blockedUntil, now, rule);
  if (wait > 0) return { wait };
  const failures = (now - state.lastFailureAt > rule.forgetMs ? 0 : state.failures) + 1;
  const delay = delayAfter(failures, rule);
  return { next: { failures, blockedUntil: delay === 0 ? null : now + delay, lastFailureAt: now } };
}

/** What is further off than the longest wait was said by a clock that was set back since. */
export function waitFor(blockedUntil: number | null, now: number, rule: ThrottleRule): number {
  const wait = (blockedUntil ?? now) - now;
  return wait > rule.longestMs ? 0 : Math.max(0, wait);
}

/** One household or host for IPv6 is its /64. */
export function addressGroup(address: string): string {
  if (!ipaddr.isValid(address)) return address.slice(0, 64);
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString()}/64`).toString()}/64`;
}

export interface ThrottleKey {
  readonly key: string;
  readonly rule: ThrottleRule;
}

/** I3: what an attempt counts against: the account (a familiar address apart from the rest of the world) and the address. */
export function throttleKeys(email: string, address: string, familiar: boolean) {
  const from = addressGroup(address);
  const who = createHash('sha256').update(email).digest('base64url');
  return {
    account: { key: familiar ? `account ${who} ${from}` : `account ${who}`, rule: ACCOUNT_RULE },
    address: { key: `address ${from}`, rule: ADDRESS_RULE },
  } satisfies Record<string, ThrottleKey>;
}
