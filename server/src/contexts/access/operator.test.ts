import { describe, expect, it } from 'vitest';
import type { Principal, Role } from '../../kernel/actor.ts';
import type { OrganizationId } from '../../kernel/ids.ts';
import type { ActionTable } from '../../kernel/registered.ts';
import { createDecide } from './decide.ts';
import { type Policy, rolePolicies } from './policies.ts';

const everyRole: Role[] = ['owner', 'admin', 'builder', 'member'];
const table: ActionTable = {
  'app:open': { summary: 'open', roles: everyRole },
  'query:run': { summary: 'run', roles: everyRole },
  'log:read': { summary: 'read', roles: ['owner', 'admin'] },
  'installation-log:read': { summary: 'read', roles: ['owner'], on: 'installation' },
};
const policies = rolePolicies(table);
const decide = createDecide(policies, table);
const here = '018f0000-0000-7000-8000-000000000001' as OrganizationId;
const there = '018f0000-0000-7000-8000-000000000002' as OrganizationId;
const person = (role: Role, operator?: boolean, organizationId = here): Principal => ({
  organizationId,
  role,
  groups: [],
  ...(operator !== undefined && { operator }),
});

describe('what is done to the installation', () => {
  it('A8 is for the owners of the organization that operates it, and the policy is the reason', () => {
    expect(decide(person('owner', true), 'installation-log:read')).toEqual({
      allowed: true,
      policies: ['installation.operator'],
      reason: 'Permitted by installation.operator.',
    });
    for (const role of ['admin', 'builder', 'member'] as const)
      expect(decide(person(role, true), 'installation-log:read').allowed).toBe(false);
  });

  it('A8 is refused to every other organization’s people, and the boundary is the reason', () => {
    for (const operator of [false, undefined])
      for (const role of everyRole)
        expect(decide(person(role, operator, there), 'installation-log:read')).toMatchObject({
          allowed: false,
          policies: ['organization.boundary'],
        });
    // Remembered for one, it is not the answer for the other.
    expect(decide(person('owner', true), 'installation-log:read').allowed).toBe(true);
    expect(decide(person('owner'), 'installation-log:read').allowed).toBe(false);
    expect(decide(person('owner', 'yes' as never), 'installation-log:read').allowed).toBe(false);
  });

  it('A8 names no thing of an organization, and a right over the installation is none over one', () => {
    const resource = { kind: 'app', id: 'x', attributes: { everyone: true } } as const;
    expect(decide(person('owner', true), 'installation-log:read', resource).allowed).toBe(false);
    expect(decide(person('owner', false), 'log:read').allowed).toBe(true);
  });

  it('A8 an action on the installation for any other role stops the start', () => {
    for (const roles of [['owner', 'admin'], [], everyRole] as Role[][])
      expect(() =>
        rolePolicies({ ...table, 'installation-log:read': { summary: '', roles, on: 'installation' } }),
      ).toThrow(/for owners only/);
  });

  it('A8 twin: without the boundary and the condition, an owner of another organization would read it', () => {
    const broken: Policy[] = policies
      .filter((policy) => policy.id !== 'organization.boundary')
      .map((policy) =>
        policy.id === 'installation.operator'
          ? { ...policy, text: policy.text.replace(/ when \{.*\}/, '') }
          : policy,
      );
    const wide = createDecide(broken, table);
    expect(wide(person('owner', false, there), 'installation-log:read').allowed).toBe(true);
    // Either one alone holds.
    for (const id of ['organization.boundary', 'installation.operator']) {
      const half = broken.map((policy) => (policy.id === id ? policies.find((p) => p.id === id)! : policy));
      if (id === 'organization.boundary') half.push(policies.find((p) => p.id === id)!);
      expect(createDecide(half, table)(person('owner', false, there), 'installation-log:read').allowed).toBe(
        false,
      );
    }
  });
});
