import { contract, type Me } from '@sallyport/contract';
import type { PersonActor } from '../kernel/actor.ts';
import type { Call } from '../kernel/call.ts';
import type { Binding } from '../platform/http/binding.ts';
import type { Log } from '../platform/log/log.ts';
import type { Demo } from './door.ts';

/** With a demo, completing the set-up also installs it, as the new owner. Should that fail, the owner is there all the same. */
export function installAtSetup(bindings: readonly Binding[], demo: Demo, log: Log): readonly Binding[] {
  if (!demo.available) return bindings;
  return bindings.map((binding) =>
    binding.route.operationId !== contract.identity.completeSetup.operationId
      ? binding
      : {
          ...binding,
          serve: async (call, input, wire) => {
            const me = (await binding.serve(call, input, wire)) as Me;
            const owner: Call = { ...call, actor: actorOf(me) };
            await demo
              .install(owner)
              .catch((error: unknown) => log.error({ err: error }, 'the demo could not be installed'));
            return me;
          },
        },
  );
}

function actorOf(me: Me): PersonActor {
  return {
    kind: 'person',
    personId: me.person.id as PersonActor['personId'],
    organizationId: me.organization.id as PersonActor['organizationId'],
    email: me.person.email,
    name: me.person.name,
    role: me.role,
    groups: me.groups,
    attributes: me.attributes,
    sessionId: me.sessionId as PersonActor['sessionId'],
    via: 'session',
  };
}
