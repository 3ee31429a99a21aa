import { newId, type PersonId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';

export async function setPasswordHash(tx: Tx, person: PersonId, hash: string): Promise<void> {
  await tx.run(sql`
    insert into credentials (id, person_id, kind, hash, confirmed_at) values (${newId()}, ${person}, 'password', ${hash}, now())
    on conflict (person_id, kind) do update set hash = excluded.hash`);
}

export interface TotpRow {
  readonly id: string;
  readonly sealed: string;
  readonly sealed_version: number;
  readonly last_step: number | null;
  readonly confirmed: boolean;
}

/** Under its lock, so that of two uses of a code the second sees the first. */
export function lockTotp(tx: Tx, person: PersonId): Promise<TotpRow | undefined> {
  return tx.maybe<TotpRow>(sql`
    select id, sealed, sealed_version, last_step, confirmed_at is not null as confirmed from credentials
    where person_id = ${person} and kind = 'totp' for update`);
}

export async function insertTotp(
  tx: Tx,
  row: { readonly id: string; readonly person: PersonId; readonly sealed: string },
): Promise<void> {
  await tx.run(sql`
    insert into credentials (id, person_id, kind, sealed, sealed_version)
    values (${row.id}, ${row.person}, 'totp', ${row.sealed}, 1)`);
}

export async function setLastStep(tx: Tx, id: string, step: number): Promise<void> {
  await tx.run(sql`update credentials set last_step = ${step} where id = ${id}`);
}

export async function confirmTotp(tx: Tx, person: PersonId, id: string, step: number): Promise<void> {
  await tx.run(sql`update credentials set confirmed_at = now(), last_step = ${step} where id = ${id}`);
  await tx.run(
    sql`update people set second_factor = true, second_factor_reset_at = null where id = ${person}`,
  );
}

export async function removeTotp(tx: Tx, person: PersonId): Promise<void> {
  await tx.run(sql`delete from credentials where person_id = ${person} and kind = 'totp'`);
  await tx.run(sql`delete from recovery_codes where person_id = ${person}`);
  await tx.run(sql`update people set second_factor = false where id = ${person}`);
}

export async function insertRecoveryCodes(
  tx: Tx,
  person: PersonId,
  hashes: readonly Buffer[],
): Promise<void> {
  await tx.run(sql`
    insert into recovery_codes (person_id, code_hash) select ${person}, h from unnest(${hashes}::bytea[]) as h`);
}

/** True for one caller only. */
export async function useRecoveryCode(tx: Tx, person: PersonId, hash: Buffer): Promise<boolean> {
  const used = await tx.run(sql`
    update recovery_codes set used_at = now()
    where person_id = ${person} and code_hash = ${hash} and used_at is null`);
  return used === 1;
}
