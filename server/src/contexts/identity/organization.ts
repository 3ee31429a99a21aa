import type { Call } from '../../kernel/call.ts';
import { newId, type OrganizationId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db/sql.ts';
import { insertMembership, insertOrganization } from './accounts.store.ts';
import type { Deps } from './deps.ts';

export async function organizationName(deps: Pick<Deps, 'db'>, id: OrganizationId): Promise<string> {
  return deps.db.tenant(id, async (tx) => {
    const row = await tx.maybe<{ name: string }>(sql`select name from organizations where id = ${id}`);
    return row?.name ?? '';
  });
}

/** Makes another organization with the caller as its owner. Each log tells of it in its own words. */
export async function createOrganization(
  deps: Pick<Deps, 'db' | 'audit'>,
  call: Call,
  input: { name: string },
): Promise<{ id: OrganizationId; name: string }> {
  const id = newId<OrganizationId>();
  await deps.db.system('a new organization has no tenant yet', async (tx) => {
    await insertOrganization(tx, id, input.name);
    await insertMembership(tx, {
      organizationId: id,
      personId: call.actor.personId,
      role: 'owner',
      groups: [],
    });
    const entry = {
      event: 'identity.organization_created',
      target: { kind: 'organization', id, name: input.name },
      data: { name: input.name },
    };
    await deps.audit.record(tx, call, entry);
    await deps.audit.record(tx, call, { ...entry, organization: id });
  });
  return { id, name: input.name };
}

export async function changeOrganization(
  deps: Pick<Deps, 'db' | 'audit'>,
  call: Call,
  input: { name: string },
): Promise<{ id: OrganizationId; name: string }> {
  const id = call.actor.organizationId;
  await deps.db.tenant(id, async (tx) => {
    const before = await tx.one<{ name: string }>(
      sql`select name from organizations where id = ${id} for no key update`,
    );
    await tx.run(sql`update organizations set name = ${input.name} where id = ${id}`);
    await deps.audit.record(tx, call, {
      event: 'identity.organization_changed',
      target: { kind: 'organization', id, name: input.name },
      data: { from: before.name, to: input.name },
    });
  });
  return { id, name: input.name };
}
