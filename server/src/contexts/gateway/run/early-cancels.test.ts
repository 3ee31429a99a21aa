import { expect, it } from 'vitest';
import { newId, type OrganizationId, type PersonId, type RunId } from '../../../kernel/ids.ts';
import { createEarlyCancels } from './early-cancels.ts';

const organization = newId<OrganizationId>();
const [ada, ben] = [newId<PersonId>(), newId<PersonId>()];

it('G5 a cancel that came first holds for a minute, for its own person', () => {
  let now = 1_000;
  const early = createEarlyCancels(() => now);
  const run = newId<RunId>();
  early.remember(run, organization, ada);
  now += 59_999;
  expect(early.includes(run, organization, ada)).toBe(true);
  expect(early.includes(run, organization, ben)).toBe(false);
  expect(early.includes(run, newId<OrganizationId>(), ada)).toBe(false);
  now += 1;
  expect(early.includes(run, organization, ada)).toBe(false);
});

it('G5 however many one person cancels, another’s are kept', () => {
  const early = createEarlyCancels(() => 0);
  const run = newId<RunId>();
  early.remember(run, organization, ada);
  const many = Array.from({ length: 101 }, () => newId<RunId>());
  for (const id of many) early.remember(id, organization, ben);
  expect(early.includes(run, organization, ada)).toBe(true);
  expect(many.map((id) => early.includes(id, organization, ben))).toEqual([
    false,
    ...many.slice(1).map(() => true),
  ]);
});
