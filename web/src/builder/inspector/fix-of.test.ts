import { expect, it } from 'vitest';
import { checkNames } from '../../runtime/sandbox/check-names.ts';
import { fixOf } from './fix-of.ts';

it('offers the name that was meant, whether a thing or what it has is misspelt', () => {
  const roots = { tickets: ['data', 'error'], search: ['value', 'valid'] };
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
  // What others have by that name, and words of the text, stay.
  expect(offered('search', 'text', 'text {{ title.text + search.text + search?.["text"] }}')).toEqual({
    name: 'value',
    text: 'text {{ title.text + search.value + search?.["value"] }}',
  });
  expect(offered('tickts', 'data', 'tickts: {{ `${tickts.data.length}` + "tickts" }}')).toEqual({
    name: 'tickets',
    text: 'tickts: {{ `${tickets.data.length}` + "tickts" }}',
  });
  expect(offered('nothing', 'like', '{{ nothing.like }}')).toBeUndefined();
});
