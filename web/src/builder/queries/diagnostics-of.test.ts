import { expect, it } from 'vitest';
import type { Check } from './check.ts';
import { diagnosticsOf } from './diagnostics-of.ts';

it('marks the whole name that an engine tells the beginning of', () => {
  const marked = (text: string, at?: number, length?: number) => {
    const places = [
      { path: 'text', message: 'No.', ...(at !== undefined && { at }), ...(length && { length }) },
    ];
    const [found] = diagnosticsOf({ state: 'refused', places } as unknown as Check, text, 'text', 'postgres');
    return text.slice(found?.from, found?.to);
  };
  const text = "select '😀' as a, o.größe, {{ x }}, (";
  expect(marked(text, text.indexOf('o.g'), 1)).toBe('o.größe');
  expect(marked(text, text.indexOf('{{'), 7)).toBe('{{ x }}');
  expect(marked(text, text.indexOf('('), 1)).toBe('(');
  expect(marked(text)).toBe('');
});
