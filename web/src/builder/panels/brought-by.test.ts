import { expect, it } from 'vitest';
import { broughtBy } from './brought-by.ts';

it('says of a write what it changed, and not that it brought no rows', () => {
  expect(broughtBy({ data: [], changed: 1 })).toBe('1 changed');
  expect(broughtBy({ data: [{ id: 7 }], changed: 1 })).toBe('1 changed');
  expect(broughtBy({ data: [], changed: 0 })).toBe('0 changed');
  expect(broughtBy({ data: [{ id: 7 }], changed: null })).toBe('1 row');
  expect(broughtBy({ data: [], changed: null })).toBe('0 rows');
  expect(broughtBy({ data: null, changed: null })).toBeUndefined();
});
