import { expect, test } from 'vitest';
import { freeSlug, slugOf } from './slug-of.ts';
import { Slug } from './values.ts';

test.each([
  ['Support desk (EU)', 'support-desk-eu'],
  ['Über', 'uber'],
  ['Straße', 'strasse'],
  ['Smørrebrød', 'smorrebrod'],
  ['Łódź', 'lodz'],
  ['IŞIK ılık İyi', 'isik-ilik-iyi'],
  ['Æther & Œuvre', 'aether-oeuvre'],
  ['Sales 📊', 'sales'],
  ['日本語', 'page'],
  ['🚀', 'page'],
  ['!?', 'page'],
  ['__proto__', 'proto'],
  [`${'x'.repeat(43)} y`, 'x'.repeat(43)],
])('%s has the address %s', (name, slug) => {
  expect(slugOf(name, 'page')).toBe(slug);
  expect(Slug.safeParse(slug).success).toBe(true);
});

test('names that are written the same have addresses of their own', () => {
  const taken = new Set<string>();
  for (const name of ['Über', 'Uber', '日本語', '🚀', 'ÜBER'])
    taken.add(freeSlug(slugOf(name, 'page'), taken));
  expect([...taken]).toEqual(['uber', 'uber-2', 'page', 'page-2', 'uber-3']);
});
