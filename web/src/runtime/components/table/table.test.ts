import type { ResultColumn, WindowOperator } from '@sallyport/contract';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { figure } from '../../../lib/number.ts';
import { numberWriting } from '../../../lib/number-writing.ts';
import { seenText } from '../../../lib/seen-text.ts';
import { NO_QUERY } from '../../engine/session-types.ts';
import { formatNumber } from '../format-number.ts';
import { clientWindow } from './client-window.ts';
import { type Column, columnModel, leastOf, trackOf, tracksOf } from './column-model.ts';
import { filterProblem } from './filter-problem.ts';
import { filterText } from './filter-text.ts';
import { filtersOf, filterValue, typedValues } from './filter-value.ts';
import { formatCell, linkOf } from './format-cell.ts';
import { moveSpot } from './grid-keys.ts';
import { isGone } from './is-gone.ts';
import { keyColumns, rowKey, sameRow } from './row-key.ts';
import { TableCell } from './table-cell.tsx';
import { AS_THE_APP, type ColumnSettings, isShown, readSettings } from './use-column-settings.ts';

const column = (name: string, type: ResultColumn['type']): ResultColumn => ({
  name,
  engineType: type,
  type,
  nullable: true,
});
const one = (
  type: ResultColumn['type'],
  format?: 'currency' | 'percent' | 'boolean',
  name = 'amount',
): Column => columnModel(format === undefined ? [] : [{ name, format }], [column(name, type)], [], [])[0]!;

