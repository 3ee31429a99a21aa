import { contract } from '@sallyport/contract';
import { INSTALLATION } from '../../src/kernel/ids.ts';
import type { TestApp, TestClient } from '../app.ts';
import { asAdmin } from '../postgres-server.ts';

/** Puts one of each kind of thing into the organization, so that another one has ids to try. */
export async function furnish(app: TestApp, owner: TestClient): Promise<void> {
  await app.person('member', owner);
  await owner.ok(contract.identity.invite, { body: { email: 'waiting@harbor.example', role: 'member' } });
  await owner.ok(contract.identity.createToken, { body: { label: 'of the matrix' } });
  await owner.ok(contract.gateway.setConstant, { params: { name: 'limit' }, body: { value: '5' } });
  await owner.ok(contract.sources.connectSource, {
    body: {
      name: 'Nobody answers there',
      environments: [
        {
          environment: 'production',
          settings: { engine: 'postgres', host: '127.0.0.1', port: 9, database: 'x', tls: 'off' },
          credential: { kind: 'password', user: 'u', password: 'a password of the matrix' },
        },
      ],
    },
  });
  const made = await owner.ok(contract.apps.createApp, { body: { name: 'Of the matrix' } });
  const plan = await owner.ok(contract.apps.planRelease, { params: { id: made.id } });
  await owner.ok(contract.apps.publish, { params: { id: made.id }, body: { hash: plan.hash } });
}

const TENANT_TABLES = `
  select c.relname as name from pg_class c
  join pg_attribute o on o.attrelid = c.oid and o.attname = 'organization_id' and not o.attisdropped
  join pg_attribute i on i.attrelid = c.oid and i.attname = 'id' and i.atttypid = 'uuid'::regtype
  where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`;

/** One id of every tenant table that holds something of the organization, and its other names: people, slugs, hashes. */
export async function idsOf(app: TestApp, organization: string): Promise<ReadonlyMap<string, string>> {
  return asAdmin(app.ownerUrl, async (client) => {
    const ids = new Map<string, string>([['organizations', organization]]);
    const { rows: tables } = await client.query<{ name: string }>(TENANT_TABLES);
    for (const { name } of tables) {
      const { rows } = await client.query<{ id: string }>(
        `select id from ${client.escapeIdentifier(name)} where organization_id = $1 order by id desc limit 1`,
        [organization],
      );
      if (rows[0] !== undefined) ids.set(name, rows[0].id);
    }
    const { rows: members } = await client.query<{ person_id: string }>(
      `select person_id from memberships where organization_id = $1 and role = 'member' limit 1`,
      [organization],
    );
    if (members[0] !== undefined) ids.set('people', members[0].person_id);
    const { rows: released } = await client.query<{ slug: string; hash: string }>(
      `select a.slug, r.hash from apps a join app_releases r on r.app_id = a.id where a.organization_id = $1 limit 1`,
      [organization],
    );
    if (released[0] !== undefined) ids.set('slugs', released[0].slug).set('hashes', released[0].hash);
    // Of no organization: its operators read it, and to everybody else it is as unknown as nobody's.
    const { rows: own } = await client.query<{ id: string }>(
      'select id from audit_records where organization_id = $1 limit 1',
      [INSTALLATION],
    );
    if (own[0] !== undefined) ids.set('installation audit_records', own[0].id);
    return ids;
  });
}
