import { systemClock } from '../../kernel/clock.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { refuse as httpRefuse } from '../../platform/http/refusals.ts';
import { createDecide } from './decide.ts';
import type { Access, AccessDeps } from './door.ts';
import { explainAccess } from './explain-access.ts';
import { listPolicies } from './list-policies.ts';
import { AUDIENCE, rolePolicies } from './policies.ts';
import { createRefusalBrake } from './refusal-brake.ts';
import { refuse } from './refusals.ts';

export { actions } from './actions.ts';
export type { Access } from './door.ts';
export { events } from './events.ts';
export { refuse } from './refusals.ts';
export type { Resource } from './resource.ts';
export { routes } from './routes.ts';

const TELL_EVERY_MS = 60_000;

/** Composes the context; throws when the policies do not parse or do not fit their schema. */
export function createAccess(deps: AccessDeps): Access {
  const policies = rolePolicies(deps.actions);
  const decide = createDecide(policies, deps.actions);
  const reasons = new WeakMap<Refusal, readonly string[]>();
  const brake = createRefusalBrake(systemClock);
  const tell = async () => {
    for (const unrecorded of brake.counted()) {
      const { call, count, since, operations } = unrecorded;
      await deps.audit
        .append(call.actor.organizationId, call, {
          event: 'access.refused_often',
          outcome: 'refused',
          data: { count, since, operations: [...operations].sort() },
        })
        .catch(() => brake.giveBack(unrecorded));
    }
  };
  const telling = setInterval(() => void tell(), TELL_EVERY_MS);
  telling.unref();
  return {
    decide,
    authorise: (call, action, resource) => {
      const decision = decide(call.actor, action, resource);
      if (decision.allowed) {
        for (const policy of decision.policies) call.decided.add(policy);
        return decision;
      }
      const refusal = decision.policies.includes(AUDIENCE.id)
        ? refuse('app_not_shared')
        : httpRefuse('permission_denied', { values: { permission: action } });
      reasons.set(refusal, decision.policies);
      throw refusal;
    },
    permissionsOf: (actor) => Object.keys(deps.actions).filter((action) => decide(actor, action).allowed),
    listPolicies: () => listPolicies(policies, deps.actions),
    explain: (call, input) => explainAccess({ ...deps, decide }, call, input),
    recordRefusal: async (call, route, refusal, decided) => {
      const seconds = brake.take(call, route.operationId);
      if (seconds > 0)
        return refuse('too_many_refusals', { values: { seconds }, extra: { retryAfter: seconds } });
      await deps.audit.append(call.actor.organizationId, call, {
        event: 'access.refused',
        outcome: 'refused',
        policies: decided.length > 0 ? decided : (reasons.get(refusal) ?? []),
        data: { operation: route.operationId, permission: route.permission, code: refusal.code },
      });
      return refusal;
    },
    isOnlyCounted: (call, operation) => brake.take(call, operation) > 0,
    close: async () => {
      clearInterval(telling);
      await tell();
    },
  };
}