describe('columns', () => {
  it('come from the result, with their formats, when none are listed', () => {
    const model = columnModel(
      [],
      [column('id', 'integer'), column('orderTotal', 'decimal'), column('opened_at', 'timestamp')],
      [],
      ['id'],
    );
    expect(model.map(({ label, kind, right, grouped }) => [label, kind, right, grouped])).toEqual([
      ['ID', 'number', true, false],
      ['Order total', 'number', true, true],
      ['Opened at', 'datetime', true, true],
    ]);
  });
  it('have an order by their type, however they are shown', () => {
    const shape = { ...column('shape', 'text'), engineType: 'point' };
    const listed = ['note', 'doc', 'shape'].map((name) => ({ name, format: 'text' as const }));
    const model = columnModel(listed, [column('note', 'text'), column('doc', 'json'), shape], [], []);
    expect(model.map(({ ordered }) => ordered)).toEqual([true, false, false]);
  });
  it('are guessed from plain rows', () => {
    const model = columnModel(
      [],
      null,
      [
        { a: null, b: 1.5 },
        { a: '2026-11-22', c: [1], d: false, e: '2026-11' },
      ],
      [],
    );
    expect(model.map(({ name, kind }) => [name, kind])).toEqual([
      ['a', 'date'],
      ['b', 'number'],
      ['c', 'json'],
      ['d', 'boolean'],
      ['e', 'text'],
    ]);
  });
  it('of numbers that an expression hands on are the numbers of its query, whose decimals are texts', () => {
    const rows = [
      { price: '12.50', big: '9007199254740993', id: '000007', net: '9.50', note: '5.5' },
      { price: null, big: '7', id: '000008', net: '9.50 €', note: '6.5' },
    ];
    const read = [
      ...['price', 'net'].map((name) => column(name, 'decimal')),
      ...['big', 'id'].map((name) => column(name, 'integer')),
      column('note', 'text'),
    ];
    const kinds = (of: readonly ResultColumn[]) =>
      columnModel([], null, rows, [], of).map(({ kind }) => kind);
    // What the app made of one is its own text.
    expect(kinds(read)).toEqual(['number', 'number', 'text', 'text', 'text']);
    expect(kinds([])).toEqual(Array(5).fill('text'));
  });
  it('are those of every row, also of the last', () => {
    const rows = [...Array.from({ length: 99 }, (_, id) => ({ id })), { id: 99, note: 'late' }];
    expect(columnModel([], null, rows, []).map(({ name }) => name)).toEqual(['id', 'note']);
  });
  it('are called, priced and wide as the app says', () => {
    const listed = [{ name: 'sum', label: 'Total', format: 'currency', currency: 'USD', width: 90 } as const];
    const read = columnModel(
      [...listed, { name: 'sum', format: 'currency' }],
      [column('sum', 'decimal')],
      [],
      [],
    );
    expect(read.map(({ label, currency, width, right }) => [label, currency, width, right])).toEqual([
      ['Total', 'USD', 90, true],
      ['Sum', 'EUR', null, true],
    ]);
  });
  it('of an API are dates where all their texts are, and figures where the app shows them so', () => {
    const api = (name: string) => ({ ...column(name, 'text'), engineType: 'string' });
    const rows = [
      { at: '2026-11-22T07:41:00Z', day: '2026-11-22', due: '2026-11-22', total: '9.50' },
      { at: null, day: '2026-11-23', due: 'soon', total: '10' },
    ];
    const listed = ['at', 'day', 'due', 'total'].map((name) => ({ name }));
    const columns = columnModel(
      [...listed.slice(0, 3), { name: 'total', format: 'currency' }],
      listed.map(({ name }) => api(name)),
      rows,
      [],
    );
    expect(columns.map(({ kind, type }) => [kind, type])).toEqual([
      ['datetime', 'timestamp'],
      ['date', 'date'],
      ['text', 'text'],
      ['currency', 'decimal'],
    ]);
  });
  it('leave out what is hidden until a person asks for it; a chosen width wins', () => {
    const model = columnModel([{ name: 'a', hidden: true }, { name: 'b' }], null, [], []);
    const seen = (settings: Partial<ColumnSettings>) =>
      model.filter((column) => isShown(column, { ...AS_THE_APP, ...settings })).map(({ name }) => name);
    expect(seen({})).toEqual(['b']);
    expect(seen({ shown: ['a'] })).toEqual(['a', 'b']);
    expect(seen({ shown: ['a'], hidden: ['b'] })).toEqual(['a']);
    expect(trackOf(one('text'), 90)).toBe('90px');
    expect(leastOf(trackOf(one('text'), undefined))).toBe(140);
  });
  it('are the first hundred where nobody listed them, and the others when a person asks for them', () => {
    const wide = Array.from({ length: 5_000 }, (_, at) => column(`c${at}`, 'integer'));
    const shown = (shown: readonly string[]) =>
      columnModel([], wide, [], []).filter((one) => isShown(one, { ...AS_THE_APP, shown }));
    expect(shown([])).toHaveLength(100);
    expect(shown(['c4999']).at(-1)?.name).toBe('c4999');
    const listed = wide.slice(0, 150).map(({ name }) => ({ name }));
    expect(columnModel(listed, wide, [], []).filter(({ hidden }) => !hidden)).toHaveLength(150);
  });
  it('are as wide as their figures, and leave room to others when their texts are codes', () => {
    const [code, name, figure] = [one('text', undefined, 'code'), one('text'), one('decimal')];
    const longest = new Map([
      ['code', 3],
      ['amount', 14],
    ]);
    expect(tracksOf([code, figure], {}, longest, true)).toEqual(['minmax(76px, 5fr)', '177px']);
    expect(tracksOf([name], {}, new Map(), false)).toEqual(['minmax(156px, 10fr)']);
    expect(tracksOf([figure], { amount: 60 }, longest, true)).toEqual(['60px']);
    const texts = [one('text', undefined, 'title'), one('text', undefined, 'director')];
    const long = new Map(texts.map(({ name: called }) => [called, 24]));
    expect(tracksOf(texts, {}, long)).toEqual(['minmax(202px, 10fr)', 'minmax(148px, 10fr)']);
    // A tag says in what state a row is: of “waiting for approval”, “waiting for…” is each.
    const status: Column = { ...one('text', undefined, 'status'), kind: 'tag' };
    const tags = (letters: number) => leastOf(trackOf(status, undefined, letters));
    expect([4, 14, 60].map(tags)).toEqual([96, 136, 180]);
    // Every object has one of this name.
    expect(leastOf(tracksOf([one('text', undefined, 'constructor')], {})[0] as string)).toBe(156);
  });
});

