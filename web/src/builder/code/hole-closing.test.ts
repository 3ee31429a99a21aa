import { expect, it } from 'vitest';
import { pastedInto, typedOver } from './hole-closing.ts';

/** What stands in a field after the keys were typed, with `|` where the cursor is. */
function type(keys: string): string {
  let [before, after] = ['', ''];
  for (const key of keys) {
    const typed = typedOver(before, after.slice(0, 3), key);
    if (typed === null) {
      before += key;
      continue;
    }
    const text = typed.insert + after.slice(typed.replaced);
    before += text.slice(0, typed.ahead);
    after = text.slice(typed.ahead);
  }
  return `${before}|${after}`;
}

it('a hole is closed as it begins, and its closing braces are typed over', () => {
  expect(type('{{')).toBe('{{ | }}');
  expect(type('{{ a }}')).toBe('{{ a }}|');
  expect(type('{{a}}')).toBe('{{ a }}|');
  expect(type("in ({{ ['x'] }}) and b = {{ c }} ")).toBe("in ({{ ['x'] }}) and b = {{ c }} |");
});

it('braces elsewhere are only themselves', () => {
  expect(type('{ a }')).toBe('{ a }|');
  expect(type('{{ {a:1} }}')).toBe('{{ {a:1} }}|');
});

it('an expression is pasted between braces without its own', () => {
  expect(pastedInto('{{ ', '{{ query1.data }}\n')).toBe('query1.data');
  expect(pastedInto('{{ a }} and ', '{{ b }}')).toBe('{{ b }}');
  expect(pastedInto('{{ ', '{{ a }} {{ b }}')).toBe('{{ a }} {{ b }}');
  expect(pastedInto('{{ ', '{ a: 1 }')).toBe('{ a: 1 }');
});
