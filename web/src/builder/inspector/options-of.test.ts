import { expect, it } from 'vitest';
import { literalOf } from './field-text.ts';
import { newOption, optionsOf, problemOfOptions } from './options-of.ts';

it('a new option has a value that no other has, whichever was taken out before', () => {
  expect(newOption(optionsOf(['option1', 'option2']))).toEqual({ label: 'Option 3', value: 'option3' });
  expect(newOption(optionsOf(['option2', 'option3']))).toEqual({ label: 'Option 1', value: 'option1' });
});

it('an expression that only spells out a value is that value again', () => {
  expect(literalOf('{{ true }}')).toBe(true);
  expect(literalOf('{{ [{"label":"A","value":{"b":9007199254740993}}] }}')).toEqual([
    { label: 'A', value: { b: '9007199254740993' } },
  ]);
  for (const other of ['{{ query1.data }}', '{{ true }} or not', 'true'])
    expect(literalOf(other)).toBeUndefined();
});

it('rows that are no choices are told, and an answer without rows is not', () => {
  expect(problemOfOptions([{ id: 1, name: 'Oslo' }])).toContain('“value” or a “label”');
  expect(problemOfOptions({ value: 1 })).toContain('not a list');
  expect(problemOfOptions('open, paid')).toContain('not a list');
  for (const right of [null, [], [null], ['open'], [{ label: 'Oslo' }], [{ id: 1 }, { value: 2 }]])
    expect(problemOfOptions(right)).toBeUndefined();
});
