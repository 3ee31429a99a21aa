import type { Call } from '../../kernel/call.ts';
import { lockEpoch } from './accounts.store.ts';
import { removeTotp } from './credentials.store.ts';
import type { Deps } from './deps.ts';
import { endOtherSessions } from './end-sessions.ts';
import type { ProofDeps } from './proof.ts';
import { provingAgain } from './prove-again.ts';
import { refuse } from './refusals.ts';

export async function removeSecondFactor(
  deps: ProofDeps & Pick<Deps, 'audit'>,
  call: Call,
  input: { password: string; code: string },
): Promise<void> {
  await provingAgain(deps, call, input, async (tx, account) => {
    await lockEpoch(tx, account.id);
    if (!account.second_factor) throw refuse('second_factor_absent');
    await removeTotp(tx, account.id);
    const sessions = await endOtherSessions(tx, account.id, call.actor.sessionId);
    await deps.audit.record(tx, call, { event: 'identity.second_factor_removed', data: { sessions } });
  });
}
