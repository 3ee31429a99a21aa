import { expect, it } from 'vitest';
import { renameChoice } from './rename-choice.ts';

it('a choice is renamed in its place, and never over another, which typing a longer name passes', () => {
  const choices = { order: ['name', 'born'], choice1: ['asc', 'desc'] };
  expect(Object.entries(renameChoice(choices, 'order', 'by'))).toEqual([
    ['by', ['name', 'born']],
    ['choice1', ['asc', 'desc']],
  ]);
  expect(renameChoice(choices, 'choice1', 'order')).toEqual(choices);
});
