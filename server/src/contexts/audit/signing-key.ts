import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { Secret } from '../../kernel/secret.ts';
import type { Db } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';
import { CannotStart } from '../../platform/lifecycle/cannot-start.ts';
import { type NoteSigner, rawPublicKey } from './note.ts';

/** How the signing key is kept: sealed under the installation's root key, which compose.ts passes. */
export interface KeySealer {
  sealKey(plaintext: Secret<Buffer>): Promise<Buffer>;
  openKey(sealed: Buffer): Promise<Secret<Buffer>>;
}

/** This installation's log: its name, its public key and what signs for it. */
export interface LogIdentity extends NoteSigner {
  readonly installation: string;
}

/**
 * Opens the signing key; makes one when the log is new. Throws when it cannot be opened: a log is never signed anew; and
 * with a sentence when the rows of the log are missing.
 */
export async function openLogIdentity(db: Db, sealer: KeySealer): Promise<LogIdentity> {
  const find = () =>
    db.system('the log of the installation', (tx) =>
      tx.maybe<{ origin: string; sealed_private_key: string; public_key: Buffer; emptied: boolean }>(
        sql`select origin, sealed_private_key, public_key,
          begun and not exists (select from audit_trees) as emptied from audit_log`,
      ),
    );
  const row = (await find()) ?? (await create(db, sealer).then(find));
  if (row === undefined) throw new Error('The log of the installation has no signing key.');
  if (row.emptied)
    throw new CannotStart(
      'The audit log has been started, but its rows are missing, and so are those of every organization: the database comes from a dump made with --enable-row-security. Restore a dump made as docs/operating.md describes, into an empty database.',
    );
  const der = await sealer.openKey(Buffer.from(row.sealed_private_key, 'base64'));
  const privateKey = createPrivateKey({ key: der.reveal(), format: 'der', type: 'pkcs8' });
  const publicKey = rawPublicKey(privateKey);
  if (!publicKey.equals(row.public_key))
    throw new Error('The log’s public key is not that of its signing key.');
  return { installation: row.origin, privateKey, publicKey };
}

/** Of two nodes that start at once, one's key stays. */
async function create(db: Db, sealer: KeySealer): Promise<void> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const sealed = await sealer.sealKey(new Secret(privateKey.export({ format: 'der', type: 'pkcs8' })));
  const origin = `sallyport/${randomBytes(8).toString('hex')}`;
  await db.system('the log of the installation', (tx) =>
    tx.run(
      sql`insert into audit_log (origin, public_key, sealed_private_key)
        values (${origin}, ${rawPublicKey(privateKey)}, ${sealed.toString('base64')}) on conflict do nothing`,
    ),
  );
}

/** Seals the signing key anew, as the owner of the database and in its transaction: for a new root key. */
export async function resealSigningKey(
  owner: Pick<pg.Client, 'query'>,
  reseal: (sealed: Buffer) => Promise<Buffer>,
): Promise<void> {
  const { rows } = await owner.query<{ sealed_private_key: string }>(
    'select sealed_private_key from audit_log',
  );
  for (const row of rows) {
    const sealed = await reseal(Buffer.from(row.sealed_private_key, 'base64'));
    await owner.query('update audit_log set sealed_private_key = $1', [sealed.toString('base64')]);
  }
}
