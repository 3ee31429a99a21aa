import { expect, test } from 'vitest';
import { rankHits } from './rank-hits.ts';

interface Hit {
  readonly name: string;
  readonly note?: string;
}
const names = (hits: readonly Hit[], typed: string) =>
  rankHits(hits, typed, (hit) => hit).map((hit) => hit.name);

test('what is called so comes before what only stands on a page that is', () => {
  const hits = [
    { name: 'Flights', note: 'Page' },
    { name: 'late', note: 'Statistic on Flights' },
    { name: 'list_flights', note: 'Query' },
    { name: 'flight_form', note: 'Form on Flights' },
    { name: 'films', note: 'Query' },
  ];
  expect(names(hits, 'fl')).toEqual(['Flights', 'flight_form', 'list_flights', 'late']);
  expect(names(hits, 'form fl')).toEqual(['flight_form']);
  expect(names(hits, '')).toHaveLength(5);
});

test('what is called just that comes first, however many begin with it', () => {
  const many = Array.from({ length: 60 }, (_, i) => ({ name: `Orders ${60 - i}` }));
  expect(names([...many, { name: 'orders' }], ' Orders ')[0]).toBe('orders');
  expect(names(many, 'orders 1')[0]).toBe('Orders 1');
});

test('without case, and without the marks of Latin, Greek and Cyrillic letters', () => {
  const hits = ['Öztürk', 'İSTANBUL', 'Diyarbakır', 'Ελλάς', 'कि'].map((name) => ({ name }));
  expect(names(hits, 'ozturk')).toEqual(['Öztürk']);
  expect(names(hits, 'istanbul')).toEqual(['İSTANBUL']);
  expect(names(hits, 'DIYARBAKIR')).toEqual(['Diyarbakır']);
  expect(names(hits, 'ελλας')).toEqual(['Ελλάς']);
  expect(names([{ name: 'ΚΩΣΤΑΣ' }, { name: 'Κώστας' }], 'ΚΩΣ')).toEqual(['ΚΩΣΤΑΣ', 'Κώστας']);
  // These marks are vowels: another one is another word.
  expect(names(hits, 'कु')).toEqual([]);
});
