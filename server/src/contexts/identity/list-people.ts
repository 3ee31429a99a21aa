import type { PersonRow } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { type Page, type PageAsked, pageOf } from '../../kernel/page.ts';
import type { Deps } from './deps.ts';
import { listMembers } from './people.store.ts';
import { personRow } from './person-row.ts';

export async function listPeople(
  deps: Pick<Deps, 'db'>,
  call: Call,
  { cursor, limit }: PageAsked,
): Promise<Page<PersonRow>> {
  const rows = await deps.db.tenant(call.actor.organizationId, (tx) =>
    listMembers(tx, { cursor, limit: limit + 1 }),
  );
  return pageOf(rows.map(personRow), limit, ({ id }) => id);
}
