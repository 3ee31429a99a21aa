import type { AnyCall } from '../../kernel/call.ts';
import { INSTALLATION, type PersonId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import type { SealedPlace } from '../vault/index.ts';
import { lockTotp, setLastStep, useRecoveryCode } from './credentials.store.ts';
import type { Deps } from './deps.ts';
import { readRecoveryCode } from './recovery-codes.ts';
import { acceptedStep, looksLikeTotp } from './totp.ts';

export type SecondFactorUse = 'none' | 'totp' | 'recovery';

/** People belong to no organization, so their secrets are sealed under the installation's key. */
export function totpPlace(id: string, version: number): SealedPlace {
  return { organization: INSTALLATION, table: 'credentials', row: id, field: 'sealed', version };
}

/**
 * Prepares the use of a code (the slow hash of a recovery code, outside any transaction) and answers what uses it up in
 * the caller's transaction: undefined when it is wrong or was used. I8: a code works once, whoever comes at the same time.
 */
export async function consumeSecondFactor(
  deps: Pick<Deps, 'vault' | 'clock' | 'hasher'>,
  call: AnyCall,
  person: { readonly id: PersonId },
  code: string,
): Promise<(tx: Tx) => Promise<SecondFactorUse | undefined>> {
  if (looksLikeTotp(code)) {
    return async (tx) => {
      const row = await lockTotp(tx, person.id);
      if (row === undefined || !row.confirmed) return undefined;
      const secret = await deps.vault.open(tx, totpPlace(row.id, row.sealed_version), row.sealed, call);
      const step = acceptedStep(secret, code, deps.clock.now(), row.last_step);
      if (step === undefined) return undefined;
      await setLastStep(tx, row.id, step);
      return 'totp';
    };
  }
  const recovery = readRecoveryCode(code);
  if (recovery === undefined) return async () => undefined;
  const hash = await deps.hasher.recoveryCode(person.id, recovery);
  return async (tx) => ((await useRecoveryCode(tx, person.id, hash)) ? 'recovery' : undefined);
}
