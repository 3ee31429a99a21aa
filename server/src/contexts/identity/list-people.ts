import type { PersonRow } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { Deps } from './deps.ts';
import { listMembers } from './people.store.ts';
import { personRow } from './person-row.ts';

export async function listPeople(deps: Pick<Deps, 'db'>, call: Call): Promise<PersonRow[]> {
  const rows = await deps.db.tenant(call.actor.organizationId, listMembers);
  return rows.map(personRow);
}
