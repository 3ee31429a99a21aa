import type { Role } from '../../kernel/actor.ts';
import type { AnyCall } from '../../kernel/call.ts';
import { newId, type PersonId } from '../../kernel/ids.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Tx } from '../../platform/db/db.ts';
import { insertMembership, insertPerson } from './accounts.store.ts';
import { admitLink, type LinkKind } from './admit-link.ts';
import { setPasswordHash } from './credentials.store.ts';
import type { Deps } from './deps.ts';
import { findByToken, markAccepted, type TokenInvitation } from './invitations.store.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import { withProof } from './proof.ts';
import { refuse } from './refusals.ts';
import { mayLookAfter } from './roles.ts';
import { tokenHash } from './session.ts';
import { recordingFailure, type SignInDeps } from './sign-in.ts';

const WHY = 'whoever holds an invitation is in no organization yet';

const LINK: LinkKind = {
  why: WHY,
  refused: 'identity.invitation_refused',
  invalid: () => refuse('invitation_invalid'),
};

export async function readInvitation(
  deps: Pick<Deps, 'db' | 'audit' | 'clock'>,
  call: AnyCall,
  token: string,
): Promise<{ email: string; organization: string; role: Role; accountExists: boolean }> {
  const { email, organization, role, account_exists } = await admitLink(deps, call, LINK, (tx) =>
    find(deps, tx, token, false),
  );
  return { email, organization, role, accountExists: account_exists };
}

/** A new person chooses a password; a known one proves to be the one who was invited, as at any sign-in. */
export async function acceptInvitation(
  deps: SignInDeps & Pick<Deps, 'passwords'>,
  call: AnyCall,
  input: { token: string; name?: string | undefined; password: string; secondFactor?: string | undefined },
): Promise<OpenedSession> {
  const invitation = await admitLink(deps, call, LINK, (tx) => find(deps, tx, input.token, false));
  const password = new Secret(input.password);
  if (invitation.account_exists) {
    const claim = {
      who: { email: invitation.email },
      password,
      secondFactor: input.secondFactor === '' ? undefined : input.secondFactor,
      askSecondFactor: 'when-set',
    } as const;
    return recordingFailure(deps, call, invitation.email, () =>
      withProof(deps, call, claim, (tx, account) => join(deps, tx, call, input.token, account)),
    );
  }
  if (input.name === undefined)
    throw refuse('name_required', { places: [{ path: 'name', message: 'Missing.' }] });
  const person = {
    id: newId<PersonId>(deps.clock.now()),
    email: invitation.email,
    name: input.name,
    epoch: 1,
  };
  await deps.passwords.assertStrong(
    password,
    { ...person, organization: invitation.organization },
    'password',
  );
  const hash = await deps.hasher.hash(password);
  return deps.db.system(WHY, async (tx) => {
    // Somebody of this address came into being since: the invitation stands, and now asks for their password.
    if (!(await insertPerson(tx, person))) throw refuse('sign_in_failed');
    await setPasswordHash(tx, person.id, hash);
    return join(deps, tx, call, input.token, person);
  });
}

async function join(
  deps: SignInDeps,
  tx: Tx,
  call: AnyCall,
  token: string,
  person: { readonly id: PersonId; readonly email: string; readonly name: string; readonly epoch: number },
): Promise<OpenedSession> {
  const invitation = await find(deps, tx, token, true);
  if (invitation?.email !== person.email) throw refuse('invitation_invalid');
  const { organization_id: organizationId, role, groups } = invitation;
  const joined = await insertMembership(tx, { organizationId, personId: person.id, role, groups });
  if (!joined) throw refuse('already_member');
  await markAccepted(tx, invitation.id);
  const opened = await openSession(deps, tx, call, { person, organizationId });
  await deps.audit.record(tx, opened.call, {
    event: 'identity.invitation_accepted',
    target: { kind: 'invitation', id: invitation.id, name: invitation.email },
    data: { role },
  });
  return opened;
}

/** I10 holds at the end too: who may invite nobody any more, or no longer to this role, has nobody come in. */
async function find(
  deps: Pick<Deps, 'clock'>,
  tx: Tx,
  token: string,
  lock: boolean,
): Promise<TokenInvitation | undefined> {
  const found = await findByToken(tx, tokenHash(token), deps.clock.now(), lock);
  return found !== undefined && mayLookAfter(found.inviter_role, found.role) ? found : undefined;
}
