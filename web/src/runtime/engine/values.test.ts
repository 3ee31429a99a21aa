import type { CompiledArgument } from '@sallyport/contract';
import { describe, expect, it, vi } from 'vitest';
import { numberWriting } from '../../lib/number-writing.ts';
import { chartData, leftOut, pieProblem } from '../components/chart-data.ts';
import { chartOption, type LabelWidth, labelWidth, pieSlices, stepsOf } from '../components/chart-option.ts';
import { formatNumber } from '../components/format-number.ts';
import { stepDecimal } from '../components/step-decimal.ts';
import { typedDate } from '../components/typed-date.ts';
import { closeHiddenRows } from '../layout/grid.ts';
import { clockOf, clockText } from './clock-time.ts';
import { coerceArgument } from './coerce-argument.ts';
import { compareDecimals, numberOrText } from './compare-decimals.ts';
import { dayMeant, isDrawn } from './date-bounds.ts';
import { optionList } from './option-list.ts';
import { pathValue } from './path-value.ts';
import { propValue } from './prop-value.ts';
import { safeAddress } from './safe-address.ts';
import { startValueOf } from './start-value-of.ts';
import { readAs, twoNumbers, typedNumber, valueTyped } from './typed-number.ts';
import { validateInput } from './validate-input.ts';
import { instantOf, wallTime } from './zone-time.ts';

const argument = (more: Partial<CompiledArgument>): CompiledArgument => ({
  name: 'a',
  expression: 'a',
  origin: 'user',
  type: 'text',
  list: false,
  nullable: false,
  ...more,
});

