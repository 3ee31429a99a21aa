import { LRUCache } from 'lru-cache';
import type { Principal } from '../../kernel/actor.ts';
import type { ActionTable } from '../../kernel/registered.ts';
import { type CedarRequest, cedarEngine } from './cedar.ts';
import type { Policy } from './policies.ts';
import type { Resource } from './resource.ts';

export interface Decision {
  readonly allowed: boolean;
  /** Ids of the policies that decided: the permits of a yes, the forbids of a no; empty when no policy permits. */
  readonly policies: readonly string[];
  /** A sentence for the person who asks why. */
  readonly reason: string;
}

/** Of a person nothing else is in the request, so nothing else needs to be in the cache's key. */
export type Decide = (actor: Principal, action: string, resource?: Resource) => Decision;

/** Decides by the given policies; the same question is answered from memory. A new set of policies is a new decider. */
export function createDecide(policies: readonly Policy[], actions: ActionTable): Decide {
  const ask = cedarEngine(policies, actions);
  const known = new LRUCache<string, Decision>({ max: 20_000 });
  return (actor, action, resource) => {
    // A4: own keys only, so that `constructor` is as unknown as any other word.
    if (!Object.hasOwn(actions, action)) return no(`There is no action “${action}”.`);
    if (resource !== undefined && resource.kind !== 'app') return no('There is no such kind of thing.');
    const onInstallation = actions[action]?.on === 'installation';
    if (onInstallation && resource !== undefined) return no('This is done to the installation alone.');
    const key = JSON.stringify([
      actor.organizationId,
      actor.role,
      actor.groups,
      actor.operator === true,
      action,
      // An app without attributes is not the organization.
      resource && (resource.attributes ?? {}),
    ]);
    const hit = known.get(key);
    if (hit !== undefined) return hit;
    const decision = explained(
      actor,
      action,
      ask(onInstallation ? installationRequest(actor, action) : requestOf(actor, action, resource)),
    );
    known.set(key, decision);
    return decision;
  };
}

function requestOf(actor: Principal, action: string, resource: Resource | undefined): CedarRequest {
  const { organization, principal } = uidsOf(actor);
  const target =
    resource === undefined ? { uid: organization, attrs: {}, parents: [] } : appOf(actor, resource);
  return {
    principal,
    action: { type: 'Action', id: action },
    resource: target.uid,
    entities: [...entitiesOf(actor), target],
  };
}

/**
 * Policies know an app by its attributes, as they know the actor: a list of a thousand apps is then a question for each
 * audience, and not one for each app and each person's groups, which no memory would hold.
 */
function appOf(actor: Principal, { attributes: { everyone, groups, organizationId } = {} }: Resource) {
  return {
    uid: { type: 'App', id: 'this' },
    attrs: { ...(everyone !== undefined && { everyone }), ...(groups && { groups: [...groups] }) },
    parents: [{ type: 'Organization', id: organizationId ?? actor.organizationId }],
  };
}

/** The installation belongs to the operating organization; to anybody else's question it belongs to none. */
function installationRequest(actor: Principal, action: string): CedarRequest {
  const { organization, principal } = uidsOf(actor);
  const installation = { type: 'Installation', id: 'this' };
  return {
    principal,
    action: { type: 'Action', id: action },
    resource: installation,
    entities: [
      ...entitiesOf(actor),
      { uid: organization, attrs: {}, parents: [] },
      { uid: installation, attrs: {}, parents: actor.operator === true ? [organization] : [] },
    ],
  };
}

const uidsOf = (actor: Principal) => ({
  organization: { type: 'Organization', id: actor.organizationId },
  principal: { type: 'Person', id: 'actor' },
  role: { type: 'Role', id: actor.role },
});

function entitiesOf(actor: Principal): CedarRequest['entities'] {
  const { organization, principal, role } = uidsOf(actor);
  return [
    { uid: role, attrs: {}, parents: [] },
    {
      uid: principal,
      attrs: { organization: { __entity: organization }, groups: [...actor.groups] },
      parents: [role],
    },
  ];
}

function explained(
  actor: Principal,
  action: string,
  answer: { allowed: boolean; policies: readonly string[]; errors: readonly string[] },
): Decision {
  const named = answer.policies.join(', ');
  if (answer.errors.length > 0)
    return { allowed: false, policies: answer.policies, reason: 'A policy failed, so access was denied.' };
  if (answer.allowed) return { allowed: true, policies: answer.policies, reason: `Permitted by ${named}.` };
  if (named !== '') return { allowed: false, policies: answer.policies, reason: `Forbidden by ${named}.` };
  return no(`No policy permits “${action}” for the role ${actor.role}.`);
}

function no(reason: string): Decision {
  return { allowed: false, policies: [], reason };
}
