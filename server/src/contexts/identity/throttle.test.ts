import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ACCOUNT_RULE, addressGroup, charge, delayAfter, type ThrottleState } from './throttle.ts';

it('I3 the wait never shrinks with more failures, and is bounded', () => {
  fc.assert(
    fc.property(fc.nat(10_000), (n) => {
      const delay = delayAfter(n + 1, ACCOUNT_RULE);
      expect(delay).toBeGreaterThanOrEqual(delayAfter(n, ACCOUNT_RULE));
      expect(delay).toBeLessThanOrEqual(ACCOUNT_RULE.longestMs);
    }),
  );
});

it('I3 whoever never stops gets about a hundred guesses a day, whatever the rhythm', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600_000 }), (rhythm) => {
      let state: ThrottleState = { failures: 0, blockedUntil: null, lastFailureAt: 0 };
      let guesses = 0;
      for (let now = 1_000_000_000; now < 1_000_000_000 + 86_400_000; now += rhythm) {
        const result = charge(state, now, ACCOUNT_RULE);
        if ('wait' in result) now += Math.max(0, result.wait - rhythm);
        else {
          guesses++;
          state = result.next;
        }
      }
      expect(guesses).toBeLessThanOrEqual(120);
    }),
    { numRuns: 30 },
  );
});

it('a quiet day forgets', () => {
  const state = { failures: 50, blockedUntil: 5, lastFailureAt: 0 };
  expect(charge(state, ACCOUNT_RULE.forgetMs + 1, ACCOUNT_RULE)).toEqual({
    next: { failures: 1, blockedUntil: null, lastFailureAt: ACCOUNT_RULE.forgetMs + 1 },
  });
});

it('a clock that was set back keeps nobody out until it has caught up', () => {
  const state = { failures: 6, blockedUntil: 3_602_000, lastFailureAt: 3_600_000 };
  expect(charge(state, 3_600_500, ACCOUNT_RULE)).toEqual({ wait: 1_500 });
  expect(charge(state, 0, ACCOUNT_RULE)).toMatchObject({ next: { failures: 7, blockedUntil: 4_000 } });
});

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
  ['not an address', 'not an address'],
])('the group of %s is %s', (address, group) => {
  expect(addressGroup(address)).toBe(group);
});
