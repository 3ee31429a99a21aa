import type { OrganizationId } from '../../../kernel/ids.ts';
import type { PageAsked } from '../../../kernel/page.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { notify } from '../../../platform/db/notifications.ts';
import { sql } from '../../../platform/db/sql.ts';
import type { SealedPlace, SealedValue } from '../../vault/index.ts';

export const CONSTANTS_CHANGED = 'gateway_constants';

export interface StoredConstant {
  readonly id: string;
  readonly name: string;
  readonly secret: boolean;
  readonly value: string | null;
  readonly sealed: SealedValue | null;
  readonly version: number;
  readonly updated_at: Date;
}

const columns = sql`id, name, secret, value, sealed, version, updated_at`;

/** So many after the cursor, by name. */
export const listConstants = (tx: Tx, { cursor, limit }: PageAsked): Promise<StoredConstant[]> =>
  tx.many<StoredConstant>(sql`
    select ${columns} from constants where ${cursor ?? null}::text is null or name > ${cursor} order by name limit ${limit}`);

export const findConstant = (tx: Tx, name: string): Promise<StoredConstant | undefined> =>
  tx.maybe<StoredConstant>(sql`select ${columns} from constants where name = ${name} for update`);

export const findConstants = (tx: Tx, names: readonly string[]): Promise<StoredConstant[]> =>
  tx.many<StoredConstant>(sql`select ${columns} from constants where name = any(${names})`);

export const putConstant = (
  tx: Tx,
  organization: OrganizationId,
  constant: Omit<StoredConstant, 'updated_at'>,
): Promise<StoredConstant> =>
  tx.one<StoredConstant>(sql`
    insert into constants (organization_id, id, name, secret, value, sealed, version)
    values (${organization}, ${constant.id}, ${constant.name}, ${constant.secret}, ${constant.value}, ${constant.sealed}, ${constant.version})
    on conflict (organization_id, name) do update set
      secret = excluded.secret, value = excluded.value, sealed = excluded.sealed,
      version = excluded.version, updated_at = now()
    returning ${columns}`);

export const deleteConstant = async (tx: Tx, name: string): Promise<boolean> =>
  (await tx.run(sql`delete from constants where name = ${name}`)) === 1;

export const announceConstants = (tx: Tx, organization: OrganizationId): Promise<void> =>
  notify(tx, CONSTANTS_CHANGED, organization);

export const placeOf = (
  organization: OrganizationId,
  constant: Pick<StoredConstant, 'id' | 'version'>,
): SealedPlace => ({
  organization,
  table: 'constants',
  row: constant.id,
  field: 'sealed',
  version: constant.version,
});
