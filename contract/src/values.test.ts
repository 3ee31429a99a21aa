import { expect, it } from 'vitest';
import { Group, Name, Password } from './values.ts';

it('a name shows all that it holds', () => {
  for (const name of [
    'Olga',
    'Zoë 🚪',
    '運航',
    'O’Neill & Søn <b>',
    'می‌خواهم',
    '👩‍🚀',
    '🏳️‍🌈',
    '1️⃣',
    '‼️',
    'ශ්‍රී',
    '葛\u{e0100}',
  ])
    expect(Name.safeParse(name).success, name).toBe(true);
  for (const name of [
    'a\u202eb',
    'a\u0007b',
    'a\nb',
    'Olga\u200b',
    'x\u2066y',
    'a\ufeffb',
    'Ol\u00adga',
    '\u3164',
    '\u2800',
    'a\u2028b',
    'a\u2029b',
    'a\u034fb',
    '\u115f',
    '\uffa0',
    'Olga\u200d',
    'Ol\u200cga',
    'Olga\ufe0f',
    'Ольга\u200d',
    '\u200d',
    'a \u200db',
    'a\u{e0041}',
    '\ue000',
  ])
    expect(Name.safeParse(name).success, JSON.stringify(name)).toBe(false);
});

it('a name, a group and a password have one spelling, and a group shows all that it holds', () => {
  for (const schema of [Name, Group, Password]) expect(schema.parse('Cafe\u0301')).toBe('Caf\u00e9');
  for (const group of ['ops\u200b', 'o\u202eps', 'ops\u00ad'])
    expect(Group.safeParse(group).success, JSON.stringify(group)).toBe(false);
});
