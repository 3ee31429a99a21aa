import { propertyOf } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import {
  jsonOrText,
  problemOfCondition,
  problemOfText,
  textOfJson,
  textOfProperty,
  valueOfText,
} from './field-text.ts';

const property = (type: Parameters<typeof propertyOf>[0], name: string) => propertyOf(type, name)!;

describe('what a field’s text means', () => {
  it('reads JSON as JSON and anything else as text', () => {
    expect(jsonOrText('12')).toBe(12);
    expect(jsonOrText('007')).toBe('007');
    expect(jsonOrText('open')).toBe('open');
    expect(jsonOrText('"12"')).toBe('12');
    expect(jsonOrText('[1, "a"]')).toEqual([1, 'a']);
  });

  it('rounds no number, alone or inside of a list', () => {
    expect(jsonOrText('9007199254740993')).toBe('9007199254740993');
    expect(jsonOrText('[{"id": 9007199254740993}]')).toEqual([{ id: '9007199254740993' }]);
    expect(valueOfText('9007199254740993', property('numberInput', 'min'))).toBe('9007199254740993');
  });

  it('goes on as an expression while that is emptied and written anew', () => {
    const options = property('select', 'options');
    for (const typed of ['', ' ', '1', '"a"', '[', '{{ jobs.data }}']) {
      expect(valueOfText(typed, options)).toBe(typed);
      expect(textOfProperty(typed, options)).toBe(typed);
    }
    expect(valueOfText('["a", 1]', options)).toEqual(['a', 1]);
    expect(valueOfText('', property('button', 'disabled'))).toBe('');
  });

  it('says of a text that no number is that it is none', () => {
    const min = property('numberInput', 'min');
    expect(['abc', '1.2.3', '-'].map((text) => problemOfText(text, min))).not.toContain(undefined);
    expect(['', '-0.5', '{{ a }}', '9007199254740993'].map((text) => problemOfText(text, min))).toEqual(
      new Array(4).fill(undefined),
    );
    expect(problemOfText('abc', property('text', 'text'))).toBeUndefined();
  });

  it('says of words where an expression is wanted that they are none', () => {
    const words = 'jobs.data.length > 0';
    for (const field of [property('button', 'disabled'), property('select', 'options')]) {
      expect(problemOfText(words, field)).toContain('between {{ and }}');
      expect(problemOfText(`{{ ${words} }}`, field)).toBeUndefined();
      expect(problemOfText('', field)).toBeUndefined();
    }
    expect(problemOfText('true', property('button', 'disabled'))).toBeUndefined();
    expect(problemOfText('["a"]', property('select', 'options'))).toBeUndefined();
    expect(problemOfCondition(words)).toContain('always true');
    for (const text of ['!{{ jobs.error }}', '{{ jobs.data }} && {{ jobs.total }}']) {
      expect(problemOfCondition(text)).toContain('between one {{');
      expect(problemOfText(text, property('button', 'disabled'))).toContain('between one {{');
    }
    for (const text of ['', 'false', '{{ jobs.', ` {{ ${words} }} `])
      expect(problemOfCondition(text)).toBeUndefined();
  });

  it('shows a value so that it is read back as the same', () => {
    for (const value of ['12', 'true', '"', '{"a":1}', 'null', ' 5', 'open', '9007199254740993', 12, [1]])
      expect(jsonOrText(textOfJson(value))).toEqual(value);
    expect(textOfJson('{{ query1.data }}')).toBe('{{ query1.data }}');
    expect(textOfProperty('12', property('text', 'text'))).toBe('12');
  });
});
