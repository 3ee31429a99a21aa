import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Principal, Role } from '../../kernel/actor.ts';
import type { OrganizationId } from '../../kernel/ids.ts';
import type { ActionTable } from '../../kernel/registered.ts';
import { cedarEngine } from './cedar.ts';
import { createDecide } from './decide.ts';
import { type Policy, rolePolicies } from './policies.ts';
import type { Resource } from './resource.ts';

const everyRole: Role[] = ['owner', 'admin', 'builder', 'member'];
const table: ActionTable = {
  'app:open': { summary: 'open', roles: everyRole },
  'query:run': { summary: 'run', roles: everyRole },
  'app:edit': { summary: 'edit', roles: ['owner', 'admin', 'builder'] },
  'person:change': { summary: 'change', roles: ['owner', 'admin'] },
};
const policies = rolePolicies(table);
const decide = createDecide(policies, table);
const here = '018f0000-0000-7000-8000-000000000001' as OrganizationId;
const there = '018f0000-0000-7000-8000-000000000002' as OrganizationId;
const person = (role: Role, groups: string[] = []): Principal => ({ organizationId: here, role, groups });
const app = (audience?: { everyone: boolean; groups: string[] }, organizationId?: string): Resource => ({
  kind: 'app',
  id: 'app-1',
  attributes: { ...audience, ...(organizationId && { organizationId }) },
});

const anyPrincipal = fc.record({
  organizationId: fc.constantFrom(here, there),
  role: fc.constantFrom(...everyRole),
  groups: fc.array(fc.constantFrom('sales', 'ops', 'a"b', '{{', 'ключ'), { maxLength: 4 }),
});
const anyResource: fc.Arbitrary<Resource | undefined> = fc.option(
  fc.oneof(
    fc
      .record({
        everyone: fc.boolean(),
        groups: fc.array(fc.constantFrom('sales', 'ops', 'ключ'), { maxLength: 3 }),
        organizationId: fc.constantFrom<string>(here, there),
      })
      .map(({ everyone, groups, organizationId }) => app({ everyone, groups }, organizationId)),
    fc.constant(app()),
  ),
  { nil: undefined },
);
const anyAction = fc.constantFrom(...Object.keys(table));