describe('R8 a value', () => {
  it('that is a length of time reads as one, and not as PostgreSQL hands it over', () => {
    const [took] = columnModel([], [{ ...column('took', 'text'), engineType: 'interval' }], [], []);
    const said = (value: string) => formatCell(value, took!).text;
    expect(['P12DT2H3M4S', 'PT26H0.5S', 'P1Y2M-3D', 'PT-1H-5M', 'PT0S', '12 days'].map(said)).toEqual([
      '12 days 02:03:04',
      '26:00:00.5',
      '1 year 2 months -3 days',
      '-01:05:00',
      '00:00:00',
      '12 days',
    ]);
    expect(formatCell('P12D', took!).title).toBe('P12D');
    expect(formatCell('P12D', one('text')).text).toBe('P12D');
  });

  it('keeps every digit', () => {
    expect(formatCell('12345678901234567890.10', one('decimal')).text.replaceAll(/\D/g, '')).toBe(
      '1234567890123456789010',
    );
    expect(formatCell('9007199254740993', one('integer', undefined, 'id')).text).toBe('9007199254740993');
    expect(formatCell(`0.${'123456789'.repeat(3)}1`, one('decimal')).text.replaceAll(/\D/g, '')).toBe(
      `0${'123456789'.repeat(3)}1`,
    );
    const [year] = columnModel([], [{ ...column('y', 'integer'), engineType: 'year' }], [], []);
    expect(formatCell(2026, year!).text).toBe('2026');
    const sizes = [{}, { bytes: 1 }, { bytes: 999 }, { bytes: 1_000 }, { bytes: 2_500_000 }];
    expect(sizes.map((size) => formatCell(size, one('binary')).text)).toEqual([
      '0 bytes',
      '1 byte',
      '999 bytes',
      '1 kB',
      `${formatNumber(2_500, 'number')} kB`,
    ]);
    // What software keeps as bytes is a name, a key or a checksum as well: of all of them, it was said how many bytes they are.
    const bytes = ['Zürich', '\x00\xff', 'a\x00', 'long '.repeat(100), 'x'.repeat(1_001)].map((text, i) => {
      const base64 = Buffer.from(text, i === 1 ? 'latin1' : 'utf8').toString('base64');
      return formatCell({ base64, bytes: Buffer.from(base64, 'base64').length }, one('binary')).text;
    });
    expect(bytes).toEqual(['Zürich', '0x00ff', '0x6100', 'long '.repeat(100), '1 kB']);
    const file = { base64: Buffer.alloc(65).toString('base64'), bytes: 65 };
    expect(formatCell(file, one('binary')).text).toBe('65 bytes');
    expect([null, undefined].map((nothing) => formatCell(nothing, one('integer')).text)).toEqual(['', '']);
    expect(formatCell(1234567, one('integer'))).toEqual({
      text: formatNumber(1234567, 'number'),
      title: '1234567',
    });
    const post = { ...column('post', 'integer'), engineType: 'int unsigned zerofill' };
    expect(formatCell('01067', columnModel([], [post], [], [])[0]!).text).toBe('01067');
    expect(formatCell('1240', one('decimal', 'currency')).text).toMatch(/1.?240.00/);
    expect(formatCell('0.25', one('decimal', 'percent')).text).toMatch(/^25\s?%$/);
  });
  it('R10 of a date is the same day everywhere, of a time says its zone on hover', () => {
    expect(formatCell('2020-02-29', one('date'))).toEqual({ text: '29 Feb 2020', title: '2020-02-29' });
    expect(formatCell('2020-02-29T23:30:00Z', one('timestamp')).title).toContain('UTC');
    // Rows of one day differ by their time.
    expect(formatCell('2020-02-29T12:30:00', one('timestamp')).text).toBe('29 Feb 2020, 12:30');
    expect(formatCell('2020-02-29T09:41:30.5Z', one('timestamp')).text).toMatch(/2020, \d\d:\d1$/);
    // As it stands in the database, which knows no zone of it.
    expect(formatCell('2020-02-29T12:30:00', one('timestamp')).title).toBe('2020-02-29 12:30:00');
    const year = new Date().getFullYear();
    expect(formatCell(`${year}-03-15`, one('date')).text).toBe('15 Mar');
    expect(formatCell('infinity', one('timestamp'))).toEqual({ text: 'infinity' });
    for (const type of ['date', 'timestamp'] as const)
      expect(formatCell('0000-00-00', one(type))).toEqual({ text: '0000-00-00' });
    // Without its era it would be another day.
    expect(formatCell('0044-03-15 BC', one('date'))).toEqual({ text: '0044-03-15 BC' });
  });
  it('of a truth value is what a filter takes it for: a number that is neither stays one', () => {
    expect([1, 2, true, 0, false].map((value) => formatCell(value, one('boolean')).text)).toEqual([
      'Yes',
      '2',
      'Yes',
      'No',
      'No',
    ]);
    expect(formatCell(2, one('integer', 'boolean')).text).toBe('Yes');
    // What is neither is not told to be a no.
    expect(formatCell('Y', one('boolean')).text).toBe('Y');
  });
  it('that is an object is its JSON in every format', () => {
    for (const type of ['decimal', 'date', 'timestamp', 'boolean', 'text', 'json'] as const)
      expect(formatCell({ a: 1 }, one(type)).text).toBe('{"a":1}');
  });
  it('R7 is a link only to https, http and email', () => {
    expect(linkOf('https://example.com/a')).toBe('https://example.com/a');
    expect(linkOf('ada@example.com')).toBe('mailto:ada@example.com');
    for (const bad of [
      'javascript:alert(1)',
      ' JAVASCRIPT:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      'a b',
      { toString: 'x' },
      'https://bank.example@elsewhere.example/',
      'https://:word@elsewhere.example/',
    ]) {
      expect(linkOf(bad)).toBe(null);
    }
  });
});

