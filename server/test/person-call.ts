import type { PersonActor } from '../src/kernel/actor.ts';
import type { Call } from '../src/kernel/call.ts';
import { newId, type OrganizationId } from '../src/kernel/ids.ts';

/** A call by somebody who does not exist, in a given organization. */
export function personCall(
  organization: OrganizationId,
  actor: Partial<PersonActor> = {},
): Call<PersonActor> {
  return {
    actor: {
      kind: 'person',
      personId: newId(),
      organizationId: organization,
      email: 'someone@x.example',
      name: 'Someone',
      role: 'admin',
      groups: [],
      attributes: {},
      sessionId: newId(),
      via: 'session',
      ...actor,
    },
    requestId: newId(),
    address: '203.0.113.9',
    device: 'Firefox 140 on Linux',
    decided: new Set(),
    recorded: new Map(),
  };
}
