import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PersonActor, Role } from '../../kernel/actor.ts';
import type { PersonId } from '../../kernel/ids.ts';
import type { Member } from './people.table.ts';
import { changed } from './person-change.ts';

const rank: Role[] = ['member', 'builder', 'admin', 'owner'];
const role = fc.constantFrom(...rank);
const member = (id: string, r: Role, disabled: boolean): Member => ({
  id: id as PersonId,
  name: 'Someone',
  email: 'someone@example.com',
  role: r,
  groups: [],
  attributes: {},
  disabled,
  second_factor: false,
  last_seen_at: null,
  created_at: new Date(0),
});

it('I10 I11 whatever is asked: nobody rises above the actor, the last owner stays, nobody turns themselves off', () => {
  fc.assert(
    fc.property(
      fc.record({ actor: role, before: role, disabled: fc.boolean(), self: fc.boolean() }),
      fc.record({
        role: fc.option(role, { nil: undefined }),
        disabled: fc.option(fc.boolean(), { nil: undefined }),
      }),
      fc.integer({ min: 1, max: 3 }),
      (given, change, owners) => {
        const actor = { personId: 'me', role: given.actor } as unknown as PersonActor;
        const before = member(
          given.self ? 'me' : 'other',
          given.self ? given.actor : given.before,
          given.self ? false : given.disabled,
        );
        let after: Member;
        try {
          after = changed(actor, before, change, owners);
        } catch {
          return;
        }
        expect(rank.indexOf(after.role)).toBeLessThanOrEqual(rank.indexOf(given.actor));
        expect(rank.indexOf(before.role)).toBeLessThanOrEqual(rank.indexOf(given.actor));
        if (given.self) expect(after.disabled).toBe(false);
        const lost =
          before.role === 'owner' && !before.disabled && (after.role !== 'owner' || after.disabled);
        if (lost) expect(owners).toBeGreaterThan(1);
      },
    ),
  );
});
