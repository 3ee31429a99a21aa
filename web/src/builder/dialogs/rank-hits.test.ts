import { expect, test } from 'vitest';
import { rankHits } from './rank-hits.ts';

test('what is called so comes before what only stands on a page that is', () => {
  const hits = [
    { name: 'Flights', note: 'Page' },
    { name: 'late', note: 'Statistic on Flights' },
    { name: 'list_flights', note: 'Query' },
    { name: 'flight_form', note: 'Form on Flights' },
    { name: 'films', note: 'Query' },
  ];
  const names = (typed: string) => rankHits(hits, typed).map((hit) => hit.name);
  expect(names('fl')).toEqual(['Flights', 'flight_form', 'list_flights', 'late']);
  expect(names('form fl')).toEqual(['flight_form']);
  expect(names('')).toHaveLength(5);
});