describe('rows that are all here', () => {
  const rows = [
    { id: '10', city: 'Århus', n: null },
    { id: '9', city: 'Bern', n: '2.50' },
    { id: '100', city: 'aachen', n: '10' },
  ];
  const ids = (look: Parameters<typeof clientWindow>[1]) => clientWindow(rows, look, []).map(({ id }) => id);
  it('are sorted as numbers where they are numbers, with what is empty last', () => {
    expect(ids({ sort: [{ column: 'id', direction: 'asc' }], filters: [] })).toEqual(['9', '10', '100']);
    expect(ids({ sort: [{ column: 'n', direction: 'asc' }], filters: [] })).toEqual(['9', '100', '10']);
  });
  it('are sorted as their source sorts them where their text would not be', () => {
    const sorted = (...values: string[]) =>
      clientWindow(
        values.map((v) => ({ v })),
        { sort: [{ column: 'v', direction: 'asc' }], filters: [] },
        [],
      ).map(({ v }) => v);
    for (const inOrder of [
      ['-838:59:59', '-00:00:01', '09:41:00.25', '09:41:00.5', '838:59:59'],
      ['2026-11-22T09:41:00', '2026-11-22T09:41:00.25', '2026-11-22T09:41:00.5'],
      [
        '2026-11-22T09:41:00.1231+00:00',
        '2026-11-22T09:41:00.12325+00:00',
        '2026-11-22T09:41:00.12326+00:00',
      ],
      ['-Infinity', '-5', '12345678901234567890', 'Infinity', 'NaN'],
      ['-infinity', '2026-11-22', 'infinity'],
    ])
      expect(sorted(...inOrder.toReversed())).toEqual(inOrder);
  });
  it('are found without case, in Greek by the beginning of a word as well', () => {
    const names = ['ΚΩΣΤΑΣ', 'Κωστας', 'κως'].map((name) => ({ name }));
    const found = (look: Partial<Parameters<typeof clientWindow>[1]>) =>
      clientWindow(names, { sort: [], filters: [], ...look }, []).length;
    expect([found({ search: 'ΚΩΣ' }), found({ search: 'κωστας' })]).toEqual([3, 2]);
    expect(
      (['contains', 'startsWith'] as const).map((operator) =>
        found({ filters: [{ column: 'name', operator, value: 'ΚΩΣ' }] }),
      ),
    ).toEqual([3, 3]);
  });
  it('of text are no numbers: a code with a nought before it is another one', () => {
    const codes = [{ code: '007' }, { code: '7' }, { code: '1e3' }, { code: 'Ab' }];
    const found = (operator: 'eq' | 'ne' | 'in', value: string | string[]) =>
      clientWindow(codes, { sort: [], filters: [{ column: 'code', operator, value }] }, [
        one('text', undefined, 'code'),
      ]).map(({ code }) => code);
    expect(found('eq', '7')).toEqual(['7']);
    expect(found('ne', '1000')).toHaveLength(4);
    expect(found('in', ['007', 'Ab'])).toEqual(['007', 'Ab']);
  });
  it('are filtered and searched', () => {
    expect(ids({ sort: [], filters: [{ column: 'n', operator: 'gt', value: '2.5' }] })).toEqual(['100']);
    expect(ids({ sort: [], filters: [{ column: 'n', operator: 'isNull' }] })).toEqual(['10']);
    expect(ids({ sort: [], filters: [{ column: 'id', operator: 'in', value: ['9', '100'] }] })).toEqual([
      '9',
      '100',
    ]);
    expect(ids({ sort: [], filters: [], search: 'AACH' })).toEqual(['100']);
    const found = (column: string, operator: WindowOperator, value?: string) =>
      ids({ sort: [], filters: [{ column, operator, ...(value === undefined ? {} : { value }) }] });
    // What is empty is less, more and other than nothing.
    expect([found('n', 'isNotNull'), found('n', 'lt', '99'), found('n', 'ne', '10')]).toEqual([
      ['9', '100'],
      ['9', '100'],
      ['9'],
    ]);
    expect([found('city', 'contains', 'ER'), found('city', 'startsWith', 'AA')]).toEqual([['9'], ['100']]);
    // As a source says it: letter by letter, and a number by its size.
    expect(ids({ sort: [], filters: [{ column: 'city', operator: 'eq', value: 'Aachen' }] })).toEqual([]);
    expect(ids({ sort: [], filters: [{ column: 'city', operator: 'ne', value: 'bern' }] })).toHaveLength(3);
    expect(ids({ sort: [], filters: [{ column: 'n', operator: 'eq', value: '2.5' }] })).toEqual(['9']);
  });
  it('R10 compare their times by when they are, whatever offset each is written with', () => {
    const times = [{ at: '2026-11-22T23:30:00+00:00' }, { at: '2026-11-23T00:30:00+00:00' }];
    const after = (value: string) =>
      clientWindow(times, { sort: [], filters: [{ column: 'at', operator: 'gte', value }] }, []).length;
    expect(after('2026-11-22T18:30:00-05:00')).toBe(2);
    expect(after('2026-11-23T01:00:00+01:00')).toBe(1);
    expect(after('2026-11-23T00:00:00Z')).toBe(1);
  });
});

