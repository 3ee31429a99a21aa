import { expect, it } from 'vitest';
import type { SlotChange } from '../sandbox/messages.ts';
import type { Sandbox } from '../sandbox/open-sandbox.ts';
import { createSlots } from './slots.ts';

function watched() {
  const sent: SlotChange[] = [];
  const slots = createSlots({ set: (changes) => void sent.push(...changes) } as Partial<Sandbox> as Sandbox);
  return { slots, told: () => sent.splice(0).map(([root, property]) => `${root}.${property}`) };
}

it('what no expression reads is not copied to where they are evaluated, until one does or is asked', () => {
  const { slots, told } = watched();
  slots.use(new Set(['read.data', 'whole']));
  for (const root of ['read', 'whole', 'unread', 'later']) slots.set(root, 'data', [root]);
  slots.flush();
  expect(told()).toEqual(['read.data', 'whole.data']);
  slots.flush(['{{ unread.data.length }}']);
  expect(told()).toEqual(['unread.data']);
  slots.use(new Set(['read.data', 'later.data']));
  expect(told()).toEqual(['later.data']);
});

it('of what nobody read meanwhile the newest value is sent, and of what is the same nothing', () => {
  const sent: SlotChange[] = [];
  const slots = createSlots({ set: (changes) => void sent.push(...changes) } as Partial<Sandbox> as Sandbox);
  slots.use(new Set());
  slots.set('t', 'rows', 1);
  slots.flush();
  slots.set('t', 'rows', 2);
  slots.use(new Set(['t.rows']));
  slots.set('t', 'rows', 2);
  slots.flush();
  expect(sent).toEqual([['t', 'rows', 2]]);
  expect(slots.read(['t', 'rows'])).toBe(2);
});
