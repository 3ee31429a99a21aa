import { expect, test } from 'vitest';
import { labelOf } from './label-of.ts';

test.each([
  ['order_lines', 'Order lines'],
  ['worldwide_gross_usd', 'Worldwide gross USD'],
  ['customerId', 'Customer ID'],
  ['imdb_rating', 'IMDb rating'],
  ['valid', 'Valid'],
  ['übung', 'Übung'],
  ['_', '_'],
])('%s is called %s', (name, label) => expect(labelOf(name)).toBe(label));
