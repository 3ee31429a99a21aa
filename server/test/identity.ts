import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { events as auditEvents, createAudit } from '../src/contexts/audit/index.ts';
import { createIdentity, events, type Identity, type SignedIn } from '../src/contexts/identity/index.ts';
import { createPasswordHasher, type PasswordHasher } from '../src/contexts/identity/password-hash.ts';
import { createVault, localRootKey, events as vaultEvents } from '../src/contexts/vault/index.ts';
import type { AnyCall } from '../src/kernel/call.ts';
import { newId, type PersonId } from '../src/kernel/ids.ts';
import { Secret } from '../src/kernel/secret.ts';
import { type Notifications, openNotifications } from '../src/platform/db/notifications.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { asAdmin } from './postgres-server.ts';

export const PASSWORD = 'seven purple lanterns drift';

/** Several nodes over one database, with a clock that a test can move. */
export interface IdentityFixture {
  readonly database: TestDatabase;
  readonly clock: { now(): number; forward(ms: number): void };
  /** A node: its own connections, caches and buffers. */
  node(hasher?: PasswordHasher): Promise<Identity & { readonly notifications: Notifications }>;
  /** The first owner: Ada of Acme, `ada@example.com`, with `PASSWORD`. */
  setUp(identity: Identity): Promise<SignedIn>;
  rows<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  /** Makes a member by invitation; answers their sign-in. */
  join(
    by: { readonly identity: Identity; readonly owner: SignedIn },
    role: 'owner' | 'admin' | 'builder' | 'member',
    email?: string,
  ): Promise<SignedIn & { readonly email: string; readonly id: PersonId }>;
  close(): Promise<void>;
}

export function call(address = '203.0.113.7'): AnyCall {
  return {
    actor: { kind: 'anonymous' },
    requestId: newId(),
    address,
    device: 'Firefox 140 on Linux',
    decided: new Set(),
    recorded: new Map(),
  };
}

/** The code of what was refused; `none` when nothing was. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: { code?: string }) => error.code ?? String(error),
  );

/** A hasher whose verdict on a password waits, once it is known (`proven`), until `goOn`. */
export async function holdingHasher() {
  const hasher = await createPasswordHasher();
  const known = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const verify: PasswordHasher['verify'] = async (...given) => {
    const verdict = await hasher.verify(...given);
    known.resolve();
    await held.promise;
    return verdict;
  };
  return { hasher: { ...hasher, verify }, proven: known.promise, goOn: () => held.resolve() };
}

export async function identityFixture(): Promise<IdentityFixture> {
  const database = await testDatabase();
  const root = localRootKey(new Secret(randomBytes(32)));
  const audit = createAudit({
    db: database.db,
    connection: database.systemConfig,
    events: { ...auditEvents, ...events, ...vaultEvents },
  });
  const vault = await createVault({ db: database.db, root, audit });
  // It stands still unless moved: a slow machine must not make a test wait out its own throttle.
  let now = Date.now();
  const clock = {
    now: () => now,
    forward: (ms: number) => {
      now += ms;
    },
  };
  const nodes: Array<{ identity: Identity; notifications: Notifications }> = [];
  let emails = 0;
  return {
    database,
    clock,
    node: async (hasher) => {
      const config = {
        ...database.systemConfig,
        application_name: `listener-${nodes.length}`,
      } as pg.ClientConfig;
      const notifications = await openNotifications(config, { warn: () => undefined, info: () => undefined });
      const identity = await createIdentity({
        db: database.db,
        audit,
        vault,
        notifications,
        clock,
        baseUrl: 'https://tools.example.com',
        permissionsOf: () => [],
        ...(hasher && { hasher }),
      });
      nodes.push({ identity, notifications });
      return Object.assign(identity, { notifications });
    },
    setUp: async (identity) => {
      const token = (await identity.setupToken())?.reveal() ?? '';
      const ada = { organization: 'Acme', name: 'Ada', email: 'ada@example.com', password: PASSWORD };
      return identity.completeSetup(call(), { token, ...ada });
    },
    rows: (text, values) =>
      asAdmin(database.ownerUrl, async (client) => (await client.query(text, values)).rows),
    join: async ({ identity, owner }, role, email = `person${++emails}@example.com`) => {
      const { link } = await identity.invite(owner.opened.call, { email, role, groups: [] });
      const token = new URL(link.reveal()).searchParams.get('token') ?? '';
      const joined = await identity.acceptInvitation(call(), {
        token,
        name: `Person ${emails}`,
        password: PASSWORD,
      });
      return { ...joined, email, id: joined.opened.actor.personId };
    },
    close: async () => {
      for (const { identity, notifications } of nodes) {
        await identity.close();
        await notifications.close();
      }
      await audit.close();
      await database.close();
    },
  };
}
