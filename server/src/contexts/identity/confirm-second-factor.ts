import type { Call } from '../../kernel/call.ts';
import type { Tx } from '../../platform/db/db.ts';
import { lockEpoch } from './accounts.store.ts';
import { confirmTotp, insertRecoveryCodes, lockTotp } from './credentials.store.ts';
import type { Deps } from './deps.ts';
import { newRecoveryCodes, readRecoveryCode } from './recovery-codes.ts';
import { refuse } from './refusals.ts';
import { totpPlace } from './second-factor.ts';
import { assertNotThrottled, chargeKey, clearKey } from './throttle.store.ts';
import { ACCOUNT_RULE } from './throttle.ts';
import { acceptedStep } from './totp.ts';

/** Turns the second factor on when the authenticator app shows the right code; answers the recovery codes, once. */
export async function confirmSecondFactor(
  deps: Pick<Deps, 'db' | 'audit' | 'vault' | 'clock' | 'hasher'>,
  call: Call,
  input: { code: string },
): Promise<readonly string[]> {
  const { personId } = call.actor;
  const why = 'credentials are the person’s, not an organization’s';
  const waiting = async (tx: Tx) => {
    await lockEpoch(tx, personId);
    const row = await lockTotp(tx, personId);
    if (row === undefined) throw refuse('second_factor_absent');
    if (row.confirmed) throw refuse('second_factor_exists');
    const secret = await deps.vault.open(tx, totpPlace(row.id, row.sealed_version), row.sealed, call);
    const step = acceptedStep(secret, input.code, deps.clock.now(), row.last_step);
    if (step === undefined) throw refuse('first_code_wrong');
    return { id: row.id, step };
  };
  // A stolen session must not try all the codes while a secret waits.
  const tries = { key: `confirm ${personId}`, rule: ACCOUNT_RULE };
  assertNotThrottled(await deps.db.system(why, (tx) => chargeKey(tx, tries, deps.clock.now())));
  // Asked twice: the ten slow hashes come between, outside any transaction, and only after a right code.
  await deps.db.system(why, waiting);
  const codes = newRecoveryCodes();
  const hashes: Buffer[] = [];
  for (const code of codes)
    hashes.push(await deps.hasher.recoveryCode(personId, readRecoveryCode(code) ?? ''));
  await deps.db.system(why, async (tx) => {
    const { id, step } = await waiting(tx);
    await confirmTotp(tx, personId, id, step);
    await insertRecoveryCodes(tx, personId, hashes);
    await clearKey(tx, tries);
    await deps.audit.record(tx, call, { event: 'identity.second_factor_enabled' });
  });
  return codes;
}
