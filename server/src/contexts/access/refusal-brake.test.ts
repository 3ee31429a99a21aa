import { expect, it } from 'vitest';
import { personCall } from '../../../test/person-call.ts';
import { newId, type OrganizationId } from '../../kernel/ids.ts';
import { createRefusalBrake } from './refusal-brake.ts';

const organization = newId() as string as OrganizationId;

it('A9 300 refusals of a person at once are recorded, then one in six seconds; the others are counted', () => {
  let now = 0;
  const since = new Date(0).toISOString();
  const brake = createRefusalBrake({ now: () => now });
  const [one, other] = [personCall(organization), personCall(organization)];
  const taken = (call = one, operation = 'run') => brake.take(call, operation);
  expect(Array.from({ length: 300 }, () => taken()).every((wait) => wait === 0)).toBe(true);
  expect([taken(), taken(one, 'listPeople')]).toEqual([6, 6]);
  expect(taken(other)).toBe(0);
  now += 4_000;
  expect(taken()).toBe(2);
  now += 2_000;
  expect([taken(), taken()]).toEqual([0, 6]);
  const [counted, ...rest] = brake.counted();
  expect(rest).toEqual([]);
  expect(counted).toEqual({ call: one, count: 4, since, operations: new Set(['run', 'listPeople']) });
  expect(brake.counted()).toEqual([]);
  // What could not be recorded is not forgotten.
  taken();
  brake.giveBack(counted!);
  expect(brake.counted()).toEqual([
    { call: one, count: 5, since, operations: new Set(['run', 'listPeople']) },
  ]);
  now += 2_000_000;
  expect(brake.counted()).toEqual([]);
  expect(Array.from({ length: 301 }, () => taken()).filter((wait) => wait > 0)).toEqual([6]);
});
