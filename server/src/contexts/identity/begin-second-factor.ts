import type { Call } from '../../kernel/call.ts';
import { newId } from '../../kernel/ids.ts';
import type { Secret } from '../../kernel/secret.ts';
import { sql } from '../../platform/db/sql.ts';
import { lockEpoch } from './accounts.store.ts';
import { insertTotp, lockTotp } from './credentials.store.ts';
import type { Deps } from './deps.ts';
import type { ProofDeps } from './proof.ts';
import { provingAgain } from './prove-again.ts';
import { refuse } from './refusals.ts';
import { totpPlace } from './second-factor.ts';
import { newTotpSecret, totpUri } from './totp.ts';

/** Gives a secret that counts only once confirmed; beginning again voids the one before. */
export async function beginSecondFactor(
  deps: ProofDeps & Pick<Deps, 'audit'>,
  call: Call,
  input: { password: string },
): Promise<{ secret: Secret; uri: string }> {
  return provingAgain(deps, call, input, async (tx, account) => {
    await lockEpoch(tx, account.id);
    const before = await lockTotp(tx, account.id);
    if (before?.confirmed) throw refuse('second_factor_exists');
    if (before !== undefined) await tx.run(sql`delete from credentials where id = ${before.id}`);
    const secret = newTotpSecret();
    const id = newId();
    const sealed = await deps.vault.seal(tx, totpPlace(id, 1), secret);
    await insertTotp(tx, { id, person: account.id, sealed });
    await deps.audit.record(tx, call, { event: 'identity.second_factor_started' });
    return { secret, uri: totpUri(secret, account.email) };
  });
}
