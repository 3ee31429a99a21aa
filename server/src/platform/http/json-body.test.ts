import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assertPlain, assertShallow, assertUtf8, readUtf8, repetition } from './json-body.ts';

const codeOf = (text: string): string => {
  try {
    assertShallow(text);
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

it.each([
  ['{"a":"\\u0000"}', 'input_invalid'],
  ['{"\\u0000":1}', 'input_invalid'],
  ['["\\ud800"]', 'input_invalid'],
  ['["\\uDC00\\uD800"]', 'input_invalid'],
  ['["\\ud83dx"]', 'input_invalid'],
  ['["\\ud83d\\ude00"]', 'none'],
  ['["\\\\u0000 and \\\\ud800"]', 'none'],
  ['["\\"\\u00e9"]', 'none'],
  [`"${'['.repeat(100)}"`, 'none'],
  [`"${'['.repeat(100)}\\"\\\\"`, 'none'],
  ['['.repeat(65), 'json_too_deep'],
  ['{"a":'.repeat(65), 'json_too_deep'],
  ['['.repeat(64) + ']'.repeat(64), 'none'],
  // Side by side is not deep.
  [`[${'[],{},'.repeat(100)}0]`, 'none'],
])('H2 %s: %s', (text, code) => {
  expect(codeOf(text)).toBe(code);
});

it('refuses a text exactly when one of its strings cannot be stored', () => {
  const anyText = fc.string({
    unit: fc.constantFrom('\u0000', '\ud800', '\udc00', '😀', '\\', '"', 'u0000', 'a'),
  });
  fc.assert(
    fc.property(anyText, (given) => {
      const stored = given.isWellFormed() && !given.includes('\u0000');
      expect(codeOf(JSON.stringify({ given }))).toBe(stored ? 'none' : 'input_invalid');
    }),
    { numRuns: 500 },
  );
});

it('refuses an object that names one of its members twice, however it writes the name', () => {
  const found = (text: string) => repetition(JSON.parse(text), assertShallow(text))?.code ?? 'none';
  for (const text of ['{"a":1,"a":1}', '[{"b":{"a":1,"c":[],"a":{}}}]', '{"a":1,"\\u0061":2}'])
    expect(found(text), text).toBe('input_invalid');
  const text = fc.string({ unit: fc.constantFrom(':', '"', '\\', '{', 'a'), maxLength: 4 });
  // After an object with a member `a\`, V8 13.6 reads the name `a"` of the next as `a\` too: what it gives may be refused.
  const name = text.map((given) => given.replaceAll('\\', '/'));
  fc.assert(
    fc.property(fc.dictionary(name, fc.array(fc.dictionary(name, text))), (value) => {
      expect(found(JSON.stringify(value, null, 1))).toBe('none');
    }),
    { numRuns: 200 },
  );
});

it('a body that says it is in another encoding is refused', () => {
  for (const type of [
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
  ])
    expect(() => assertUtf8(type)).not.toThrow();
  for (const type of [
    'application/json; charset=utf-16',
    'application/json; x=1; Charset = latin1',
    'application/json; charset=xutf-8',
    'application/json; charset=utf-8859',
  ])
    expect(() => assertUtf8(type)).toThrow('must be application/json');
});

it('a body that says it is packed is refused, also in several ways', () => {
  for (const encoding of [undefined, '', 'identity', 'Identity'])
    expect(() => assertPlain(encoding)).not.toThrow();
  for (const encoding of ['gzip', 'gzip, identity', 'identity, gzip', 'x'])
    expect(() => assertPlain(encoding)).toThrow('must be application/json');
});

it('a body that is not UTF-8 is refused, and never kept with other letters', () => {
  expect(readUtf8(Buffer.from('{"name":"caf\u00e9"}', 'utf8'))).toBe('{"name":"caf\u00e9"}');
  for (const bytes of [Buffer.from('caf\u00e9', 'latin1'), Buffer.from([0xed, 0xa0, 0x80])])
    expect(() => readUtf8(bytes)).toThrow('not valid JSON');
});
