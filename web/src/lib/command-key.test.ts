import { expect, test } from 'vitest';
import { letterOf } from './command-key.ts';

test.each([
  ['Latin', 'Z', 'KeyZ', 'z'],
  ['a German keyboard, by its letter', 'z', 'KeyY', 'z'],
  ['a French keyboard, by its letter', 'z', 'KeyW', 'z'],
  ['Bépo, whose z is elsewhere', 'à', 'KeyZ', 'à'],
  ['Turkish', 'ı', 'KeyI', 'ı'],
  ['Russian', 'Я', 'KeyZ', 'z'],
  ['Greek', 'ζ', 'KeyZ', 'z'],
  ['Hebrew', 'ז', 'KeyZ', 'z'],
  ['Arabic', 'ئ', 'KeyZ', 'z'],
  ['Korean', 'ㅋ', 'KeyZ', 'z'],
  ['Hindi, a sign of a vowel', 'े', 'KeyS', 's'],
  ['Thai, a sign above', 'ั', 'KeyY', 'y'],
  ['another letter of such a keyboard', 'х', 'BracketLeft', 'bracketleft'],
  ['no letter', 'Escape', 'Escape', 'escape'],
])('a shortcut is pressed on any keyboard: %s', (_keyboard, key, code, letter) => {
  expect(letterOf({ key, code })).toBe(letter);
});