it('R6 a key is one column or several', () => {
  expect(keyColumns('a, b', ['id'])).toEqual(['a', 'b']);
  expect(keyColumns('', ['id'])).toEqual(['id']);
  expect(rowKey({ id: 7 }, ['id'])).toBe(7);
  expect(rowKey({ a: 1, b: 'x' }, ['a', 'b'])).toBe('[1,"x"]');
  expect(rowKey({ a: 1 }, [])).toBe(null);
  // As text, every object is the same.
  const bytes = { base64: 'AZk=', bytes: 2 };
  expect([rowKey({ id: bytes }, ['id']), rowKey({ id: null }, ['id'])]).toEqual([
    JSON.stringify(bytes),
    null,
  ]);
});

it('R7 a text that is turned around is not shown as another, and is copied as it is', () => {
  const name = one('text');
  expect(formatCell('invoice\u202efdp.exe', name).text).toBe('invoice⟨U+202E⟩fdp.exe');
  expect(formatCell('a\u202db', name).text).toBe('a⟨U+202D⟩b');
  expect(formatCell('שלום \u200f(1)', name).text).toBe('שלום \u200f(1)');
});

it('what a browser kept of the columns is read as far as it can be', () => {
  const kept = { widths: { id: 90 }, hidden: ['note'], shown: [] };
  expect(readSettings(JSON.stringify(kept))).toEqual(kept);
  for (const text of [null, 'null', '[]', '7', '{"hidden":null,"shown":{},"widths":[]}', '{"hidden":'])
    expect(readSettings(text), String(text)).toEqual(AS_THE_APP);
  expect(readSettings('{"widths":{"id":"90","at":60},"hidden":["note",7]}')).toEqual({
    widths: { at: 60 },
    hidden: ['note'],
    shown: [],
  });
});

it('R7 a text that no page can show is shown as far as one can, with how long it is', () => {
  const whole = 'W'.repeat(20_000);
  expect(seenText(whole)).toBe(whole);
  expect(seenText(`${whole}x`)).toBe(`${whole}… (${figure(20_000)} of ${figure(20_001)} characters)`);
  // Not with half of an emoji at its end.
  expect(seenText(`${'W'.repeat(19_999)}🙂`)).toMatch(/^W{19999}… /);
});

it('no value and an empty text are told apart', () => {
  const cell = (value: unknown) =>
    renderToStaticMarkup(createElement(TableCell, { value, column: one('text', undefined, 'city') }));
  expect(cell(null)).toContain('—');
  expect(cell('')).toContain('“”');
});

