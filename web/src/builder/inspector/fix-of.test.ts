import { expect, it } from 'vitest';
import { checkNames } from '../../runtime/sandbox/check-names.ts';
import { fixOf } from './fix-of.ts';

it('offers the name that was meant, whether a thing or what it has is misspelt', () => {
  const roots = { tickets: ['data', 'error'] };
  const offered = (root: string, property: string, text: string) =>
    fixOf(checkNames([{ root, property }], roots) ?? '', text);
  expect(offered('tickts', 'data', '{{ tickts.data }}')).toEqual({
    name: 'tickets',
    text: '{{ tickets.data }}',
  });
  expect(offered('tickets', 'dat', '{{ tickets.dat }}')).toEqual({
    name: 'data',
    text: '{{ tickets.data }}',
  });
  expect(offered('nothing', 'like', '{{ nothing.like }}')).toBeUndefined();
});
