import { expect, it } from 'vitest';
import { visibleJson } from './visible-json.ts';

it('shows what hides in a recorded text, or turns it around, and is still the same JSON', () => {
  const data = { note: 'approved \u202eyb adA\u2069 \u200b\u3164 \u{e0041}', fine: 'né שלום', newWrites: [] };
  const shown = visibleJson(data);
  expect(shown).toContain(String.raw`"approved \u202eyb adA\u2069 \u200b\u3164 \udb40\udc41"`);
  expect(shown).toContain('"né שלום"');
  expect(JSON.parse(shown)).toEqual(data);
});