it('filters say what they do, and refuse what their type cannot be', () => {
  const columns = [one('date', undefined, 'due')];
  expect(filterText({ column: 'due', operator: 'lt', value: '2026-01-01' }, columns)).toBe(
    'Due is before 1 Jan 2026',
  );
  expect(filterText({ column: 'due', operator: 'isNull' }, columns)).toBe('Due has no value');
  const at = [one('timestamp', undefined, 'at')];
  expect(filterText({ column: 'at', operator: 'gt', value: '2026-11-25T10:00:00' }, at)).toBe(
    'At is after 25 Nov 2026, 10:00',
  );
  expect(filterText({ column: 'due', operator: 'eq', value: ' a ' }, [])).toBe('due is “ a ”');
  expect(filterText({ column: 'due', operator: 'eq', value: '' }, [])).toBe('due is empty text');
  const paid = [one('boolean', undefined, 'paid')];
  const said = [true, false].map((value) => filterText({ column: 'paid', operator: 'eq', value }, paid));
  expect(said).toEqual(['Paid is Yes', 'Paid is No']);
  expect(filterText({ column: 'at', operator: 'eq', value: '0000-00-00T00:00:00' }, at)).toBe(
    'At is 0000-00-00T00:00:00',
  );
  expect(filterProblem('text', 'contains', ' ')).toBe(null);
  expect(filterProblem('text', 'contains', '')).not.toBe(null);
  expect(filterProblem('integer', 'eq', ' ')).not.toBe(null);
  expect(filterProblem('integer', 'eq', '1.5')).not.toBe(null);
  expect(filterProblem('uuid', 'eq', '1')).not.toBe(null);
  expect(filterProblem('decimal', 'in', '1, 2.5')).toBe(null);
  expect(filterProblem('decimal', 'gt', 'NaN')).toBe(null);
  expect(filterProblem('decimal', 'gt', '1.234,5')).toBe(null);
  expect(filterProblem('integer', 'lt', '18446744073709551615')).toBe(null);
  expect(filterProblem('integer', 'lt', '99999999999999999999999')).not.toBe(null);
});

it('filters take numbers and identifiers as people write them, and send them as the server takes them', () => {
  const sent = (type: ResultColumn['type'], text: string) => filterValue(one(type), 'eq', text);
  expect(['+5', ' 007 ', '-0'].map((text) => sent('integer', text))).toEqual(['5', '7', '0']);
  expect(['.5', '-.5', '+1.50', '1000.', '1.e3'].map((text) => sent('decimal', text))).toEqual([
    '0.5',
    '-0.5',
    '1.50',
    '1000',
    '1e3',
  ]);
  expect(sent('uuid', '0199C0DE00004000800000000000000A')).toBe('0199C0DE-0000-4000-8000-00000000000A');
  expect([sent('text', ' lead'), sent('text', 'trail ')]).toEqual([' lead', 'trail ']);
  expect([sent('boolean', 'true'), sent('boolean', 'false')]).toEqual([true, false]);
  expect(['text', 'uuid'].map((type) => filterValue(one(type as 'text'), 'in', 'a, b'))).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ]);
  expect(filterValue(one('integer'), 'in', '+1, 02')).toEqual(['1', '2']);
  expect([sent('decimal', ' 12,5 '), sent('decimal', '1 234,5'), sent('integer', '1,234')]).toEqual([
    '12.5',
    '1234.5',
    '1234',
  ]);
});

it('filters take figures as their cells show them, and part a list of them by what is in none', () => {
  const [en, de] = [numberWriting('en'), numberWriting('de')];
  const values = (type: ResultColumn['type'], text: string, writing = en) =>
    typedValues(one(type), 'in', text, writing);
  expect(typedValues(one('decimal'), 'gt', '2.176', de)).toEqual(['2176']);
  expect(typedValues(one('integer'), 'gt', '2.176', de)).toEqual(['2176']);
  expect([values('integer', '1,2,3'), values('decimal', '1,234; 2.5'), values('decimal', '1, 2')]).toEqual([
    ['1', '2', '3'],
    ['1234', '2.5'],
    ['1', '2'],
  ]);
  expect([values('integer', '100,200'), values('decimal', '1,5; 2.176', de)]).toEqual([
    null,
    ['1.5', '2176'],
  ]);
  expect(filterProblem('integer', 'in', '100,200', 'number', en)).toContain('semicolons');
  expect(['1,2', '१,२', '١,٢', '１，２'].map((text) => values('decimal', text))).toEqual(Array(4).fill(null));
  expect(values('decimal', '１，２３４；２．５')).toEqual(['1234', '2.5']);
  expect(filterProblem('decimal', 'gt', '2.176', 'number', numberWriting('fr'))).toBe(
    'Write 2176, or 2,176.',
  );
  const share = one('decimal', 'percent');
  expect([typedValues(share, 'gt', '2,5 %', de), typedValues(share, 'gt', '１２．５％', en)]).toEqual([
    ['0.025'],
    ['0.125'],
  ]);
  expect(filterProblem('decimal', 'gt', '１２．５％', 'percent', en)).toBe(null);
  expect(filterProblem('decimal', 'gt', '25', 'percent', en)).toContain('25 %');
  const price = one('decimal', 'currency');
  expect(filterText({ column: 'amount', operator: 'gt', value: '2176.5' }, [price])).toBe(
    `Amount is more than ${formatNumber('2176.5', 'currency')}`,
  );
});

