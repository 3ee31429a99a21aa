import { expect, it } from 'vitest';
import { deviceOf } from './device.ts';

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140 on Linux'],
  ['', 'Unknown client'],
  ['\u00e9', 'Unknown client'],
  [`${'A'.repeat(300)}/1.0 b`, 'A'.repeat(60)],
  [`a/${'9'.repeat(200)} b`, `a ${'9'.repeat(58)}`],
  ['caf\u00e9\u0085/9 b', 'caf 9'],
])('of %.40s is said %.40s, and never more than a line of a list holds', (userAgent, device) =>
  expect(deviceOf(userAgent)).toBe(device),
);
