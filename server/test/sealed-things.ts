import pg from 'pg';
import type { Rewrappable, SealedItem, SealedPlace, Vault } from '../src/contexts/vault/index.ts';
import { unattended } from '../src/kernel/call.ts';
import type { OrganizationId } from '../src/kernel/ids.ts';
import { Secret } from '../src/kernel/secret.ts';
import type { Db, Tx } from '../src/platform/db/db.ts';
import { sql } from '../src/platform/db/sql.ts';
import { TEST_ROLES } from './migrated-postgres.ts';

/** A table with a sealed column, as a context would have one. */
export async function createSealedThings(ownerUrl: string): Promise<void> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  const { app, system } = TEST_ROLES;
  await client
    .query(
      `create table sealed_things (organization_id uuid not null, id text not null, version int not null, sealed text,
        primary key (organization_id, id));
      alter table sealed_things enable row level security;
      alter table sealed_things force row level security;
      create policy t on sealed_things to ${app.name}
        using (organization_id = current_organization()) with check (organization_id = current_organization());
      create policy s on sealed_things to ${system.name} using (true) with check (true);
      grant select, insert, update, delete on sealed_things to ${app.name}, ${system.name}`,
    )
    .finally(() => client.end());
}

export function thingPlace(organization: OrganizationId, row: string, version: number): SealedPlace {
  return { organization, table: 'sealed_things', row, field: 'sealed', version };
}

interface Row {
  readonly id: string;
  readonly version: number;
  readonly sealed: string;
}

export const sealedThings: Rewrappable = {
  table: 'sealed_things',
  holds: ['organization', 'installation'],
  count: async (tx, organization) =>
    (
      await tx.one<{ n: number }>(
        sql`select count(*) as n from sealed_things where organization_id = ${organization} and sealed is not null`,
      )
    ).n,
  page: async (tx, organization, after, limit): Promise<SealedItem[]> => {
    const rows = await tx.many<Row>(
      sql`select id, version, sealed from sealed_things where organization_id = ${organization} and sealed is not null
        and id > ${after ?? ''} order by id limit ${limit}`,
    );
    return rows.map(({ id, version, sealed }) => ({
      position: id,
      place: thingPlace(organization, id, version),
      sealed,
    }));
  },
  replace: async (tx, organization, item, next) =>
    (await tx.run(
      sql`update sealed_things set sealed = ${next}
        where organization_id = ${organization} and id = ${item.position} and sealed = ${item.sealed}`,
    )) === 1,
};

/** Writes a thing anew, as its context would: the version rises and the secret says which version it is of. */
export async function writeThing(
  vault: Vault,
  tx: Tx,
  organization: OrganizationId,
  id: string,
): Promise<number> {
  const row = await tx.maybe<{ version: number }>(
    sql`select version from sealed_things where organization_id = ${organization} and id = ${id} for update`,
  );
  const version = (row?.version ?? 0) + 1;
  const sealed = await vault.seal(tx, thingPlace(organization, id, version), new Secret(`${id} ${version}`));
  await tx.run(
    sql`insert into sealed_things values (${organization}, ${id}, ${version}, ${sealed})
      on conflict (organization_id, id) do update set version = excluded.version, sealed = excluded.sealed`,
  );
  return version;
}

/** Every thing that does not open to what was written last, and the keys in use. */
export async function readThings(vault: Vault, db: Db, organization: OrganizationId) {
  return db.tenant(organization, async (tx) => {
    const rows = await tx.many<Row>(sql`select id, version, sealed from sealed_things order by id`);
    const wrong: string[] = [];
    for (const { id, version, sealed } of rows) {
      const opened = await vault
        .open(tx, thingPlace(organization, id, version), sealed, unattended('a test'))
        .catch(() => undefined);
      if (opened?.reveal() !== `${id} ${version}`) wrong.push(id);
    }
    return {
      count: rows.length,
      wrong,
      keys: [...new Set(rows.map((row) => row.sealed.split('.')[1] as string))],
    };
  });
}
