import { expect, test } from 'vitest';
import { checkBundle } from './check-bundle.ts';
import { parseJson } from './parse-json.ts';

const read = (text: string) => parseJson('app.json', text);

test('F3 a bundle is read as it is written', () => {
  const texts = [
    '{"a": {"x": [1, {"x": "}"}]}, "b": "\\"a\\": {", "x": -0.5e2}',
    '[]',
    '"a"',
    '{"a": [{"a": 1}, {"a": 2}]}',
  ];
  for (const text of texts) expect(read(text)).toEqual(JSON.parse(text));
  const long = JSON.stringify({ text: 'select \\"'.repeat(300_000) });
  expect(read(long)).toEqual(JSON.parse(long));
});

test.each([
  ['a name twice', '{"pages": {"home": 1, "home": 2}}', 'holds the name home twice'],
  ['a name twice, spelled otherwise', '{"a": {}, "\\u0061" : 2}', 'holds the name a twice'],
  ['a number that would be rounded', '{"a": 12345678901234567890}', 'the number 12345678901234567890'],
  ['no JSON', 'c4n4ry', /^app\.json is not JSON\. Give the folder/],
])('F3 a bundle with what would silently be another is refused: %s', (_what, text, sentence) => {
  expect(() => read(text)).toThrow(sentence);
});

test('F3 what is nested too deep is no app, in a sentence', () => {
  let deep: object = {};
  for (let level = 0; level < 20_000; level++) deep = { a: deep };
  const home = { title: 'Home', order: 'a', components: { t: { type: 'text', props: { text: deep } } } };
  const bundle = { format: 'sallyport.app/1', name: 'a', home: 'home', pages: { home }, queries: {} };
  expect(checkBundle(bundle)).toMatchObject({
    fault: { message: expect.stringContaining('nested too deep') },
  });
  expect(checkBundle(null)).toMatchObject({ fault: { message: expect.stringMatching(/^Invalid input/) } });
});
