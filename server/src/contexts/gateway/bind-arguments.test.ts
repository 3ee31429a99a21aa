import type { BoundArgument } from '@sallyport/connectors/language.ts';
import { rawNumber } from '@sallyport/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personCall } from '../../../test/person-call.ts';
import { newId } from '../../kernel/ids.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { Secret } from '../../kernel/secret.ts';
import { addServerArguments, readUserArguments } from './bind-arguments.ts';
import type { CompiledQuery } from './compiled-query.ts';
import { compareDecimals } from './values/compare-decimals.ts';

const argument = (given: Partial<BoundArgument>): BoundArgument => ({
  name: 'a',
  expression: 'a',
  origin: 'user',
  type: 'text',
  list: false,
  nullable: true,
  source: { from: 'user' },
  engineType: null,
  ...given,
});
const query = (...list: BoundArgument[]) =>
  ({ language: 'rest', arguments: list }) as unknown as CompiledQuery;
const read = (given: Partial<BoundArgument>, value: unknown) =>
  readUserArguments(query(argument(given)), { a: value }).get('a');
const code = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('Q4 arguments are typed, and refused by name before the source is touched', () => {
  it.each<[Partial<BoundArgument>, unknown, unknown]>([
    [{ type: 'integer' }, 5, 5],
    [{ type: 'integer' }, '9007199254740993', '9007199254740993'],
    [{ type: 'integer' }, '12', 12],
    [{ type: 'integer' }, '01067', 1067],
    [{ type: 'decimal' }, '12345678901234567890.123456789', '12345678901234567890.123456789'],
    [{ type: 'decimal' }, 0.1, '0.1'],
    [{ type: 'boolean' }, true, true],
    [{ type: 'date' }, '2024-02-29', '2024-02-29'],
    [{ type: 'timestamp' }, '2026-07-31T18:30:00.123+02:00', '2026-07-31T18:30:00.123+02:00'],
    [
      { type: 'timestamp', min: '2026-01-01', max: '2026-01-02' },
      '2026-01-01T02:00:00+02',
      '2026-01-01T02:00:00+02',
    ],
    [{ type: 'timestamp', min: '2026-01-01' }, '2026-01-01 00:00', '2026-01-01 00:00'],
    [{ type: 'uuid' }, '01a20326-16b3-7fb7-b18a-d19cd1c3dd63', '01a20326-16b3-7fb7-b18a-d19cd1c3dd63'],
    [{ type: 'decimal' }, 1.7e308, '1.7e+308'],
    [{ type: 'json' }, [1e21], '[1e+21]'],
    [{ type: 'json' }, { a: [1] }, '{"a":[1]}'],
    // The six letters, and not the character.
    [{ type: 'json' }, '\\u0000', '"\\\\u0000"'],
    [
      { type: 'json' },
      { a: [0.1, -1e-7, '12345678901234567890'] },
      '{"a":[0.1,-1e-7,"12345678901234567890"]}',
    ],
    [{ type: 'json' }, { a: [rawNumber('9007199254740993')] }, '{"a":[9007199254740993]}'],
    [{ type: 'decimal' }, rawNumber('0.12345678901234567890'), '0.12345678901234567890'],
    [{ type: 'text', list: true }, ['a', 'b'], ['a', 'b']],
    [{ type: 'integer', list: true }, [], []],
    [{ type: 'integer', list: true }, [1, null], [1, null]],
    [{ type: 'text', list: true }, null, null],
    [{ type: 'text' }, null, null],
    [{ type: 'text', maxLength: 3 }, 'abc', 'abc'],
    [{ type: 'integer', min: '-1', max: '1' }, -1, -1],
    [{ type: 'integer' }, '-9223372036854775808', '-9223372036854775808'],
    [{ type: 'decimal', min: '0', max: '10' }, '10.0', '10.0'],
    [{ type: 'decimal', max: '10' }, -3, '-3'],
    [{ type: 'date', max: '2026-12-31' }, '2026-12-31', '2026-12-31'],
    [{ type: 'timestamp' }, '2026-12-31', '2026-12-31'],
    [{ type: 'timestamp' }, '2026-12-31T23:59:59.123456789-1559', '2026-12-31T23:59:59.123456789-1559'],
    [{ type: 'json', maxLength: 5 }, 'abc', '"abc"'],
    [{ choices: ['asc', 'desc'] }, 'desc', 'desc'],
    [{ type: 'text' }, "'; drop table t; --", "'; drop table t; --"],
  ])('%j takes %j', (given, value, bound) => expect(read(given, value)).toEqual(bound));
  it.each<[Partial<BoundArgument>, unknown]>([
    [{ type: 'integer' }, 1.5],
    [{ type: 'integer' }, 2 ** 53],
    [{ type: 'integer' }, '9223372036854775808'],
    [{ type: 'integer' }, '-9223372036854775809'],
    [{ type: 'integer', min: '0', max: '10' }, 11],
    [{ type: 'integer', min: '0', max: '10' }, -1],
    [{ type: 'integer' }, '1e5'],
    [{ type: 'integer' }, ' 1'],
    [{ type: 'integer' }, true],
    [{ type: 'integer' }, [1]],
    [{ type: 'decimal' }, 'NaN'],
    [{ type: 'integer' }, rawNumber('9007199254740993')],
    [{ type: 'text' }, rawNumber('9007199254740993')],
    [{ type: 'decimal' }, '1 or 1=1'],
    [{ type: 'decimal' }, 'x1'],
    [{ type: 'decimal' }, ['1']],
    [{ type: 'decimal', min: '0' }, '-0.0000000000000000001'],
    [{ type: 'decimal', max: '10' }, '10.0000000000000000001'],
    [{ type: 'boolean' }, 'true'],
    [{ type: 'date' }, '2026-02-29'],
    [{ type: 'date' }, '2026-2-9'],
    [{ type: 'date' }, '0000-01-01'],
    [{ type: 'date' }, '2026-00-10'],
    [{ type: 'date' }, '2026-13-01'],
    [{ type: 'date' }, '2026-01-00'],
    [{ type: 'date' }, '2026-01-32'],
    [{ type: 'date' }, "2026-01-01'; --"],
    [{ type: 'date' }, ' 2026-01-01'],
    [{ type: 'date', max: '2026-01-01' }, '2026-01-02'],
    [{ type: 'timestamp' }, '2026-07-31T25:00:00Z'],
    [{ type: 'timestamp' }, '2026-02-29T10:00:00Z'],
    [{ type: 'timestamp' }, '2026-02-29'],
    [{ type: 'timestamp' }, '2026-07-31T23:60:00Z'],
    [{ type: 'timestamp' }, '2026-07-31T23:59:60Z'],
    [{ type: 'timestamp' }, '2026-07-31T23:59:59+16:00'],
    [{ type: 'timestamp' }, '2026-07-31T23:59:59+02:60'],
    [{ type: 'timestamp' }, '2026-07-31T23:59:59Z; --'],
    [{ type: 'timestamp' }, ' 2026-07-31T23:59:59Z'],
    [{ type: 'timestamp' }, 'now'],
    [{ type: 'timestamp', min: '2026-01-01' }, '2025-12-31T23:59:59Z'],
    [{ type: 'timestamp', min: '2026-01-01' }, '1999-01-01T00:00:00+02'],
    [{ type: 'timestamp', min: '2026-01-01' }, '1999-01-01 00:00+0230'],
    [{ type: 'timestamp', max: '2026-01-01' }, '2026-01-01T00:00:00-01'],
    [{ type: 'timestamp', max: 'the end of days' }, '2026-01-01T00:00:00Z'],
    [{ type: 'uuid' }, 'x'],
    [{ type: 'uuid' }, '01a20326-16b3-7fb7-b18a-d19cd1c3dd63 or true'],
    [{ type: 'uuid' }, "'01a20326-16b3-7fb7-b18a-d19cd1c3dd63"],
    [{ type: 'uuid' }, ['01a20326-16b3-7fb7-b18a-d19cd1c3dd63']],
    [{ type: 'text', maxLength: 3 }, 'abcd'],
    [{ type: 'text' }, 'a\0b'],
    [{ type: 'text' }, '\ud800'],
    [{ type: 'text' }, { toString: 'x' }],
    [{ type: 'text', nullable: false }, null],
    [{ type: 'text', list: true }, 'a'],
    [{ type: 'text', list: true, nullable: false }, ['a', null]],
    [{ type: 'text', list: true, nullable: false }, null],
    [{ type: 'json', nullable: false }, null],
    [{ type: 'text', list: true }, ['a', ['b']]],
    [{ type: 'text', list: true, maxItems: 1 }, ['a', 'b']],
    [{ type: 'json' }, '\0'],
    [{ type: 'json' }, { '\\\0': 1 }],
    [{ type: 'json', maxLength: 5 }, 'too long'],
    [{ choices: ['asc', 'desc'] }, 'asc; drop table t'],
    [{ choices: ['asc', 'desc'] }, null],
  ])('%j refuses %j', (given, value) => expect(code(() => read(given, value))).toBe('argument_invalid'));
  it('refuses what is missing or too many, `__proto__` too', () => {
    const one = query(argument({}));
    expect(code(() => readUserArguments(one, {}))).toBe('argument_missing');
    expect(code(() => readUserArguments(one, { a: 1, b: 2 }))).toBe('argument_surplus');
    expect(code(() => readUserArguments(one, JSON.parse('{"a":"x","__proto__":{"b":1}}')))).toBe(
      'argument_surplus',
    );
    expect(code(() => readUserArguments(one, JSON.parse('{"__proto__":{"a":"x"}}')))).toBe(
      'argument_surplus',
    );
    expect(code(() => readUserArguments(query(argument({ name: 'constructor' })), {}))).toBe(
      'argument_missing',
    );
  });
  it('takes back what the engine answers and no calendar and no figure writes, without limits', () => {
    const of = (language: CompiledQuery['language'], given: Partial<BoundArgument>, value: unknown) =>
      readUserArguments({ ...query(argument(given)), language }, { a: value }).get('a');
    expect(of('postgresql', { type: 'date' }, '0044-03-15 BC')).toBe('0044-03-15 BC');
    expect(of('postgresql', { type: 'timestamp' }, '-infinity')).toBe('-infinity');
    expect(of('postgresql', { type: 'decimal' }, 'NaN')).toBe('NaN');
    const long = `${'9'.repeat(1_000)}.${'1'.repeat(1_000)}`;
    expect(of('postgresql', { type: 'decimal', min: '0' }, long)).toBe(long);
    expect(of('mysql', { type: 'date' }, '2023-02-29')).toBe('2023-02-29');
    expect(of('mysql', { type: 'timestamp' }, '0000-00-00T00:00:00+00:00')).toBe('0000-00-00 00:00:00');
    for (const [language, given, value] of [
      ['postgresql', { type: 'decimal', max: '10' }, 'NaN'],
      ['postgresql', { type: 'decimal', min: '0' }, 'NaN'],
      ['postgresql', { type: 'decimal', list: true }, 'NaN'],
      ['postgresql', { type: 'integer' }, 'NaN'],
      ['postgresql', { type: 'date', min: '2026-01-01' }, 'infinity'],
      ['mysql', { type: 'decimal' }, 'NaN'],
      ['mysql', { type: 'date' }, 'infinity'],
      ['mysql', { type: 'date' }, '2024-02-32'],
      ['postgresql', { type: 'date' }, '2023-02-29'],
      ['rest', { type: 'date' }, 'infinity'],
    ] as const)
      expect(code(() => of(language, given, value))).toBe('argument_invalid');
  });
  // Of `ts < 9999-12-31T23:59:59-05:00`, MariaDB was asked with the year 10000, which it reads as none: no row came.
  it('takes no time of MySQL that in UTC is past its years, from whomever it comes', () => {
    const late = '9999-12-31T23:59:59-05:00';
    const of = (language: CompiledQuery['language'], value: unknown, given: Partial<BoundArgument> = {}) =>
      code(() =>
        readUserArguments({ ...query(argument({ type: 'timestamp', ...given })), language }, { a: value }),
      );
    expect(of('mysql', late)).toBe('argument_invalid');
    expect(of('mysql', [late], { list: true })).toBe('argument_invalid');
    expect(of('mysql', late, { min: '2026-01-01' })).toBe('argument_invalid');
    expect(of('mysql', '9999-12-31T23:59:59.999999')).toBe('accepted');
    expect(of('mysql', '9999-12-31T23:59:59+05:00')).toBe('accepted');
    expect(of('postgresql', late)).toBe('accepted');
    const constant = argument({ type: 'timestamp', source: { from: 'constant', name: 'end' } });
    const set = () =>
      addServerArguments(
        { ...query(constant), language: 'mysql' },
        personCall(newId()).actor,
        new Map([['end', late]]),
        new Map(),
      );
    expect(code(set)).toBe('constant_invalid');
  });
  it('asks for none of those that the server sets', () => {
    const source = { from: 'identity', field: 'email' } as const;
    const two = query(argument({}), argument({ name: 'b', origin: 'identity', source }));
    expect([...readUserArguments(two, { a: 'x' })]).toEqual([['a', 'x']]);
  });
  it.each<[Partial<BoundArgument>, string]>([
    [{ min: '0', max: '10' }, 'Must be from 0 to 10.'],
    [{ min: '20' }, 'Must be 20 or more.'],
    [{ max: '10' }, 'Must be 10 or less.'],
  ])('says the limits %j', (limits, message) => {
    for (const type of ['integer', 'decimal'] as const)
      expect(() => read({ type, ...limits }, 11)).toThrow(
        expect.objectContaining({ places: [{ path: 'arguments.a', message }] }),
      );
  });
  it('names every place that does not fit, and repeats no value', () => {
    const two = query(argument({ name: 'a', type: 'integer' }), argument({ name: 'b', type: 'uuid' }));
    try {
      readUserArguments(two, { a: 'hush', b: 'hush' });
      expect.unreachable();
    } catch (error) {
      expect((error as Refusal).places.map((place) => place.path)).toEqual(['arguments.a', 'arguments.b']);
      expect((error as Refusal).row.title + (error as Refusal).detail).toContain('a, b');
      expect(JSON.stringify(error)).not.toContain('hush');
    }
  });
  it('compares decimals exactly', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
        fc.integer({ min: 0, max: 40 }),
        (digits, scale) => {
          const text = digits
            .toString()
            .replace('-', '')
            .padStart(scale + 1, '0');
          const whole = scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
          const one = `${digits < 0n ? '-' : ''}${whole}`;
          expect(compareDecimals(one, `${digits}e-${scale}`)).toBe(0);
          expect(compareDecimals(one, `${digits + 1n}e-${scale}`)).toBe(-1);
        },
      ),
    );
  });
});