describe('R8 numbers of any length', () => {
  it('are compared by their digits', () => {
    expect(compareDecimals('12345678901234567891', '12345678901234567890')).toBeGreaterThan(0);
    expect(compareDecimals('-0.1', '-0.10')).toBe(0);
    expect(compareDecimals('-2', '1')).toBeLessThan(0);
    expect(compareDecimals('0.09', '0.1')).toBeLessThan(0);
  });
  it('are numbers only when a number holds them', () => {
    expect(numberOrText('007')).toBe(7);
    expect(numberOrText('9007199254740993')).toBe('9007199254740993');
    expect(numberOrText('0.1234567890123456789')).toBe('0.1234567890123456789');
    expect(numberOrText('-0')).toBe(0);
    expect(numberOrText('1e5')).toBe(100000);
    expect(numberOrText('1e')).toBe(null);
    expect(numberOrText('1.2345678901234567e2')).toBe('123.45678901234567');
  });
  const en = numberWriting('en');
  it('are read as they are copied from a table or a sheet, and never as the thousandth of it', () => {
    const read = (text: string, whole = false) => typedNumber(text, whole, en);
    expect(['1,234.56', '1.234,56', '1 234,56', '1’234.56', '€1,234.56'].map((text) => read(text))).toEqual(
      Array(5).fill('1234.56'),
    );
    expect(
      ['1,234,567', '1.234.567', '12,34,567', '−5', '0,125', '0.125', '12,5', '2176.500'].map((t) => read(t)),
    ).toEqual(['1234567', '1234567', '1234567', '-5', '0.125', '0.125', '12.5', '2176.500']);
    expect([read('1.23.456'), read('1,2,3')].map((text) => validateInput('numberInput', {}, text))).toEqual(
      Array(2).fill('Enter a number.'),
    );
  });
  it('are read as this locale shows them, and asked about where it has no such sign', () => {
    const numbers = ['2176', '-2176', '2176.5', '2.176', '0.125', '123456789.25', '9007199254740993', '7'];
    for (const locale of [
      'en',
      'de',
      'fr',
      'de-CH',
      'hi',
      'en-IN',
      'ar',
      'ar-EG',
      'fa',
      'ne',
      'pl',
      'es',
      'sv',
      'my',
      'dz',
      'sat',
      'ccp',
    ])
      for (const grouped of [true, false]) {
        const writing = numberWriting(locale);
        const again = (number: string) => typedNumber(writing.write(number, grouped), false, writing);
        expect(numbers.map(again), locale).toEqual(numbers);
      }
    const read = (text: string, locale: string, whole = false) =>
      typedNumber(text, whole, numberWriting(locale));
    expect([read('2.176', 'de'), read('2.176', 'en'), read('2,176', 'en'), read('2,176', 'fr')]).toEqual([
      '2176',
      '2.176',
      '2176',
      '2.176',
    ]);
    expect(['de-CH', 'ar-EG'].map((locale) => read('2,176', locale))).toEqual(['2,176', '2,176']);
    expect(read('2.176', 'fr')).toBe('2,176');
    expect(['fr', 'de-CH', 'ar-EG'].map((locale) => twoNumbers('2,176', numberWriting(locale)))).toEqual([
      'Write 2176, or 2,176.',
      'Write 2176, or 2.176.',
      'Write 2176, or 2٫176.',
    ]);
    expect([read('2٫176', 'ar-EG'), read('2,176', 'de-CH', true), read('2,176', 'de', true)]).toEqual([
      '2.176',
      '2176',
      '2.176',
    ]);
    // From the keyboards of East Asia, whose digits and signs are as wide as letters.
    expect(['１２．５', '－１，２３４．５０', '２，１７６'].map((text) => read(text, 'ja'))).toEqual([
      '12.5',
      '-1234.50',
      '2176',
    ]);
    const said = (text: string, locale: string) => readAs(text, false, numberWriting(locale));
    expect([said('2.176', 'de'), said('2,176', 'en'), said('2,176', 'de'), said('2,176.5', 'en')]).toEqual([
      '2176',
      '2176',
      null,
      null,
    ]);
  });
  it('are told from what is none: a field that holds nothing shows no text that was typed before', () => {
    expect(['', ' ', 'abc', '12,50', '12345678901234567890'].map((text) => valueTyped(text, false))).toEqual([
      null,
      null,
      'abc',
      12.5,
      '12345678901234567890',
    ]);
  });
  it('are read with an exponent, as floating-point columns write them', () => {
    expect(compareDecimals('1.5e+300', '9e+299')).toBeGreaterThan(0);
    expect(compareDecimals('-2.5e-07', '-0.00000025')).toBe(0);
    expect(validateInput('numberInput', {}, '1.5e+300')).toBe(null);
    expect(validateInput('numberInput', { decimals: 2 }, '12e-3')).toBe('At most 2 decimals.');
    expect(stepDecimal('1.5e1', 1)).toBe('16');
    expect(formatNumber(1e-7, 'number')).toBe('0.0000001');
    expect(formatNumber(1.5e300, 'number')).toBe('1.5e+300');
  });
  it('are shown with the scale of their column, and without the noughts of a division', () => {
    expect(formatNumber('12.50', 'number')).toBe('12.50');
    expect(formatNumber('50.8100000000000000', 'number')).toBe('50.81');
    expect(formatNumber('7.0000000000000000', 'number')).toBe('7');
    expect(formatNumber('3.3333333333333333', 'number')).toBe('3.3333333333333333');
  });
  it('are shown without what only their reckoning left behind', () => {
    expect(formatNumber(0.1 + 0.2, 'number')).toBe('0.3');
    expect(formatNumber(1.1 * 1.1, 'number')).toBe('1.21');
    expect(formatNumber(0.1234567890123456, 'number')).toBe('0.1234567890123456');
    expect(formatNumber(9007199254740991, 'number').replaceAll(/\D/g, '')).toBe('9007199254740991');
    expect(formatNumber({ a: 1 }, 'number')).toBe('{"a":1}');
  });
  it('are stepped without rounding', () => {
    expect(stepDecimal('9007199254740993', 1)).toBe('9007199254740994');
    expect(stepDecimal('0.25', -1)).toBe('-0.75');
    expect(stepDecimal('x', 1)).toBe('x');
  });
});

