import { expect, it } from 'vitest';
import { personCall } from '../../../test/person-call.ts';
import { newId, type OrganizationId } from '../../kernel/ids.ts';
import { createAccess } from './index.ts';
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
  const waits = (takes: number) => Array.from({ length: takes }, () => taken()).filter((wait) => wait > 0);
  expect(waits(301)).toEqual([6]);
  // However long it was quiet, they are no more; and a clock that is set back makes nobody wait for it.
  now += 20_000_000;
  expect(waits(301)).toEqual([6]);
  now -= 20_000_000;
  expect(waits(1)).toEqual([6]);
});

it('A9 of one person in two organizations each log is told its own', () => {
  const brake = createRefusalBrake({ now: () => 0 });
  const here = personCall(organization);
  const there = { ...here, actor: { ...here.actor, organizationId: newId() as string as OrganizationId } };
  for (const call of [here, there]) for (let i = 0; i < 301; i++) brake.take(call, 'run');
  expect(brake.counted().map(({ call, count }) => [call, count])).toEqual([
    [here, 1],
    [there, 1],
  ]);
});

it('A9 a count that could not be recorded is recorded later', async () => {
  const told: unknown[] = [];
  let away = true;
  const roles = ['owner'] as const;
  const access = createAccess({
    audit: {
      append: async (_organization, _call, { data }) => {
        if (away) throw new Error('the log cannot be written');
        told.push(data?.count);
      },
    },
    actions: { 'app:open': { summary: '', roles }, 'query:run': { summary: '', roles } },
    actorOf: () => Promise.reject(new Error('not asked')),
    appResource: () => Promise.reject(new Error('not asked')),
  });
  const call = personCall(organization);
  expect(Array.from({ length: 301 }, () => access.isOnlyCounted(call, 'run')).at(-1)).toBe(true);
  await access.close();
  away = false;
  await access.close();
  expect(told).toEqual([1]);
});
