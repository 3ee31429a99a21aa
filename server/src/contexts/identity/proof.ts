import type { AnyCall } from '../../kernel/call.ts';
import type { PersonId } from '../../kernel/ids.ts';
import type { Secret } from '../../kernel/secret.ts';
import type { Tx } from '../../platform/db/db.ts';
import { findAccount, findAccountById } from './accounts.store.ts';
import type { Deps } from './deps.ts';
import type { Account } from './people.table.ts';
import { type FailedProof, ProofFailed } from './proof-failed.ts';
import { consumeSecondFactor, type SecondFactorUse } from './second-factor.ts';
import { assertNotThrottled, chargeKey, clearKey, giveBack, rememberAddress } from './throttle.store.ts';
import { addressGroup, throttleKeys } from './throttle.ts';

export interface Claim {
  readonly who: { readonly email: string } | { readonly id: PersonId };
  readonly password: Secret;
  readonly secondFactor: string | undefined;
  /** `never`: for what the password alone may do in a session that already passed the second factor. */
  readonly askSecondFactor: 'when-set' | 'never';
}

export type ProofDeps = Pick<Deps, 'db' | 'vault' | 'clock' | 'hasher'>;

/**
 * Does `work` in one transaction with the use of the second factor, after the person proved who they are. Every way in
 * goes through here, so that each is throttled (I3) and takes the same time for an unknown e-mail (I2).
 */
export async function withProof<T>(
  deps: ProofDeps,
  call: AnyCall,
  claim: Claim,
  work: (tx: Tx, account: Account, used: SecondFactorUse) => Promise<T>,
): Promise<T> {
  const { db, clock, hasher } = deps;
  const now = clock.now();
  const from = addressGroup(call.address);
  const { account, keys, wait } = await db.system('nobody is signed in yet', async (tx) => {
    const found =
      'email' in claim.who
        ? await findAccount(tx, claim.who.email, from)
        : await findAccountById(tx, claim.who.id, from);
    const email = 'email' in claim.who ? claim.who.email : (found?.email ?? claim.who.id);
    const pair = throttleKeys(email, call.address, found?.familiar ?? false);
    const longest = (await chargeKey(tx, pair.address, now)) || (await chargeKey(tx, pair.account, now));
    return { account: found, keys: pair, wait: longest };
  });
  assertNotThrottled(wait);

  const known = await hasher.verify(account?.hash ?? null, claim.password);
  if (account === undefined) throw new ProofFailed('unknown');
  const failed = (reason: FailedProof) => new ProofFailed(reason, account, account.organization_id);
  if (!known) throw failed('password');

  const wanted = account.second_factor && claim.askSecondFactor === 'when-set';
  if (wanted && claim.secondFactor === undefined) {
    await db.system('nobody is signed in yet', async (tx) => {
      await giveBack(tx, keys.address);
      await giveBack(tx, keys.account);
    });
    throw failed('second_factor_asked');
  }
  const consume = wanted
    ? await consumeSecondFactor(deps, call, account, claim.secondFactor ?? '')
    : undefined;
  return db.system('nobody is signed in yet', async (tx) => {
    const used = consume === undefined ? 'none' : await consume(tx);
    if (used === undefined) throw failed('second_factor');
    const result = await work(tx, account, used);
    await giveBack(tx, keys.address);
    await clearKey(tx, keys.account);
    await rememberAddress(tx, account.id, from, now);
    return result;
  });
}
