import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { AnyCall } from '../../kernel/call.ts';
import { INSTALLATION, newId, type OrganizationId, type PersonId } from '../../kernel/ids.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Tx } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';
import { insertMembership, insertOrganization, insertPerson } from './accounts.store.ts';
import { admitLink, type LinkKind } from './admit-link.ts';
import { setPasswordHash } from './credentials.store.ts';
import type { Deps } from './deps.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import { refuse } from './refusals.ts';
import { tokenHash } from './session.ts';

const WHY = 'set-up comes before any organization';

const LINK: LinkKind = {
  why: WHY,
  refused: 'identity.setup_refused',
  invalid: () => refuse('setup_link_invalid'),
};

interface SetupRow {
  readonly token_hash: Buffer | null;
  readonly done: boolean;
}

/** Makes a new set-up token, which voids the one before; null once the installation has its owner. */
export async function newSetupToken(deps: Pick<Deps, 'db'>): Promise<Secret | null> {
  const token = new Secret(randomBytes(32).toString('base64url'));
  return deps.db.system(WHY, async (tx) => {
    if ((await lockSetup(tx)).done) return null;
    await tx.run(sql`update setup set token_hash = ${tokenHash(token.reveal())}`);
    return token;
  });
}

export async function isSetupNeeded(deps: Pick<Deps, 'db'>): Promise<boolean> {
  return deps.db.system(WHY, async (tx) => !(await readSetup(tx))?.done);
}

/** I9: of two who hold the link, one becomes the owner; the other is told that it is done. */
export async function completeSetup(
  deps: Pick<Deps, 'db' | 'audit' | 'clock' | 'limits' | 'hasher' | 'passwords'>,
  call: AnyCall,
  input: { token: string; organization: string; name: string; email: string; password: string },
): Promise<OpenedSession> {
  const password = new Secret(input.password);
  // First the token, so that a stranger cannot make us hash.
  await admitLink(deps, call, LINK, async (tx) => isOpen(await readSetup(tx), input.token) || undefined);
  await deps.passwords.assertStrong(password, input, 'password');
  const hash = await deps.hasher.hash(password);
  return deps.db.system(WHY, async (tx) => {
    if (!isOpen(await lockSetup(tx), input.token)) throw LINK.invalid();
    const now = deps.clock.now();
    const organizationId = newId<OrganizationId>(now);
    const person = { id: newId<PersonId>(now), email: input.email, name: input.name, epoch: 1 };
    await insertOrganization(tx, organizationId, input.organization);
    await insertPerson(tx, person);
    await insertMembership(tx, { organizationId, personId: person.id, role: 'owner', groups: [] });
    await setPasswordHash(tx, person.id, hash);
    await tx.run(
      sql`update setup set token_hash = null, completed_at = now(), operator_id = ${organizationId}`,
    );
    const opened = await openSession(deps, tx, call, { person, organizationId });
    const entry = {
      event: 'identity.owner_created',
      target: { kind: 'person', id: person.id, name: person.email },
    };
    await deps.audit.record(tx, opened.call, entry);
    await deps.audit.record(tx, opened.call, { ...entry, organization: INSTALLATION });
    return opened;
  });
}

function isOpen(row: SetupRow | undefined, token: string): boolean {
  if (row?.done) throw refuse('setup_done');
  return row?.token_hash != null && timingSafeEqual(row.token_hash, tokenHash(token));
}

// An organization that exists counts as set up, whatever became of the row.
const SELECT = sql`
  select token_hash, completed_at is not null or exists (select from organizations) as done from setup`;

function readSetup(tx: Tx): Promise<SetupRow | undefined> {
  return tx.maybe<SetupRow>(SELECT);
}

async function lockSetup(tx: Tx): Promise<SetupRow> {
  await tx.run(sql`insert into setup (singleton) values (true) on conflict do nothing`);
  await tx.many(sql`select 1 from setup for update`);
  return tx.one<SetupRow>(SELECT);
}