describe('an argument', () => {
  it('is brought into its type, or refused with a word on what it takes', () => {
    expect(coerceArgument(argument({ type: 'integer' }), '9007199254740993')).toEqual({
      value: '9007199254740993',
    });
    expect(coerceArgument(argument({ type: 'integer' }), 1.5)).toHaveProperty('problem');
    expect(coerceArgument(argument({ type: 'integer' }), '+007')).toEqual({ value: '7' });
    for (const day of ['0044-03-15 BC', '-infinity', '5874897-12-31', '0000-00-00', '2026-02-30'])
      expect(coerceArgument(argument({ type: 'date' }), day)).toEqual({ value: day });
    expect(coerceArgument(argument({ type: 'date' }), '2026-02-28x')).toHaveProperty('problem');
    expect(coerceArgument(argument({ type: 'decimal' }), 'NaN')).toEqual({ value: 'NaN' });
    expect(coerceArgument(argument({ type: 'decimal' }), -0)).toEqual({ value: '-0' });
    expect(coerceArgument(argument({ type: 'decimal' }), '.50')).toEqual({ value: '0.50' });
    expect(coerceArgument(argument({ type: 'integer' }), true)).toEqual({ value: 1 });
    expect(coerceArgument(argument({ type: 'integer' }), false)).toEqual({ value: 0 });
    expect(coerceArgument(argument({ type: 'boolean' }), 'false')).toEqual({ value: false });
    expect(coerceArgument(argument({ type: 'boolean' }), 1)).toEqual({ value: true });
    expect(coerceArgument(argument({ type: 'boolean' }), 2)).toHaveProperty('problem');
    expect(coerceArgument(argument({ type: 'date' }), '2026-11-22T10:00:00Z')).toEqual({
      value: '2026-11-22',
    });
    expect(coerceArgument(argument({ type: 'timestamp' }), 1_780_000_000_000)).toEqual({
      value: '2026-05-28T20:26:40.000Z',
    });
    expect(coerceArgument(argument({ list: true, type: 'integer' }), 3)).toEqual({ value: [3] });
    const tags = (value: unknown, nullable = true) =>
      coerceArgument(argument({ list: true, type: 'text', nullable }), value);
    expect([tags(['a', null]), tags(null), tags(undefined)]).toEqual([
      { value: ['a', null] },
      { value: null },
      { value: [] },
    ]);
    expect([tags(['a', null], false), tags(null, false)]).toEqual([
      { problem: 'a cannot contain empty values.' },
      { value: [] },
    ]);
    expect(coerceArgument(argument({ choices: ['asc', 'desc'] }), { value: 'desc', label: 'Down' })).toEqual({
      value: 'desc',
    });
    expect(coerceArgument(argument({ choices: ['asc', 'desc'] }), 'drop')).toHaveProperty('problem');
    expect(coerceArgument(argument({ type: 'uuid', nullable: true }), '')).toEqual({ value: null });
    for (const type of ['text', 'json'] as const)
      expect(coerceArgument(argument({ type, nullable: true }), ''), type).toEqual({ value: '' });
    expect(coerceArgument(argument({ type: 'json', nullable: true }), null)).toEqual({ value: null });
    expect(coerceArgument(argument({}), null)).toEqual({ problem: 'a has no value yet.' });
  });
});

it('R10 a time of a column without a zone goes back as it came, wherever the person is', () => {
  for (const value of ['2026-03-04T05:06:07', '1999-12-31T23:59:59.999999'])
    expect(coerceArgument(argument({ type: 'timestamp' }), value)).toEqual({ value });
});

