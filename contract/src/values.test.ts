import { expect, it } from 'vitest';
import { Name } from './values.ts';

it('a name shows all that it holds', () => {
  for (const name of ['Olga', 'Zoë 🚪', '運航', 'O’Neill & Søn <b>', 'می‌خواهم', '👩‍🚀'])
    expect(Name.safeParse(name).success, name).toBe(true);
  for (const name of ['a\u202eb', 'a\u0007b', 'a\nb', 'Olga\u200b', 'x\u2066y', 'a\ufeffb'])
    expect(Name.safeParse(name).success, JSON.stringify(name)).toBe(false);
});
