import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../src/kernel/canonical-json.ts';
import { plainlyCanonical } from './plainly-canonical.ts';

const names = fc.oneof(
  fc.constantFrom('', 'a', 'ab', 'b', '10', '9', 'é', 'Z', '__proto__', 'toJSON'),
  fc.string(),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.jsonValue({ maxDepth: 0 }), tie('list'), tie('members')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  members: fc.dictionary(names, tie('value'), { maxKeys: 5 }),
}));

/** The same, its members put in sorted: what the quick way is for. */
function sorted(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(sorted);
  if (typeof given !== 'object' || given === null) return given;
  const into = {};
  for (const name of Object.keys(given).sort())
    Object.defineProperty(into, name, {
      value: sorted((given as Record<string, unknown>)[name]),
      enumerable: true,
    });
  return into;
}

describe('canonical JSON', () => {
  it('sorts every member at every depth, whatever the order in which they were put in', () => {
    fc.assert(
      fc.property(value, (given) => {
        const expected = plainlyCanonical(given);
        expect(canonicalJson(given)).toBe(expected);
        expect(canonicalJson(sorted(given))).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['an empty name after another', { a: 1, '': 2 }, '{"":2,"a":1}'],
    ['names that are numbers', { '9': 1, '10': 2 }, '{"10":2,"9":1}'],
    ['names with a common beginning', { ab: 1, a: 2 }, '{"a":2,"ab":1}'],
    ['UTF-16 units, not code points', { '\u{1f600}': 1, '\ufb33': 2 }, '{"\u{1f600}":1,"\ufb33":2}'],
    ['a member that is undefined', { b: undefined, a: 1 }, '{"a":1}'],
    ['minus zero', [-0], '[0]'],
  ])('%s', (_, given, text) => expect(canonicalJson(given)).toBe(text));

  it.each([[Number.NaN], [{ a: [Number.POSITIVE_INFINITY] }], [{ a: 1n }], [() => 1]])(
    'refuses what JSON does not have: %s',
    (given) => expect(() => canonicalJson(given)).toThrow(TypeError),
  );

  it('calls nothing that a value brings along', () => {
    const own = { a: 1, toJSON: 'text' };
    expect(canonicalJson(own)).toBe('{"a":1,"toJSON":"text"}');
    expect(() => canonicalJson({ a: { toJSON: () => 'x' } })).toThrow(TypeError);
  });
});