it('R10 a filter of a time without a zone has none either', () => {
  const clocks = ['datetime(6)', 'timestamp without time zone'].map(
    (engineType) => columnModel([], [{ ...column('at', 'timestamp'), engineType }], [], [])[0]!,
  );
  for (const clock of clocks)
    expect(filterValue(clock, 'eq', '2026-11-25T09:41')).toBe('2026-11-25T09:41:00');
  const guessed = columnModel([], null, [{ at: '2026-11-25T09:41:00' }], [])[0]!;
  expect(filterValue(guessed, 'eq', '2026-11-25T09:41')).toBe('2026-11-25T09:41:00');
  expect(filterValue(one('timestamp'), 'eq', '2026-11-25T09:41')).toMatch(/T09:41:00[+-]\d\d:\d\d$/);
});

it('a filter of a time means its minute, as the cells say it', () => {
  const engineType = 'timestamp without time zone';
  const clock = columnModel([], [{ ...column('at', 'timestamp'), engineType }], [], [])[0]!;
  const rows = ['09:40:59.9', '09:41:00', '09:41:30.123456', '09:41:59.9999', '09:42:00'].map((time) => ({
    at: `2026-11-25T${time}`,
  }));
  const found = (operator: 'eq' | 'lt' | 'lte' | 'gt' | 'gte', zone: string) => {
    const at = zone === '' ? clock : one('timestamp', undefined, 'at');
    const filters = filtersOf(at, operator, zone === '' ? '2026-11-25T09:41' : zone);
    const all = zone === '' ? rows : rows.map((row) => ({ at: `${row.at}+00:00` }));
    return clientWindow(all, { sort: [], filters: [...filters] }, [at]).length;
  };
  // What this person's clock says at 09:41 in UTC.
  const here = new Date('2026-11-25T09:41:00Z');
  const local = new Date(here.getTime() - here.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  for (const zone of ['', local]) {
    expect(['eq', 'lt', 'lte', 'gt', 'gte'].map((one) => found(one as 'eq', zone))).toEqual([3, 1, 4, 1, 4]);
  }
  expect(filtersOf(clock, 'isNull', '')).toEqual([{ column: 'at', operator: 'isNull' }]);
  const [, until] = filtersOf(clock, 'eq', '2026-11-25T09:41');
  expect(filterText(until!, [clock])).toBe('At is until 25 Nov 2026, 09:41');
});

it('R10 a time that a column shows as a date is of the day that it is here', () => {
  const zone = process.env.TZ;
  process.env.TZ = 'Europe/Berlin';
  try {
    const [day] = columnModel([{ name: 'at', format: 'date' }], [column('at', 'timestamp')], [], []);
    const { text, title } = formatCell('2020-11-26T23:30:00+00:00', day!);
    expect(text).toBe('27 Nov 2020');
    expect(title).toContain('26 Nov 2020, 23:30:00.000 UTC');
    expect(formatCell('2020-11-26T23:30:00', day!).text).toBe('26 Nov 2020');
  } finally {
    process.env.TZ = zone;
    if (zone === undefined) delete process.env.TZ;
  }
});

it('R10 a time without a zone may be one that the clocks here leave out', () => {
  const zone = process.env.TZ;
  process.env.TZ = 'Europe/Berlin';
  try {
    const engineType = 'timestamp without time zone';
    const clock = columnModel([], [{ ...column('at', 'timestamp'), engineType }], [], [])[0]!;
    const value = filterValue(clock, 'eq', '2026-03-29T02:30');
    expect(value).toBe('2026-03-29T02:30:00');
    expect(filterText({ column: 'at', operator: 'eq', value }, [clock])).toBe('At is 29 Mar 2026, 02:30');
  } finally {
    process.env.TZ = zone;
    if (zone === undefined) delete process.env.TZ;
  }
});

it('R10 a time that the clocks here say twice is looked for until its second, and the filter says which is which', () => {
  const zone = process.env.TZ;
  process.env.TZ = 'Europe/Berlin';
  try {
    const at = one('timestamp', undefined, 'at');
    const rows = [
      '2026-10-25T00:29:59Z',
      '2026-10-25T00:30:10Z',
      '2026-10-25T01:30:10Z',
      '2026-10-25T01:31:00Z',
    ];
    const found = (operator: 'eq' | 'lt' | 'lte' | 'gt' | 'gte') => {
      const filters = filtersOf(at, operator, '2026-10-25T02:30');
      const { length } = clientWindow(
        rows.map((instant) => ({ at: instant })),
        { sort: [], filters: [...filters] },
        [at],
      );
      // The formatter of the words was made in the zone of the tests.
      const words = filters.map((filter) => filterText(filter, [at]).replace(/, \d\d:\d\d/, ''));
      return [length, ...words];
    };
    const first = '25 Oct 2026 CEST';
    const second = '25 Oct 2026 CET';
    expect(found('eq')).toEqual([2, `At is from ${first}`, `At is until ${second}`]);
    expect(found('gte')).toEqual([3, `At is from ${first}`]);
    expect(found('lt')).toEqual([1, `At is before ${first}`]);
    expect(found('lte')).toEqual([3, `At is until ${second}`]);
    expect(found('gt')).toEqual([1, `At is after ${second}`]);
    const once = filtersOf(at, 'gte', '2026-10-25T03:30');
    expect(filterText(once[0]!, [at])).not.toContain('CET');
  } finally {
    process.env.TZ = zone;
    if (zone === undefined) delete process.env.TZ;
  }
});

it('the keyboard stays in the table', () => {
  const size = { rows: 3, cols: 2, page: 10 };
  expect(moveSpot({ row: 0, col: 0 }, 'ArrowUp', false, size)).toEqual({ row: -1, col: 0 });
  expect(moveSpot({ row: 2, col: 1 }, 'ArrowDown', false, size)).toEqual({ row: 2, col: 1 });
  expect(moveSpot({ row: 1, col: 1 }, 'Home', true, size)).toEqual({ row: 0, col: 0 });
  expect(moveSpot({ row: 1, col: 0 }, 'PageDown', false, size)).toEqual({ row: 2, col: 0 });
  expect(moveSpot({ row: 1, col: 0 }, 'x', false, size)).toBe(null);
});

it('R6 a row without a key is found again by its values, rather at its place', () => {
  const rows = [{ a: 1 }, { a: 2, in: [1] }, { a: 2, in: [1] }];
  expect(sameRow(rows, { a: 2, in: [1] }, 2)).toBe(rows[2]);
  expect(sameRow(rows, { a: 2, in: [1] }, 0)).toBe(rows[1]);
  expect(sameRow(rows, { a: 1 }, 7)).toBe(rows[0]);
  expect(sameRow(rows, { a: 2, in: [2] }, 1)).toBeUndefined();
});

it('R6 a row with a key is gone where all rows, or fewer of the same page, are here without it', () => {
  const shown = { limit: 50, offset: 0, sort: [], filters: [], total: true };
  const page = { ...NO_QUERY, data: [], shown, total: 9, answers: '{}' };
  const paged = { windowed: true, narrowed: false, listed: true };
  const was = { state: { ...page, total: 10 }, here: true };
  expect(isGone(page, was, paged)).toBe(true);
  expect(isGone(page, { ...was, here: false }, paged)).toBe(false);
  expect(isGone({ ...page, total: 10 }, was, paged)).toBe(false);
  expect(isGone({ ...page, total: null }, was, paged)).toBe(false);
  expect(isGone({ ...page, shown: { ...shown, offset: 50 } }, was, paged)).toBe(false);
  expect(isGone(page, was, { ...paged, narrowed: true })).toBe(false);
  expect(isGone({ ...page, total: 10, answers: '{"of":2}' }, was, paged)).toBe(true);
  expect(isGone(page, undefined, paged)).toBe(false);

  const whole = { windowed: false, narrowed: true, listed: true };
  expect(isGone(page, undefined, whole)).toBe(true);
  expect(isGone({ ...page, truncated: { by: 'rows', cap: 1 } }, was, whole)).toBe(false);
  expect(isGone(NO_QUERY, undefined, { ...whole, listed: false })).toBe(false);
});