describe('X1 a value that the language makes no text of', () => {
  const odd = { toString: 'x', valueOf: 1 };
  it('is no argument of another type, and says so', () => {
    for (const type of ['integer', 'decimal', 'boolean', 'date', 'timestamp'] as const)
      expect(coerceArgument(argument({ type }), odd), type).toHaveProperty('problem');
    expect(coerceArgument(argument({ choices: ['asc'] }), odd)).toHaveProperty('problem');
    expect(coerceArgument(argument({}), odd)).toEqual({ value: '{"toString":"x","valueOf":1}' });
    expect(coerceArgument(argument({ type: 'uuid' }), odd)).toEqual({
      value: '{"toString":"x","valueOf":1}',
    });
  });
  it('is no figure of a chart, no day of a calendar and no number of a property', () => {
    const { series, problem } = chartData([{ a: 'x', b: odd }], 'a', 'b');
    expect([series[0]?.values, problem]).toEqual([[null], undefined]);
    expect(isDrawn(odd, false)).toBe(false);
    expect(propValue('numberInput', 'min', odd)).toBe(null);
    expect(optionList([{ label: odd, value: 1 }])[0]?.label).toBe('{"toString":"x","valueOf":1}');
  });
});

describe('an input', () => {
  it('starts with the JSON of an object, and with yes for a number that is not nought', () => {
    expect(startValueOf('textInput', {}, { a: [1] })).toBe('{"a":[1]}');
    expect(startValueOf('textInput', {}, null)).toBe('');
    expect([true, 'true', 1, 2].map((value) => startValueOf('checkbox', {}, value))).not.toContain(false);
    expect([false, 'false', 0, null].map((value) => startValueOf('checkbox', {}, value))).not.toContain(true);
  });
  it('says what is wrong with its value', () => {
    expect(validateInput('textInput', { required: true, label: 'Name' }, '')).toBe('Name is required.');
    expect(validateInput('textInput', { format: 'email' }, 'ada')).toContain('name@example.com');
    expect(validateInput('numberInput', { min: 0, decimals: 2 }, '1.234')).toBe('At most 2 decimals.');
    expect(validateInput('numberInput', { max: '12345678901234567890' }, '12345678901234567891')).toContain(
      'or less',
    );
    expect(validateInput('date', { min: '2026-01-02' }, '2026-01-01')).toBe('Must be 2026-01-02 or later.');
    expect(validateInput('select', {}, null)).toBe(null);
    // A calendar would show the second of March.
    expect(validateInput('date', {}, '2026-02-32')).toMatch(/^Enter a date/);
    expect(validateInput('date', {}, 5)).toMatch(/^Enter a date/);
    expect(validateInput('date', {}, '2026-02-28T10:00:00Z')).toBe(null);
  });
  it('reads a day as people type it, and only one that there is', () => {
    for (const text of ['2026-11-22', '22.11.2026', '22/11/2026', '22 Nov 2026', 'Nov 22, 2026'])
      expect(typedDate(text), text).toBe('2026-11-22');
    expect(typedDate('7 Apr')).toBe(`${new Date().getFullYear()}-04-07`);
    // In the United States it is the 4th of March.
    expect(['3/4/2026', '03/04/2026'].map((text) => typedDate(text, 'en-US'))).toEqual([null, null]);
    expect(['22/11/2026', '4/4/2026', '3.4.2026'].map((text) => typedDate(text, 'en-US'))).toEqual([
      '2026-11-22',
      '2026-04-04',
      '2026-04-03',
    ]);
    expect(['en-GB', 'de', 'sv', 'pt-BR'].map((locale) => typedDate('3/4/2026', locale))).toEqual(
      Array(4).fill('2026-04-03'),
    );
    // Of a day that is not there, and of an early year, the platform makes another one.
    for (const text of [
      '31.02.2026',
      '2026-02-31',
      '31 Apr 2026',
      'Feb 29, 2027',
      '1 Jan 0001',
      '7',
      'soon',
      '',
    ])
      expect(typedDate(text), text).toBe(null);
  });
  it('a day of an early year is drawn as what it is, or not at all: leaving its field would store another', () => {
    for (const text of ['27 May 0703', '27.5.0703', '0703-05-27'])
      expect(typedDate(text), text).toBe('0703-05-27');
    expect(wallTime('0703-05-27T10:00:00')).toBe('0703-05-27 10:00:00');
    expect(isDrawn('0703-05-27', false)).toBe(true);
    // The calendar would say 1901.
    expect(isDrawn('0001-01-01', false)).toBe(false);
    expect(isDrawn('0001-01-01T00:00:00+00:00', true)).toBe(false);
    expect(validateInput('date', {}, '0001-01-01')).toBe(null);
  });
  it('R10 of a time gives an instant with its offset', () => {
    const instant = instantOf('2026-07-01 09:30:00');
    expect(instant).toMatch(/^2026-07-01T09:30:00[+-]\d\d:\d\d$/);
    expect(wallTime(instant)).toBe('2026-07-01 09:30:00');
    expect(instantOf('never')).toBe(null);
  });
  it('R10 of a time says how far west or east of UTC its clock is, in parts of an hour too', () => {
    const zone = process.env.TZ;
    try {
      for (const [name, offset] of [
        ['America/New_York', '-04:00'],
        ['America/St_Johns', '-02:30'],
        ['Asia/Kolkata', '+05:30'],
      ]) {
        process.env.TZ = name;
        expect(instantOf('2026-07-01 09:30:00'), name).toBe(`2026-07-01T09:30:00${offset}`);
      }
    } finally {
      process.env.TZ = zone;
      if (zone === undefined) delete process.env.TZ;
    }
  });
  it('R10 a day that the person’s zone left out is a day, which no calendar draws as another', () => {
    const zone = process.env.TZ;
    try {
      process.env.TZ = 'Pacific/Apia';
      for (const text of ['2011-12-30', '30.12.2011', '30 Dec 2011'])
        expect(typedDate(text), text).toBe('2011-12-30');
      expect(isDrawn('2011-12-30', false)).toBe(false);
      expect(isDrawn('2011-12-31', false)).toBe(true);
      expect(isDrawn('2011-12-30T10:00:00Z', true)).toBe(true);
    } finally {
      process.env.TZ = zone;
      if (zone === undefined) delete process.env.TZ;
    }
  });

  it('R10 of a time that the clock says twice is the one that was there', () => {
    const zone = process.env.TZ;
    try {
      process.env.TZ = 'Europe/Berlin';
      const twice = '2026-10-25 02:35:00';
      expect(instantOf(twice, '2026-10-25T01:30:00+00:00')).toBe('2026-10-25T02:35:00+01:00');
      expect(instantOf(twice, '2026-10-25T00:30:00+00:00')).toBe('2026-10-25T02:35:00+02:00');
      expect(instantOf(twice)).toBe('2026-10-25T02:35:00+02:00');
      expect(instantOf('2026-10-25 03:35:00', '2026-10-25T00:30:00Z')).toBe('2026-10-25T03:35:00+01:00');
      process.env.TZ = 'Australia/Lord_Howe';
      expect(instantOf('2026-04-05 01:45:00', '2026-04-04T15:15:00Z')).toBe('2026-04-05T01:45:00+10:30');
      process.env.TZ = 'Antarctica/Troll';
      expect(instantOf('2027-10-31 01:17:25', '2027-10-31T01:17:25Z')).toBe('2027-10-31T01:17:25+00:00');
      process.env.TZ = 'Africa/Monrovia';
      expect(instantOf('1971-12-31 10:00:00'), 'at 44 min 30 s').toBe('1971-12-31T10:44:30Z');
    } finally {
      process.env.TZ = zone;
      if (zone === undefined) delete process.env.TZ;
    }
  });
  it('R10 of a time without a zone shows the hour that the clocks here left out', () => {
    expect(clockText('2026-03-29T02:30:00')).toBe('29 Mar 2026, 02:30');
    // Of MySQL: a form with such a field could not be opened.
    expect(clockText('0000-00-00T00:00:00')).toBe('0000-00-00T00:00:00');
    expect(clockOf('2026-03-29 03:30:00', '02:30', null), 'typed').toBe('2026-03-29T02:30:00');
    const before = '2026-03-28T02:30:15.5';
    expect(clockOf('2026-03-29 03:30:15', '', before), 'of another day').toBe('2026-03-29T02:30:15.5');
    expect(clockOf('2026-03-29 00:00:00', '', null), 'none yet').toBe('2026-03-29T00:00:00');
  });

  it('R10 of a time without a zone starts with what the clock here says, and keeps no offset', () => {
    const props = { withTime: true, zone: 'none' };
    const instant = '2026-07-01T09:30:00+00:00';
    const wall = wallTime(instant)!.replace(' ', 'T');
    expect(startValueOf('date', props, instant)).toBe(wall);
    expect(startValueOf('date', props, wall)).toBe(wall);
    expect(startValueOf('date', { withTime: true }, instant)).toBe(instant);
  });
  it.each([
    ['Asia/Tokyo', '2026-11-28T19:01:00.000Z', '2026-11-29'],
    ['Asia/Tokyo', '2026-11-28T15:00:00+00:00', '2026-11-29'],
    ['America/New_York', '2026-11-29T01:30:00Z', '2026-11-28'],
    // What an API means by a day, and a time without a zone, is that day to everybody.
    ['America/New_York', '2026-11-29T00:00:00.000Z', '2026-11-29'],
    ['America/New_York', '2026-11-29T01:30:00', '2026-11-29'],
    ['America/New_York', '2026-11-29', '2026-11-29'],
  ])('R10 in %s, %s is the day %s', (zone, value, day) => {
    vi.stubEnv('TZ', zone);
    expect(dayMeant(value)).toBe(day);
    expect(coerceArgument(argument({ type: 'date' }), value)).toEqual({ value: day });
    expect(validateInput('date', { min: day, max: day }, value)).toBe(null);
    vi.unstubAllEnvs();
  });
  it('takes a bound that is a day for the whole day, and a bound with a time for its day', () => {
    const day = wallTime(Date.now())!.slice(0, 10);
    const evening = instantOf(`${day} 23:30:00`)!;
    expect(validateInput('date', { withTime: true, min: day, max: day }, evening)).toBe(null);
    expect(validateInput('date', { withTime: true, min: day, max: day }, `${day}T00:10:00`)).toBe(null);
    expect(validateInput('date', { min: evening, max: `${day}T00:00:00` }, day)).toBe(null);
    expect(validateInput('date', { withTime: true, max: `${day}T23:00:00` }, evening)).toBe(
      `Must be ${day} 23:00:00 or earlier.`,
    );
    expect(validateInput('date', { min: 'soon' }, day)).toBe(null);
  });
});

