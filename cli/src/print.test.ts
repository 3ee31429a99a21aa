import { expect, it } from 'vitest';
import { visible } from './print.ts';

it('what a terminal would obey is shown, and the rest is as it was', () => {
  expect(visible('select 1 /* \u001b[1A\u001b[2K */\r')).toBe('select 1 /* \\u{1b}[1A\\u{1b}[2K */\\u{d}');
  expect(visible('a\u202eb\u2066c\u009b')).toBe('a\\u{202e}b\\u{2066}c\\u{9b}');
  expect(visible('café\n\tlinie 日本 👩‍👩‍👧 %\\')).toBe('café\n\tlinie 日本 👩‍👩‍👧 %\\');
});
