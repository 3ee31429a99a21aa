import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bindTexts } from './bind-values.ts';
import { parseArray } from './parse-array.ts';

it('reads back whatever list is bound', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constant(null), fc.constant('NULL'))),
      (list) => {
        expect(parseArray(bindTexts([list])[0]!)).toEqual(list);
      },
    ),
  );
});

it('reads nested arrays and bounds, and refuses what has no end', () => {
  expect(parseArray('{{1,2},{NULL,"a,b"}}')).toEqual([
    ['1', '2'],
    [null, 'a,b'],
  ]);
  expect(parseArray('[2:3]={1,2}')).toEqual(['1', '2']);
  for (const text of ['{1', '{"a', '{{1}', '{"\\']) expect(() => parseArray(text)).toThrow(SyntaxError);
});