describe('access', () => {
  it('A1 the roles may do what the action tables say, in the organization at large', () => {
    for (const role of everyRole) {
      for (const [action, { roles }] of Object.entries(table)) {
        const decision = decide(person(role), action);
        expect(decision.allowed).toBe(roles.includes(role));
        expect(decision.policies).toEqual(roles.includes(role) ? [`role.${role}`] : []);
      }
    }
  });

  it('A6 one decision stands for every app of one audience', () => {
    const [sales, ops] = [['sales'], ['ops']].map((groups) => app({ everyone: false, groups }));
    const decided = decide(person('member', ['sales']), 'app:open', sales);
    expect(decide(person('member', ['sales']), 'app:open', { ...sales!, id: 'app-2' })).toBe(decided);
    expect(decide(person('member', ['sales']), 'app:open', ops).allowed).toBe(false);
  });

  it('A6 an app of which nothing is known is not the organization, which was asked of before', () => {
    const fresh = createDecide(policies, table);
    expect(fresh(person('member'), 'app:open').allowed).toBe(true);
    expect(fresh(person('member'), 'app:open', { kind: 'app', id: 'app-1' }).allowed).toBe(false);
  });

  it('A1 decides as a model in plain code does', () => {
    fc.assert(
      fc.property(anyPrincipal, anyAction, anyResource, (actor, action, resource) => {
        const own =
          resource === undefined ||
          (resource.attributes?.organizationId ?? actor.organizationId) === actor.organizationId;
        const { everyone = false, groups = [] } = resource?.attributes ?? {};
        const reached =
          resource?.kind !== 'app' ||
          actor.role !== 'member' ||
          !['app:open', 'query:run'].includes(action) ||
          everyone ||
          groups.some((g) => (actor.groups as string[]).includes(g));
        const expected = table[action]!.roles.includes(actor.role) && own && reached;
        expect(decide(actor, action, resource).allowed).toBe(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('A2 no one gains by an added forbid', () => {
    const forbids = [
      'forbid (principal, action, resource is App);',
      'forbid (principal in Role::"builder", action, resource);',
      'forbid (principal, action == Action::"app:open", resource) when { principal.groups.contains("ops") };',
      'forbid (principal, action, resource is App) unless { resource has everyone && resource.everyone };',
    ];
    const stricter = forbids.map((text, i) =>
      createDecide([...policies, { id: `extra.${i}`, summary: '', text }], table),
    );
    fc.assert(
      fc.property(
        anyPrincipal,
        anyAction,
        anyResource,
        fc.nat(forbids.length - 1),
        (actor, action, resource, i) => {
          if (stricter[i]!(actor, action, resource).allowed)
            expect(decide(actor, action, resource).allowed).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('A2 twin: an added permit is noticed by the same comparison', () => {
    const wider = createDecide(
      [...policies, { id: 'wide', summary: '', text: 'permit (principal, action, resource);' }],
      table,
    );
    expect(wider(person('member'), 'person:change').allowed).toBe(true);
    expect(decide(person('member'), 'person:change').allowed).toBe(false);
  });

  it('A3 a policy that fails makes the answer no, though another permits', () => {
    const failing: Policy = {
      id: 'overflow',
      summary: '',
      text: 'forbid (principal, action, resource) when { 9223372036854775807 + 1 > 0 };',
    };
    const decision = createDecide([...policies, failing], table)(person('owner'), 'app:edit');
    expect(decision.allowed).toBe(false);
    expect(decision.reason).toContain('failed');
  });

  it('A3 twin: Cedar itself would have said yes', () => {
    const answer = cedarEngine(
      [
        ...policies,
        {
          id: 'overflow',
          summary: '',
          text: 'forbid (principal, action, resource) when { 9223372036854775807 + 1 > 0 };',
        },
      ],
      table,
    )({
      principal: { type: 'Person', id: 'actor' },
      action: { type: 'Action', id: 'app:edit' },
      resource: { type: 'Organization', id: here },
      entities: [
        { uid: { type: 'Role', id: 'owner' }, attrs: {}, parents: [] },
        { uid: { type: 'Organization', id: here }, attrs: {}, parents: [] },
        {
          uid: { type: 'Person', id: 'actor' },
          attrs: { organization: { __entity: { type: 'Organization', id: here } }, groups: [] },
          parents: [{ type: 'Role', id: 'owner' }],
        },
      ],
    });
    expect(answer.policies).toEqual(['role.owner']);
    expect(answer.errors).toHaveLength(1);
    expect(answer.allowed).toBe(false);
  });

  it.each(['', 'app:fly', 'constructor', '__proto__', 'toString', 'app:open"', '*'])(
    'A4 the unknown action %j is a no',
    (action) => {
      expect(decide(person('owner'), action)).toEqual({
        allowed: false,
        policies: [],
        reason: `There is no action “${action}”.`,
      });
    },
  );

  it('A4 an unknown kind of thing, role or attribute type is a no', () => {
    expect(decide(person('owner'), 'app:edit', { kind: 'moon', id: 'x' } as never).allowed).toBe(false);
    expect(decide(person('owner'), 'app:edit', { kind: '__proto__', id: 'x' } as never).allowed).toBe(false);
    expect(decide(person('root' as Role), 'app:edit').allowed).toBe(false);
    expect(decide(person('member'), 'app:open', app({ everyone: 'yes', groups: [] } as never)).allowed).toBe(
      false,
    );
    expect(decide({ ...person('owner'), groups: [1] as never }, 'app:edit').allowed).toBe(false);
  });

  it('A4 what the schema does not know of an action is a no, whatever a policy permits', () => {
    const wide = { id: 'wide', summary: '', text: 'permit (principal, action, resource);' };
    const ask = (type: string) =>
      cedarEngine(
        [wide],
        table,
      )({
        principal: { type: 'Person', id: 'actor' },
        action: { type: 'Action', id: 'app:edit' },
        resource: { type, id: 'this' },
        entities: [],
      });
    expect(ask('Organization').allowed).toBe(true);
    expect(ask('Installation')).toMatchObject({ allowed: false, errors: [expect.any(String)] });
  });

  it('A5 policies that do not parse, do not fit or can never apply stop the start', () => {
    for (const text of [
      'permit (principal, action',
      'permit (principal, action, resource) when { principal.age > 3 };',
      'permit (principal, action == Action::"app:fly", resource);',
      'permit (principal, action, resource) when { false };',
    ]) {
      expect(() => createDecide([...policies, { id: 'bad', summary: '', text }], table)).toThrow(/policies/);
    }
    expect(() => rolePolicies({ 'x"y': { summary: '', roles: ['owner'] }, ...table })).toThrow();
    expect(() => rolePolicies({ 'app:open': table['app:open']! })).toThrow(/query:run/);
  });

  it('A7 a member reaches an app only within its audience; builders and above always', () => {
    const sales = app({ everyone: false, groups: ['sales'] });
    expect(decide(person('member', ['sales']), 'app:open', sales).allowed).toBe(true);
    expect(decide(person('member', ['ops']), 'app:open', sales)).toMatchObject({
      allowed: false,
      policies: ['app.audience'],
    });
    expect(decide(person('member'), 'query:run', app({ everyone: true, groups: [] })).allowed).toBe(true);
    expect(decide(person('member'), 'query:run', app()).allowed).toBe(false);
    expect(decide(person('builder'), 'query:run', sales).allowed).toBe(true);
  });

  it('organization.boundary forbids another organization’s thing, even to an owner', () => {
    // Its own owner first: what is answered from memory is of the one who asked.
    const own = decide({ ...person('owner'), organizationId: there }, 'app:edit', app(undefined, there));
    expect(own.allowed).toBe(true);
    const foreign = decide(person('owner'), 'app:edit', app(undefined, there));
    expect(foreign).toMatchObject({ allowed: false, policies: ['organization.boundary'] });
  });

  it('A6 answers the same question from memory', () => {
    const sales = () => app({ everyone: false, groups: ['sales'] });
    const first = decide(person('member', ['sales', 'ops']), 'query:run', sales());
    expect(decide(person('member', ['sales', 'ops']), 'query:run', sales())).toBe(first);
    expect(decide(person('member', ['sales']), 'query:run', sales())).not.toBe(first);
  });
});