it('R7 an event goes to this server or to https', () => {
  const base = 'https://tools.example/a/desk';
  expect(safeAddress('/a/other', base)).toEqual({ address: 'https://tools.example/a/other', leaves: false });
  expect(safeAddress('https://elsewhere.example/', base)).toMatchObject({ leaves: true });
  for (const bad of [
    'javascript:alert(1)',
    'http://elsewhere.example',
    '//user@elsewhere.example',
    'https://:word@elsewhere.example',
    'data:,x',
    'blob:x',
    'blob:https://tools.example/0199c0de',
  ]) {
    expect(safeAddress(bad, base), bad).toBe(null);
  }
});

it('X8 a path reaches what a value has, and not what the language lends it', () => {
  const held = { list: { data: [{ id: 1 }] } };
  expect(pathValue(held, ['list', 'data', '0', 'id'])).toBe(1);
  expect(pathValue(held, ['list', 'data', 'length'])).toBe(1);
  for (const lent of ['__proto__', 'constructor', 'map'])
    expect(pathValue(held, ['list', 'data', lent]), lent).toBe(undefined);
  expect(pathValue(held, ['list', 'none', 'id'])).toBe(undefined);
});

it('options keep the type of their value', () => {
  expect(
    optionList([1, 1, null, { value: 2, label: 'Two' }, 'x']).map(({ value, label }) => [value, label]),
  ).toEqual([
    [1, '1'],
    [2, 'Two'],
    ['x', 'x'],
  ]);
  expect(optionList('nothing')).toEqual([]);
});

