import { timingSafeEqual } from 'node:crypto';
import type pg from 'pg';
import { Secret } from '../../kernel/secret.ts';
import type { Db } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';
import { CannotStart } from '../../platform/lifecycle/cannot-start.ts';
import type { RootKey } from './root-key.ts';

const CONTEXT = 'root-verifier';
const KNOWN = Buffer.from('This database is sealed under this root key.');

type KnownRoot =
  | { readonly state: 'empty' }
  /** Migrated, but nothing was sealed yet: a first start that did not get further. */
  | { readonly state: 'unkeyed' }
  | { readonly state: 'keyed'; readonly rootKeyId: string; readonly verifier: Buffer };

/** What the database says about its root key, as its owner, before migration. */
export async function readRoot(owner: pg.Client): Promise<KnownRoot> {
  const { rows } = await owner.query<{ migrated: boolean; keyed: boolean }>(
    `select to_regclass('schema_migrations') is not null as migrated, to_regclass('vault_root') is not null as keyed`,
  );
  if (rows[0]?.migrated !== true) return { state: 'empty' };
  if (!rows[0].keyed) return { state: 'unkeyed' };
  const found = await owner.query<{ root_key_id: string; verifier: Buffer }>(
    'select root_key_id, verifier from vault_root',
  );
  const row = found.rows[0];
  return row === undefined
    ? { state: 'unkeyed' }
    : { state: 'keyed', rootKeyId: row.root_key_id, verifier: row.verifier };
}

export async function verifierMatches(root: RootKey, verifier: Buffer): Promise<boolean> {
  try {
    const opened = (await root.unwrap(verifier, CONTEXT)).reveal();
    return opened.length === KNOWN.length && timingSafeEqual(opened, KNOWN);
  } catch {
    return false;
  }
}

/** Ties the database to another root key, as its owner. */
export async function writeVerifier(owner: pg.Client, root: RootKey): Promise<void> {
  const verifier = await root.wrap(new Secret(KNOWN), CONTEXT);
  await owner.query('update vault_root set root_key_id = $1, verifier = $2', [root.id, verifier]);
}

/** Ties the database to the key, before anything is sealed; throws when it is tied to another. */
export async function tieToRoot(db: Db, root: RootKey): Promise<void> {
  const verifier = await root.wrap(new Secret(KNOWN), CONTEXT);
  const row = await db.system('the verifier belongs to no organization', async (tx) => {
    await tx.run(
      sql`insert into vault_root (root_key_id, recorded_key_id, verifier)
        values (${root.id}, ${root.id}, ${verifier}) on conflict do nothing`,
    );
    return tx.one<{ verifier: Buffer }>(sql`select verifier from vault_root`);
  });
  if (!(await verifierMatches(root, row.verifier))) {
    throw new CannotStart('This database was sealed with another root key. Put the right key back.');
  }
}
