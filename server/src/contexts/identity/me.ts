import type { Me } from '@sallyport/contract';
import type { PersonActor, Role } from '../../kernel/actor.ts';
import { sql } from '../../platform/db/sql.ts';
import { refuse } from '../../platform/http/refusals.ts';
import type { Deps } from './deps.ts';
import { csrfTokenOf } from './session.ts';

/** Who is signed in and what they may do. */
export async function readMe(deps: Pick<Deps, 'db' | 'permissionsOf'>, actor: PersonActor): Promise<Me> {
  const { person, organizations } = await deps.db.system(
    'a person sees all the organizations that they belong to',
    async (tx) => ({
      person: await tx.maybe<{ second_factor: boolean; reset_at: Date | null; token_hash: Buffer }>(sql`
        select p.second_factor, p.second_factor_reset_at as reset_at, s.token_hash from people p join sessions s on s.person_id = p.id
        where p.id = ${actor.personId} and s.id = ${actor.sessionId}`),
      organizations: await tx.many<{ id: string; name: string; role: Role }>(sql`
        select o.id, o.name, m.role from memberships m join organizations o on o.id = m.organization_id
        where m.person_id = ${actor.personId} and m.disabled_at is null order by o.name, o.id`),
    }),
  );
  // Ended between authentication and here.
  if (person === undefined) throw refuse('sign_in_required');
  const current = organizations.find((o) => o.id === actor.organizationId);
  return {
    person: { id: actor.personId, name: actor.name, email: actor.email },
    organization: { id: actor.organizationId, name: current?.name ?? '' },
    organizations,
    role: actor.role,
    groups: [...actor.groups],
    attributes: { ...actor.attributes },
    permissions: deps.permissionsOf(actor),
    // An API token has none and needs none: no browser sends it by itself.
    csrfToken: actor.via === 'session' ? csrfTokenOf(person.token_hash) : '',
    secondFactor: person.second_factor,
    secondFactorResetAt: person.reset_at?.toISOString() ?? null,
    sessionId: actor.sessionId,
  };
}