it('hiding leaves no hole, and moves nothing that stands beside something shown', () => {
  const box = (id: string, y: number, h: number, x = 0) => ({ id, layout: { x, y, w: 6, h } });
  const all = [box('a', 0, 2), box('b', 2, 3), box('c', 2, 1, 6), box('d', 5, 2)];
  const places = closeHiddenRows(all, ({ id }) => id === 'b').map(({ one, place }) => [one.id, place.y]);
  expect(places).toEqual([
    ['a', 0],
    ['c', 2],
    ['d', 3],
  ]);
});

it('a chart finds its columns, or says why not', () => {
  const rows = [
    { day: 'Mo', n: '1.50', note: 'x' },
    { day: 'Tu', n: null, note: 'y' },
  ];
  expect(chartData(rows, '', '')).toMatchObject({ x: 'day', series: [{ name: 'n', values: [1.5, null] }] });
  expect(chartData(rows, 'day', 'm').problem).toContain('“m”');
  expect(chartData('x', '', '').problem).toBeDefined();
  expect(chartData(null, '', '').rows).toBe(0);
  // What the first row does not have, another may.
  expect(chartData([{ day: 'Mo' }, { day: 'Tu', n: 2 }], 'day', 'n').series[0]?.values).toEqual([null, 2]);
});

