import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commitment } from './commitment.ts';

test('A4 a commitment is HMAC-SHA-256', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 0, maxLength: 64 }),
      fc.string({ unit: 'binary', maxLength: 300 }),
      (key, text) => {
        expect(commitment(Buffer.from(key), text)).toBe(createHmac('sha256', key).update(text).digest('hex'));
      },
    ),
  );
});
