import type { Call } from '../../kernel/call.ts';
import type { PersonId } from '../../kernel/ids.ts';
import type { Decide, Decision } from './decide.ts';
import type { AccessDeps } from './door.ts';

export async function explainAccess(
  deps: Pick<AccessDeps, 'actorOf' | 'appResource'> & { readonly decide: Decide },
  call: Call,
  input: { personId: string; action: string; appId?: string | undefined },
): Promise<Decision> {
  const { organizationId } = call.actor;
  const person = await deps.actorOf(organizationId, input.personId as PersonId);
  const app = input.appId === undefined ? undefined : await deps.appResource(organizationId, input.appId);
  if (person.disabled) return { allowed: false, policies: [], reason: 'This person’s access is turned off.' };
  return deps.decide(person.actor, input.action, app);
}
