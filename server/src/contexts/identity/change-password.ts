import type { Call } from '../../kernel/call.ts';
import { Secret } from '../../kernel/secret.ts';
import { lockEpoch } from './accounts.store.ts';
import { setPasswordHash } from './credentials.store.ts';
import type { Deps } from './deps.ts';
import { endOtherSessions } from './end-sessions.ts';
import { organizationName } from './organization.ts';
import type { ProofDeps } from './proof.ts';
import { provingAgain } from './prove-again.ts';
import { refuse } from './refusals.ts';

export async function changePassword(
  deps: ProofDeps & Pick<Deps, 'audit' | 'passwords'>,
  call: Call,
  input: { current: string; next: string },
): Promise<void> {
  const { actor } = call;
  const next = new Secret(input.next);
  const organization = await organizationName(deps, actor.organizationId);
  await deps.passwords.assertStrong(next, { email: actor.email, name: actor.name, organization }, 'next');
  const hash = await deps.hasher.hash(next);
  await provingAgain(deps, call, { password: input.current }, async (tx, account) => {
    // Of two changes at once the second proved a password that is no more.
    if ((await lockEpoch(tx, account.id)) !== account.epoch) throw refuse('password_wrong');
    await setPasswordHash(tx, account.id, hash);
    const sessions = await endOtherSessions(tx, account.id, actor.sessionId);
    await deps.audit.record(tx, call, { event: 'identity.password_changed', data: { sessions } });
  });
}
