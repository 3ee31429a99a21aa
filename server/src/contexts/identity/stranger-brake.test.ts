import { expect, it } from 'vitest';
import { createStrangerBrake } from './stranger-brake.ts';

it('I14 an address with sixty unknown tokens a minute waits, and only for tokens that nobody had', () => {
  let now = 1_000_000;
  const brake = createStrangerBrake({ now: () => now });
  brake.known('colleague');
  for (let i = 0; i < 60; i++) {
    expect(brake.wait('2001:db8::1', `t${i}`)).toBe(0);
    brake.unknown(`2001:db8::${i}`, `t${i}`);
  }
  expect(brake.wait('2001:db8::ffff', 'one more')).toBe(60);
  expect(brake.wait('2001:db8::1', 'colleague')).toBe(0);
  expect(brake.wait('2001:db8:0:1::1', 'elsewhere')).toBe(0);
  // A token that has ended is as unknown as any.
  brake.unknown('192.0.2.1', 'colleague');
  expect(brake.wait('2001:db8::1', 'colleague')).toBe(60);
  now += 60_000;
  expect(brake.wait('2001:db8::1', 'one more')).toBe(0);
  for (let i = 0; i < 60; i++) brake.unknown('192.0.2.2', `t${i}`);
  now -= 3_600_000;
  expect(brake.wait('192.0.2.2', 'after the clock was set back')).toBe(0);
});
