import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainlyCanonical } from '../../../test/plainly-canonical.ts';
import { newId, type OrganizationId, type PersonId, type SessionId } from '../../kernel/ids.ts';
import type { Json } from './json.ts';
import { composeRecord } from './leaf.ts';

const call = {
  actor: {
    kind: 'person' as const,
    personId: newId<PersonId>(),
    organizationId: newId<OrganizationId>(),
    email: 'a@b.example',
    name: 'A',
    role: 'owner' as const,
    groups: [],
    attributes: {},
    sessionId: newId<SessionId>(),
    via: 'session' as const,
  },
  requestId: 'r',
  address: '127.0.0.1',
  device: 'd',
  decided: new Set<string>(),
  recorded: new Map(),
};

const compose = (data: Readonly<Record<string, Json>>) =>
  composeRecord(
    call,
    call.actor.organizationId,
    { event: 'e', data },
    { summary: '', fields: { open: 'public', own: 'personal' } },
    { id: 'the same', now: 0 },
  );

it('A4 what the same person does twice is committed to by other numbers, under keys of 128 random bits', () => {
  const records = [1, 2].map(() => compose({ own: 'a@b.example' }));
  const [one, two] = records.map(({ leaf }) => JSON.parse(leaf).commitments) as [object, object];
  expect(Object.keys(one)).toEqual(['actor', 'data', 'from']);
  const values = [...Object.values(one), ...Object.values(two)];
  expect(new Set(values).size).toBe(values.length);
  for (const { opening } of records)
    for (const [key] of Object.values(JSON.parse(opening ?? '')) as [string][])
      expect(Buffer.from(key, 'base64url')).toHaveLength(16);
});

it('A4 what an event does not declare is personal, and so is who acted from where', () => {
  const { leaf, opening } = compose({ open: 'seen', own: 'hidden', forgotten: 'hidden too' });
  expect(JSON.parse(leaf).data).toEqual({ open: 'seen' });
  expect(leaf).not.toMatch(/hidden|a@b\.example|127\.0\.0\.1/);
  expect(JSON.parse(opening ?? '').data[1]).toEqual({ forgotten: 'hidden too', own: 'hidden' });
});

it.each([
  ['person', null],
  ['invitation', null],
  ['session', null],
  ['app', 'a name'],
])('A4 what a %s is called stands in the leaf as %j', (kind, shown) => {
  const { leaf, opening } = composeRecord(
    call,
    call.actor.organizationId,
    { event: 'e', target: { kind, id: '1', name: 'a name' } },
    { summary: '', fields: {} },
    { id: newId(), now: 0 },
  );
  expect(JSON.parse(leaf).target).toEqual({ kind, id: '1', name: shown });
  expect(JSON.parse(opening ?? '').target?.[1] ?? null).toEqual(shown === null ? { name: 'a name' } : null);
});

it('a record that is too large for the log is a fault, and is not cut', () => {
  expect(() => compose({ open: 'x'.repeat(256 * 1024) })).toThrow('too large for the log');
});

it('U4 a leaf is canonical JSON', () => {
  const names = ['b', 'a', '10', '9', '__proto__', 'é', 'Z'];
  const fields = Object.fromEntries(names.map((name) => [name, 'public' as const]));
  Object.defineProperty(fields, '__proto__', { value: 'public', enumerable: true });
  const data = fc.dictionary(fc.constantFrom(...names), fc.jsonValue() as fc.Arbitrary<Json>);
  fc.assert(
    fc.property(data, fc.boolean(), (given, targeted) => {
      const entry = {
        event: 'e',
        data: given,
        policies: ['z', 'a'],
        ...(targeted ? { target: { kind: 'app', id: '1', name: 'n' } } : {}),
      };
      const { leaf } = composeRecord(
        call,
        call.actor.organizationId,
        entry,
        { summary: '', fields },
        { id: newId(), now: 0 },
      );
      expect(leaf).toBe(plainlyCanonical(JSON.parse(leaf)));
    }),
  );
});
