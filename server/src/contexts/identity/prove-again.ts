import type { Call } from '../../kernel/call.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Tx } from '../../platform/db/db.ts';
import type { Account } from './people.table.ts';
import { type ProofDeps, withProof } from './proof.ts';
import { ProofFailed } from './proof-failed.ts';
import { refuse } from './refusals.ts';

/**
 * A signed-in person gives the password once more (and a code, when given) before a change of credentials. Failures
 * count like failed sign-ins: a stolen session is no place to guess.
 */
export async function provingAgain<T>(
  deps: ProofDeps,
  call: Call,
  given: { password: string; code?: string },
  work: (tx: Tx, account: Account) => Promise<T>,
): Promise<T> {
  try {
    return await withProof(
      deps,
      call,
      {
        who: { id: call.actor.personId },
        password: new Secret(given.password),
        secondFactor: given.code,
        askSecondFactor: given.code === undefined ? 'never' : 'when-set',
      },
      work,
    );
  } catch (error) {
    if (!(error instanceof ProofFailed)) throw error;
    throw refuse(error.reason === 'second_factor' ? 'code_wrong' : 'password_wrong');
  }
}
