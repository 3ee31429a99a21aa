import { INSTALLATION } from '../../kernel/ids.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Rewrappable } from '../vault/index.ts';
import { totpPlace } from './second-factor.ts';

/** For the vault's rotation: the sealed secrets of authenticator apps, all under the installation's key. */
export const totpSecrets: Rewrappable = {
  table: 'credentials',
  holds: ['installation'],
  count: async (tx, organization) => {
    if (organization !== INSTALLATION) return 0;
    const row = await tx.one<{ n: number }>(
      sql`select count(*) as n from credentials where sealed is not null`,
    );
    return row.n;
  },
  page: async (tx, organization, after, limit) => {
    // No organization's own: a tenant has none, and may not even look.
    if (organization !== INSTALLATION) return [];
    const rows = await tx.many<{ id: string; sealed: string; sealed_version: number }>(sql`
      select id, sealed, sealed_version from credentials
      where sealed is not null and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${limit}`);
    return rows.map((row) => ({
      position: row.id,
      place: totpPlace(row.id, row.sealed_version),
      sealed: row.sealed,
    }));
  },
  replace: async (tx, _organization, item, next) => {
    const replaced = await tx.run(
      sql`update credentials set sealed = ${next} where id = ${item.place.row} and sealed = ${item.sealed}`,
    );
    return replaced === 1;
  },
};
