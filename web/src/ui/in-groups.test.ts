import { expect, test } from 'vitest';
import { inGroups } from './in-groups.ts';

test('a thousand apps leave room for what else was found, and how many more there are is said', () => {
  const apps = Array.from({ length: 1_000 }, (_, id) => ({ group: 'Apps', id: `app-${id}` }));
  const [first, second] = inGroups([
    { group: 'Pages', id: 'settings' },
    ...apps,
    { group: 'Pages', id: 'people' },
  ]);
  expect(first).toMatchObject({ group: 'Pages', more: 0, from: 0 });
  expect(first?.shown.map(({ id }) => id)).toEqual(['settings', 'people']);
  expect(second).toMatchObject({ group: 'Apps', more: 988, from: 2 });
  expect(second?.shown).toHaveLength(12);
});