describe('Q11 and Q12 what is the server’s is not sent, and is resolved for the person who runs', () => {
  const actor = personCall(newId(), {
    email: 'a@b.example',
    groups: ['ops'],
    attributes: { team: '7' },
  }).actor;
  const resolve = (given: Partial<BoundArgument>, constants = new Map<string, string | Secret>()) => {
    const values = new Map();
    addServerArguments(query(argument({ ...given, origin: 'identity' })), actor, constants, values);
    return values.get('a');
  };
  it.each(['identity', 'constant'] as const)('refuses a sent argument of origin %s', (origin) => {
    const one = query(argument({ origin, source: { from: 'constant', name: 'x' } }));
    expect(code(() => readUserArguments(one, { a: 'forged' }))).toBe('argument_not_yours');
  });
  it('resolves the person, attributes by their type, constants and literals', () => {
    expect(resolve({ source: { from: 'identity', field: 'email' } })).toBe('a@b.example');
    expect(resolve({ source: { from: 'identity', field: 'name' } })).toBe(actor.name);
    expect(resolve({ list: true, source: { from: 'identity', field: 'groups' } })).toEqual(['ops']);
    expect(resolve({ type: 'integer', source: { from: 'attribute', name: 'team' } })).toBe(7);
    expect(
      resolve(
        { type: 'decimal', source: { from: 'constant', name: 'rate' } },
        new Map([['rate', new Secret('1.5')]]),
      ),
    ).toBe('1.5');
    expect(resolve({ type: 'integer', source: { from: 'literal', value: 3 } })).toBe(3);
    expect(resolve({ type: 'boolean', source: { from: 'literal', value: 'true' } })).toBe(true);
    expect(resolve({ source: { from: 'literal', value: 3 } })).toBe('3');
    expect(resolve({ source: { from: 'literal', value: null } })).toBeNull();
  });
  it.each<[Partial<BoundArgument>, string, unknown]>([
    [{ type: 'boolean' }, 'true', true],
    [{ type: 'boolean' }, 'false', false],
    [{ type: 'boolean' }, 'TRUE', 'constant_invalid'],
    [{ type: 'integer', list: true }, '[1, "9007199254740993"]', [1, '9007199254740993']],
    [{ type: 'integer', list: true }, '1, 2', 'constant_invalid'],
    [{ type: 'json' }, '{"id": 9007199254740993}', '{"id":9007199254740993}'],
    [{ type: 'json' }, '{', 'constant_invalid'],
  ])('reads a constant as the type of its place: %j of %s', (given, text, expected) => {
    const constant = () =>
      resolve({ ...given, source: { from: 'constant', name: 'c' } }, new Map([['c', text]]));
    if (expected === 'constant_invalid') expect(code(constant)).toBe(expected);
    else expect(constant()).toEqual(expected);
  });
  it('leaves what the caller sent as it was read', () => {
    const values = new Map([['a', 'sent']]);
    addServerArguments(query(argument({})), actor, new Map(), values);
    expect([...values]).toEqual([['a', 'sent']]);
  });
  it('G8 refuses a missing attribute instead of binding nothing, and a secret that does not fit without quoting it', () => {
    expect(code(() => resolve({ source: { from: 'attribute', name: 'region' } }))).toBe(
      'identity_incomplete',
    );
    expect(code(() => resolve({ source: { from: 'attribute', name: 'constructor' } }))).toBe(
      'identity_incomplete',
    );
    expect(code(() => resolve({ type: 'date', source: { from: 'attribute', name: 'team' } }))).toBe(
      'identity_unfit',
    );
    expect(code(() => resolve({ source: { from: 'constant', name: 'x' } }))).toBe('constant_missing');
    const secret = new Map([['x', new Secret('hush')]]);
    try {
      resolve({ type: 'integer', source: { from: 'constant', name: 'x' } }, secret);
      expect.unreachable();
    } catch (error) {
      expect((error as Refusal).code).toBe('constant_invalid');
      expect(String(error) + JSON.stringify(error)).not.toContain('hush');
      // Neither what is the matter with it: which limit it breaks would tell of it too.
      expect(error).toMatchObject({ detail: undefined, places: [] });
    }
  });
});