it('a chart of what is no list of rows says so, also of a list of something else', () => {
  for (const given of [[['Mo', 1]], [1, 2], { Mo: 1 }, 'Mo'])
    expect(chartData(given, '', '').problem).toBe('The data is not a list of rows.');
  for (const given of [[], null]) expect(chartData(given, '', '').problem).toBeUndefined();
});

it('R10 a time in a chart is the person’s, to the minute, and a day where all are midnights', () => {
  const names = (...times: (string | null)[]) =>
    chartData(
      times.map((x) => ({ x, y: 1 })),
      'x',
      'y',
    ).categories;
  expect(names('2026-11-22T07:41:09.5', '2026-11-22')).toEqual(['2026-11-22 07:41', '2026-11-22']);
  expect(names('2026-11-22T07:41:09Z')).toEqual([wallTime('2026-11-22T07:41:09Z')?.slice(0, 16)]);
  expect(names('2026-11-22T00:00:00', '2026-11-29T00:00:00', null)).toEqual([
    '2026-11-22',
    '2026-11-29',
    '—',
  ]);
  expect(names('2026-11-22T00:00:00', '2026-11-22T00:15:00')[0]).toBe('2026-11-22 00:00');
});

it('a pie has as many slices as can be told apart, and none of values below zero', () => {
  const of = (values: readonly number[]) =>
    chartData(
      values.map((y, x) => ({ x: `n${x}`, y })),
      'x',
      'y',
    );
  const slices = pieSlices(of(Array.from({ length: 100 }, (_, i) => i)));
  expect(slices).toHaveLength(24);
  expect(slices.at(-1)).toEqual({ name: '77 others', value: (76 * 77) / 2 });
  expect(slices[0]).toEqual({ name: 'n77', value: 77 });
  expect(pieSlices(of([1, 2]))).toHaveLength(2);
  expect(pieProblem(of([1, -2]))).toContain('“y”');
  expect(pieProblem(of([0, 2]))).toBeUndefined();
});

it('what a chart leaves out of its data is said', () => {
  const two = chartData([{ day: 'Mo', a: 1, b: 2, c: 'x' }], 'day', 'a, b');
  expect(leftOut(two, 'bar')).toBeUndefined();
  expect(leftOut(two, 'pie')).toBe('“b” is not shown.');
  const many = chartData([{ day: 'Mo', a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 }], '', '');
  expect(leftOut(many, 'line')).toBe('“f” and “g” are not shown.');
  const odd = chartData(
    [
      { day: 'Mo', a: 'NaN' },
      { day: 'Tu', a: '12345678901234567.25' },
      { day: 'We', a: null },
    ],
    'day',
    'a',
  );
  expect(leftOut(odd, 'bar')).toBe('1 value is not a number that can be shown.');
  expect(odd.series[0]?.written).toEqual(['NaN', '12345678901234567.25', null]);
});

