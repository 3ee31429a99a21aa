import { expect, test } from 'vitest';
import { contradictions, type Found } from './contradictions.ts';
import type { Acknowledged } from './people.ts';

const leaf = (event: string, run: string, app = 'none') => ({
  event,
  outcome: 'allowed',
  target: { kind: 'app', id: app },
  data: { run },
});
const told: Acknowledged = {
  writes: new Set(['w1']),
  reads: new Set(['r1']),
  apps: new Map([['a1', 'App 1']]),
  asked: new Set(['App 1', 'App 2']),
  faults: new Set(),
};
const sound: Found = {
  // w2 was written and never answered: allowed, since its intent is on the record.
  written: ['w1', 'w2'],
  apps: [
    { id: 'a1', name: 'App 1' },
    { id: 'a2', name: 'App 2' },
  ],
  leaves: [
    leaf('gateway.begun', 'w1'),
    leaf('gateway.ran', 'w1'),
    leaf('gateway.begun', 'w2'),
    leaf('gateway.ran', 'r1'),
    leaf('apps.created', '', 'a1'),
    leaf('apps.created', '', 'a2'),
  ],
};
const without = (event: string, what: string): Found => ({
  ...sound,
  leaves: sound.leaves.filter(
    (one) => !(one.event === event && [one.data.run, one.target?.id].includes(what)),
  ),
});

test('a sound end has no contradiction', () => {
  expect(contradictions(told, sound)).toEqual([]);
});

test.each<[string, Found, RegExp]>([
  [
    'an acknowledged write is lost',
    { ...sound, written: ['w2'] },
    /^1 acknowledged writes are not in the database, such as w1$/,
  ],
  ['an acknowledged write has no outcome', without('gateway.ran', 'w1'), /writes have no outcome/],
  ['a row has no intent', without('gateway.begun', 'w2'), /without an intent on the record, such as w2/],
  ['a whole answer is unrecorded', without('gateway.ran', 'r1'), /answers that were whole have no outcome/],
  ['an acknowledged app is gone', { ...sound, apps: sound.apps.slice(1) }, /acknowledged apps are gone/],
  ['an app is unrecorded', without('apps.created', 'a2'), /apps exist without a record, such as a2/],
  [
    'a record of nothing',
    { ...sound, leaves: [...sound.leaves, leaf('apps.created', '', 'a3')] },
    /tell of apps that do not exist/,
  ],
  ['one key made two', { ...sound, apps: [...sound.apps, { id: 'a3', name: 'App 2' }] }, /made twice/],
])('found: %s', (_name, found, sentence) => {
  expect(contradictions(told, found).join('\n')).toMatch(sentence);
});
