import type { AnyCall } from '../../kernel/call.ts';
import { INSTALLATION } from '../../kernel/ids.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Deps } from './deps.ts';
import { endSessions } from './end-sessions.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import { withProof } from './proof.ts';
import { ProofFailed } from './proof-failed.ts';
import { refuse } from './refusals.ts';
import { AT_MOST } from './session.ts';
import { unusedSessions } from './sessions.store.ts';
import { addressGroup } from './throttle.ts';

export type SignInDeps = Pick<
  Deps,
  'db' | 'audit' | 'vault' | 'clock' | 'limits' | 'hasher' | 'firstInAWhile'
>;

export async function signIn(
  deps: SignInDeps,
  call: AnyCall,
  input: { email: string; password: string; secondFactor?: string | undefined },
): Promise<OpenedSession> {
  const claim = {
    who: { email: input.email },
    password: new Secret(input.password),
    secondFactor: input.secondFactor,
    askSecondFactor: 'when-set',
  } as const;
  return recordingFailure(deps, call, input.email, () =>
    withProof(deps, call, claim, async (tx, account, used) => {
      if (account.organization_id === null) throw new ProofFailed('turned_off', account);
      const opened = await openSession(deps, tx, call, {
        person: account,
        organizationId: account.organization_id,
      });
      const ended = await endSessions(tx, unusedSessions(opened.actor, AT_MOST));
      await deps.audit.record(tx, opened.call, {
        event: 'identity.signed_in',
        target: { kind: 'person', id: account.id, name: account.email },
        data: { secondFactor: used, ...(ended > 0 && { ended }) },
      });
      return opened;
    }),
  );
}

/** A failed proof is on the record before it is answered: in the log of the person's organization, or of the installation. */
export async function recordingFailure<T>(
  deps: Pick<Deps, 'audit' | 'firstInAWhile'>,
  call: AnyCall,
  email: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal && error.code === 'sign_in_throttled')
      await recordThrottled(deps, call, email, error);
    if (!(error instanceof ProofFailed)) throw error;
    const { person, reason, organization } = error;
    await deps.audit.append(organization, call, {
      event: 'identity.sign_in_refused',
      outcome: 'refused',
      ...(person && { target: { kind: 'person', id: person.id, name: person.email } }),
      data: { reason, email },
    });
    throw answerOf(error);
  }
}

/** Not at every try: a flood that is being refused must not fill the log. Each failure that led here is in it already. */
async function recordThrottled(
  deps: Pick<Deps, 'audit' | 'firstInAWhile'>,
  call: AnyCall,
  email: string,
  refusal: Refusal,
): Promise<void> {
  if (!deps.firstInAWhile(addressGroup(call.address))) return;
  await deps.audit.append(INSTALLATION, call, {
    event: 'identity.sign_in_throttled',
    outcome: 'refused',
    data: { seconds: Number(refusal.extra.retryAfter), email },
  });
}

/** I2: the same answer whether the person, the password or the code is wrong. Only who proved it is told more. */
function answerOf(failed: ProofFailed): Refusal {
  if (failed.reason === 'second_factor_asked') return refuse('second_factor_required');
  return refuse(failed.reason === 'turned_off' ? 'access_turned_off' : 'sign_in_failed');
}