it('names at the ends of an axis are kept inside of it where their places are narrow', () => {
  const of = (count: number) =>
    chartData(
      Array.from({ length: count }, (_, i) => ({ x: `A long name of category ${i}`, y: i })),
      'x',
      'y',
    );
  expect(labelWidth(of(8), 1_200)).toBe(112);
  expect(labelWidth(of(3), 290)).toBe(72);
  expect(labelWidth(of(8), 290)).toBe('slanted');
  expect(labelWidth(of(20), 290)).toBe('some');
  expect(
    labelWidth(
      chartData(
        [
          { x: 'a', y: 1 },
          { x: 'b', y: 2 },
          { x: 'c', y: 2 },
        ],
        'x',
        'y',
      ),
      290,
    ),
  ).toBe(72);
  // Cut to the same few letters, dates and times would not be told apart.
  const on = (days: string[]) =>
    chartData(
      days.map((x) => ({ x, y: 1 })),
      'x',
      'y',
    );
  const days = ['2026-07-31', '2026-08-15', '2026-08-31', '2026-09-01', '2026-09-15', '2026-09-24', '', ''];
  expect(labelWidth(on(days), 700)).toBe(72);
  expect([640, 555].map((width) => labelWidth(on(days), width))).toEqual(['slanted', 'slanted']);
  expect(labelWidth(on(days.map((day) => day && `${day} 09:00`)), 555)).toBe('slanted');
  expect(labelWidth(on(['09:00', '09:15', '09:30', '09:45'].map((time) => `2026-07-31 ${time}`)), 350)).toBe(
    'some',
  );
  const axis = (names: LabelWidth) => chartOption(of(8), 'bar', false, () => '', names, 5);
  expect(axis('slanted')).toMatchObject({ xAxis: { axisLabel: { width: 88, rotate: 45, interval: 0 } } });
  expect(axis('some')).toMatchObject({ xAxis: { axisLabel: { width: 112, alignMaxLabel: 'right' } } });
  expect(axis('some')).not.toHaveProperty('xAxis.axisLabel.interval');
  // Each that is to be there is: the library would leave out every other that is near the next.
  expect(axis(80)).toMatchObject({ xAxis: { axisLabel: { width: 80, interval: 0, hideOverlap: false } } });
  expect(axis('some')).toMatchObject({ xAxis: { axisLabel: { hideOverlap: true } } });
});

it('a scatter of numbers stands each at its distance, and of texts in their order', () => {
  const axis = (x: unknown, type: string) =>
    chartOption(
      chartData(
        [
          { x: '1', y: 1 },
          { x, y: 2 },
        ],
        'x',
        'y',
      ),
      type,
      false,
      () => '',
      112,
      3,
    );
  expect(axis('100', 'scatter')).toMatchObject({
    xAxis: { type: 'value' },
    series: [
      {
        data: [
          [1, 1],
          [100, 2],
        ],
      },
    ],
  });
  expect(axis('b', 'scatter')).toMatchObject({ xAxis: { type: 'category', data: ['1', 'b'] } });
  expect(axis('100', 'line')).toMatchObject({ xAxis: { type: 'category' }, series: [{ data: [1, 2] }] });
});

it('a low drawing has as few figures beside it as there is room for', () => {
  expect([40, 150, 200, 900].map(stepsOf)).toEqual([1, 3, 4, 5]);
  const data = chartData([{ x: 'a', y: 1 }], 'x', 'y');
  expect(chartOption(data, 'bar', false, () => '', 112, 3)).toMatchObject({ yAxis: { splitNumber: 3 } });
});
