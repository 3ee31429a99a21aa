import { sql } from '../../../platform/db/sql.ts';
import type { Rewrappable, SealedValue } from '../../vault/index.ts';
import { placeOf } from './constants.store.ts';

interface Row {
  readonly id: string;
  readonly sealed: SealedValue;
  readonly version: number;
}

/** The secret constants, for a rotation of keys. */
export const secretConstants: Rewrappable = {
  table: 'constants',
  count: async (tx) =>
    (await tx.one<{ count: number }>(sql`select count(*) from constants where sealed is not null`)).count,
  page: async (tx, organization, after, limit) => {
    const rows = await tx.many<Row>(
      sql`select id, sealed, version from constants
          where sealed is not null and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${limit}`,
    );
    return rows.map((row) => ({ position: row.id, place: placeOf(organization, row), sealed: row.sealed }));
  },
  replace: async (tx, _organization, item, next) =>
    (await tx.run(
      sql`update constants set sealed = ${next} where id = ${item.place.row} and sealed = ${item.sealed}`,
    )) === 1,
};
