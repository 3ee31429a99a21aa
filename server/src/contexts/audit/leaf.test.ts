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
