import { type AddressInfo, createServer } from 'node:net';
import { type ConnectionSettings, type Credential, contract } from '@sallyport/contract';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, type TestClient, testApp } from '../../../test/app.ts';
import { type CustomerDatabase, customerPostgres } from '../../../test/engines.ts';

const { sources } = contract;
const CANARY = 'canary-7f3a9c-secret';

let app: TestApp;
let customer: CustomerDatabase;
let other: TestClient;
let settings: ConnectionSettings;
let credential: Credential;

beforeAll(async () => {
  [app, customer] = await Promise.all([testApp(EGRESS), customerPostgres(15)]);
  other = await app.otherOrganization();
  settings = {
    engine: 'postgres',
    host: customer.host,
    port: customer.port,
    database: customer.database,
    tls: 'off',
  };
  credential = { kind: 'password', user: customer.user, password: customer.password };
});
afterAll(async () => {
  await app?.stop();
  await customer?.close();
});

/** No network is reached by the tests: these are refused before. */
const EGRESS = { SALLYPORT_EGRESS_ALLOW: '127.0.0.0/8', SALLYPORT_EGRESS_DENY: '10.66.0.0/16' };

const connect = (name: string, given: { settings?: ConnectionSettings; credential?: Credential } = {}) =>
  app.owner.ok(sources.connectSource, {
    body: {
      name,
      environments: [
        {
          environment: 'development',
          settings: given.settings ?? settings,
          credential: given.credential ?? credential,
        },
      ],
    },
  });
const at = (id: string) => ({ id, environment: 'development' as const });

async function inDatabase<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: app.ownerUrl });
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Every row of every table, as text. */
async function wholeDatabase(): Promise<string> {
  const tables = await inDatabase<{ name: string }>(
    "select quote_ident(relname) as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
  );
  const parts = await Promise.all(
    tables.map(({ name }) =>
      inDatabase<{ text: string | null }>(`select string_agg(t::text, ' ') as text from ${name} t`),
    ),
  );
  return parts.map((rows) => rows[0]?.text ?? '').join('\n');
}

it('sources connected at one time under one name each get a name for queries', async () => {
  const made = await Promise.all(Array.from({ length: 6 }, () => connect('At once')));
  expect(new Set(made.map((source) => source.slug)).size).toBe(made.length);
});

it('S8 tests of one person come in turn, and beyond a few that wait are refused', async () => {
  const source = await connect('Turns');
  const one = (client: TestClient) => client.call(sources.testSource, { params: at(source.id) });
  const [tester, another] = [await app.person('builder'), await app.person('builder')];
  const [answers, others] = await Promise.all([
    Promise.all(Array.from({ length: 40 }, () => one(tester))),
    one(another),
  ]);
  expect(others.status).toBe(200);
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.length).toBeGreaterThan(0);
  expect(new Set(refused.map(({ problem }) => problem?.code))).toEqual(new Set(['source_tests_busy']));
  expect(answers.length - refused.length).toBeGreaterThanOrEqual(15);
});

describe('S1 a credential never comes back', () => {
  it('is in no answer, log line or table in clear', async () => {
    const source = await connect('Canary', {
      credential: { kind: 'password', user: 'someone', password: CANARY },
    });
    const answers = [
      await app.owner.call(sources.getSource, { params: { id: source.id } }),
      await app.owner.call(sources.listSources),
      await app.owner.call(sources.testSource, { params: at(source.id) }),
      await app.owner.call(contract.audit.listAuditRecords, {}),
      await app.owner.call(contract.audit.exportAudit, {}),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain(CANARY);
    }
    expect(app.log()).not.toContain(CANARY);
    expect(await wholeDatabase()).not.toContain(CANARY);
  });
  it('the search would find it, were it there', async () => {
    await connect(`Name with ${CANARY}`);
    expect(await wholeDatabase()).toContain(CANARY);
  });
});

describe('S2 a credential is bound to its address', () => {
  it('another port or host voids it, on the record', async () => {
    const source = await connect('Moves');
    const moved = await app.owner.ok(sources.setSourceEnvironment, {
      params: at(source.id),
      body: { settings: { ...settings, host: 'localhost' } as ConnectionSettings },
    });
    expect(moved.environments[0]?.credential).toBeNull();
    expect(moved.environments[0]?.status).toBe('no-credential');
    const test = await app.owner.call(sources.testSource, { params: at(source.id) });
    expect(test.problem?.code).toBe('source_credential_missing');
    const [record] = (
      await app.owner.ok(contract.audit.listAuditRecords, { query: { event: 'sources.settings_changed' } })
    ).items;
    expect(record?.policies).toEqual(['role.owner']);
    expect(record?.data).toMatchObject({
      credentialVoided: true,
      before: `postgres://127.0.0.1:${customer.port}`,
    });
  });
  it('one that was given for another address, or safer TLS, than stands there by now is not sealed', async () => {
    const source = await connect('Raced');
    const seal = (given: ConnectionSettings) =>
      app.owner.call(sources.setCredential, { params: at(source.id), body: { credential, settings: given } });
    const shown = source.environments[0]!.settings;
    for (const meant of [{ host: 'localhost' }, { port: 1 }, { tls: 'verify' }]) {
      const answer = await seal({ ...settings, ...meant } as ConnectionSettings);
      expect(answer.problem?.code).toBe('source_address_changed');
    }
    expect((await seal(shown)).body.environments[0]?.credential?.version).toBe(2);
  });
  it('another database on the same server keeps it', async () => {
    const source = await connect('Stays');
    const same = await app.owner.ok(sources.setSourceEnvironment, {
      params: at(source.id),
      body: { settings: { ...settings, database: 'postgres' } as ConnectionSettings },
    });
    expect(same.environments[0]?.credential).not.toBeNull();
  });
  it('is not given out to a row whose address was altered in the database', async () => {
    const source = await connect('Altered');
    await inDatabase(
      `update source_environments set settings = settings || '{"port": 1}' where source_id = $1`,
      [source.id],
    );
    const test = await app.owner.call(sources.testSource, { params: at(source.id) });
    expect(test.problem?.code).toBe('source_credential_missing');
  });
  it('does not open in the place of another source, nor as an older version', async () => {
    const [one, two] = [await connect('One'), await connect('Two')];
    await inDatabase(
      'update source_environments set credential = (select credential from source_environments where source_id = $1) where source_id = $2',
      [one.id, two.id],
    );
    expect((await app.owner.call(sources.testSource, { params: at(two.id) })).problem?.code).toBe(
      'sealed_value_damaged',
    );
    await app.owner.ok(sources.setSourceEnvironment, {
      params: { id: one.id, environment: 'production' },
      body: { settings },
    });
    // Neither in another environment of its own source, which may be another server.
    await inDatabase(
      `update source_environments set (credential, credential_version, credential_kind, credential_origin, credential_set_at, credential_set_by) =
         (select credential, credential_version, credential_kind, credential_origin, credential_set_at, credential_set_by
          from source_environments where source_id = $1 and environment = 'development')
       where source_id = $1 and environment = 'production'`,
      [one.id],
    );
    const there = { id: one.id, environment: 'production' as const };
    expect((await app.owner.call(sources.testSource, { params: there })).problem?.code).toBe(
      'sealed_value_damaged',
    );
    await app.owner.ok(sources.removeSourceEnvironment, { params: there });
    const [before] = await inDatabase<{ credential: string }>(
      'select credential from source_environments where source_id = $1',
      [one.id],
    );
    await app.owner.ok(sources.setCredential, { params: at(one.id), body: { credential } });
    expect((await app.owner.ok(sources.testSource, { params: at(one.id) })).status).toBe('healthy');
    await inDatabase('update source_environments set credential = $2 where source_id = $1', [
      one.id,
      before?.credential,
    ]);
    expect((await app.owner.call(sources.testSource, { params: at(one.id) })).problem?.code).toBe(
      'sealed_value_damaged',
    );
    const failed = await app.owner.ok(contract.audit.listAuditRecords, {
      query: { event: 'vault.open_failed' },
    });
    expect(failed.items.length).toBeGreaterThanOrEqual(2);
  });
});

it('S3 every node is told of each change, whatever it is', async () => {
  const client = new pg.Client({ connectionString: app.ownerUrl });
  const told: (string | undefined)[] = [];
  client.on('notification', ({ payload }) => told.push(payload));
  await client.connect();
  await client.query('listen sources_changed');
  const { id } = await connect('Told');
  const params = { id, environment: 'production' as const };
  const elsewhere = { ...settings, database: 'postgres' } as ConnectionSettings;
  const set = (given: ConnectionSettings) =>
    app.owner.ok(sources.setSourceEnvironment, { params, body: { settings: given } });
  const changes: Record<string, () => Promise<unknown>> = {
    'an environment': () => set(settings),
    'an address': () => set(elsewhere),
    'a credential': () => app.owner.ok(sources.setCredential, { params, body: { credential } }),
    'no environment': () => app.owner.ok(sources.removeSourceEnvironment, { params }),
    'a pause': () => app.owner.ok(sources.changeSource, { params: { id }, body: { paused: true } }),
    'no source': () => app.owner.ok(sources.removeSource, { params: { id } }),
  };
  try {
    for (const [what, change] of Object.entries(changes)) {
      told.length = 0;
      await change();
      // What was told before comes with an answer.
      await client.query('select 1');
      expect(told, what).toEqual([`${app.owner.me?.organization.id} ${id}`]);
    }
  } finally {
    await client.end();
  }
});

it('S3 an environment that is removed is gone with its credential; of the last two, one stays', async () => {
  const { id } = await connect('Shrinking');
  const remove = (environment: 'development' | 'production') =>
    app.owner.call(sources.removeSourceEnvironment, { params: { id, environment } });
  for (let round = 0; round < 8; round++) {
    for (const environment of ['development', 'production'] as const)
      await app.owner.ok(sources.setSourceEnvironment, {
        params: { id, environment },
        body: { settings },
      });
    const removed = await Promise.all([remove('production'), remove('development')]);
    expect(removed.map(({ status }) => status).sort()).toEqual([200, 409]);
    const left = (await app.owner.ok(sources.getSource, { params: { id } })).environments;
    expect(left).toHaveLength(1);
    const gone = left[0]?.environment === 'production' ? 'development' : 'production';
    expect(await inDatabase(`select from source_environments where source_id = $1`, [id])).toHaveLength(1);
    expect((await remove(gone)).problem?.code).toBe('source_environment_not_found');
  }
});

it('a change is of that source alone, and a removed one is gone with what is sealed for it', async () => {
  const [one, beside] = [await connect('One'), await connect('Beside')];
  const read = (id: string) => app.owner.call(sources.getSource, { params: { id } });
  const before = (await read(beside.id)).body;
  const change = { name: 'Renamed', mode: 'read-write', paused: true } as const;
  await app.owner.ok(sources.changeSource, { params: { id: one.id }, body: change });
  expect((await read(one.id)).body).toMatchObject(change);
  await app.owner.ok(sources.changeSource, { params: { id: one.id }, body: { paused: false } });
  expect((await read(one.id)).body).toMatchObject({ ...change, paused: false });
  expect((await read(beside.id)).body).toEqual(before);

  await app.owner.ok(sources.removeSource, { params: { id: one.id } });
  expect((await read(one.id)).problem?.code).toBe('source_not_found');
  expect((await read(beside.id)).body).toEqual(before);
  expect(await inDatabase('select from source_environments where source_id = $1', [one.id])).toEqual([]);
});

it('an address, a credential and a status are of that environment alone', async () => {
  const [one, beside] = [await connect('Two places'), await connect('Another')];
  const environments = async () =>
    Object.fromEntries(
      (await app.owner.ok(sources.listSources)).items
        .filter(({ id }) => [one.id, beside.id].includes(id))
        .flatMap(({ id, environments }) =>
          environments.map((at) => [`${id === one.id ? 'one' : 'beside'} ${at.environment}`, at]),
        ),
    );
  const production = { id: one.id, environment: 'production' as const };
  const set = (database: string) =>
    app.owner.ok(sources.setSourceEnvironment, {
      params: production,
      body: { settings: { ...settings, database } as ConnectionSettings },
    });
  const changes: readonly (() => Promise<unknown>)[] = [
    () => set('postgres'),
    () => app.owner.ok(sources.setCredential, { params: production, body: { credential } }),
    () => app.owner.ok(sources.testSource, { params: production }),
    () => set(customer.database),
  ];
  await set(customer.database);
  for (const change of changes) {
    const { 'one production': before, ...others } = await environments();
    await change();
    const { 'one production': after, ...still } = await environments();
    expect(still).toEqual(others);
    expect(after).not.toEqual(before);
  }
});

it('S6 what a test found of an address that is another by now is not its status', async () => {
  const reached = Promise.withResolvers<() => void>();
  const silent = createServer((socket) => {
    socket.on('error', () => undefined);
    reached.resolve(() => socket.destroy());
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const here = { ...settings, port } as ConnectionSettings;
  const { id } = await connect('Silent', { settings: here });
  const testing = app.owner.call(sources.testSource, { params: at(id) });
  const end = await reached.promise;
  const elsewhere = { ...here, database: 'postgres' } as ConnectionSettings;
  await app.owner.ok(sources.setSourceEnvironment, { params: at(id), body: { settings: elsewhere } });
  end();
  expect((await testing).status).toBe(200);
  const { environments } = await app.owner.ok(sources.getSource, { params: { id } });
  expect(environments).toMatchObject([{ status: 'untested', lastError: null }]);
  silent.close();
});

describe('S4 another organization’s source is not there', () => {
  it('has the same answer as an unknown id, for every operation', async () => {
    const { id } = await connect('Ours');
    const unknown = '00000000-0000-4000-8000-000000000000';
    const tries = (which: string) => [
      other.call(sources.getSource, { params: { id: which } }),
      other.call(sources.changeSource, { params: { id: which }, body: { paused: true } }),
      other.call(sources.removeSource, { params: { id: which } }),
      other.call(sources.setCredential, { params: at(which), body: { credential } }),
      other.call(sources.setSourceEnvironment, { params: at(which), body: { settings } }),
      other.call(sources.testSource, { params: at(which) }),
      other.call(contract.catalog.getCatalog, { params: at(which) }),
    ];
    const [foreign, missing] = [await Promise.all(tries(id)), await Promise.all(tries(unknown))];
    foreign.forEach((answer, i) => {
      const { requestId: _, ...problem } = answer.problem ?? { requestId: '' };
      const { requestId: __, ...expected } = missing[i]?.problem ?? { requestId: '' };
      expect(problem).toEqual(expected);
      expect(answer.status).toBe(404);
    });
    expect((await other.ok(sources.listSources)).items).toEqual([]);
    expect((await app.owner.ok(sources.getSource, { params: { id } })).paused).toBe(false);
  });
});

describe('S6 a test says what it found', () => {
  it('asks the guard by what configuration says', async () => {
    const rule = async (host: string) =>
      (
        await app.owner.ok(sources.tryConnection, {
          body: { mode: 'read', settings: { ...settings, host, port: 1 } as ConnectionSettings, credential },
        })
      ).egress?.rule;
    expect(await rule('10.66.0.1')).toBe('E3 denied-by-configuration');
    expect(await rule('10.67.0.1')).toBe('E5 private-refused-by-configuration');
    expect(await rule('127.0.0.1')).toBe('E4 loopback-allowed-by-configuration');
  });
  it('reads version, privileges and the rule of the guard', async () => {
    const source = await connect('Healthy');
    const found = await app.owner.ok(sources.testSource, { params: at(source.id) });
    expect(found).toMatchObject({
      status: 'healthy',
      serverVersion: expect.stringContaining('PostgreSQL 15'),
      egress: { allowed: true },
      lastError: null,
    });
    expect(found.privileges?.role).toBe(customer.user);
  });
  it('keeps what went wrong, and says what to do about it', async () => {
    const source = await connect('Away', { settings: { ...settings, port: 1 } as ConnectionSettings });
    await app.owner.ok(sources.testSource, { params: at(source.id) });
    const { environments } = await app.owner.ok(sources.getSource, { params: { id: source.id } });
    expect(environments[0]).toMatchObject({
      status: 'failing',
      lastError: { code: 'source_unreachable', next: expect.stringMatching(/^Check the host and port/) },
    });
  });
  it.each([
    [
      'a wrong password',
      { credential: { kind: 'password', user: 'nobody', password: 'wrong' } },
      'source_credential_rejected',
    ],
    ['nothing there', { settings: { port: 1 } }, 'source_unreachable'],
    ['the metadata service', { settings: { host: '169.254.169.254', port: 80 } }, 'egress_refused'],
    [
      'an encoding of loopback that is not an address',
      { settings: { host: '2130706433', port: 1 } },
      'source_unreachable',
    ],
  ] as const)('%s is an answer, not a fault', async (_what, given, code) => {
    const tried = await app.owner.ok(sources.tryConnection, {
      body: {
        settings: { ...settings, ...('settings' in given ? given.settings : {}) } as ConnectionSettings,
        credential: ('credential' in given ? given.credential : credential) as Credential,
      },
    });
    expect(tried).toMatchObject({ ok: false, error: { code } });
  });
  it('Sallyport’s own database is refused', async () => {
    const own = new URL(app.ownerUrl);
    const tried = await app.owner.ok(sources.tryConnection, {
      body: {
        settings: { ...settings, host: own.hostname, port: Number(own.port) } as ConnectionSettings,
        credential,
      },
    });
    expect(tried).toMatchObject({ ok: false, error: { code: 'egress_refused' }, egress: { allowed: false } });
  });
});

describe('S5 weakened TLS', () => {
  it('is seen by who lists the sources, and is on the record when it comes and when it stays', async () => {
    const source = await connect('Bare');
    const tlsOf = (rows: typeof source) => rows.environments.map((one) => one.settings.tls);
    expect(tlsOf(source)).toEqual(['off']);
    await app.owner.ok(sources.setSourceEnvironment, {
      params: at(source.id),
      body: { settings: { ...settings, tls: 'encrypt' } as ConnectionSettings },
    });
    const { items } = await app.owner.ok(sources.listSources);
    expect(items.filter((one) => one.id === source.id).map(tlsOf)).toEqual([['encrypt']]);
    const records = await inDatabase<{ leaf: string }>(
      'select leaf from audit_records where target_id = $1 order by id',
      [source.id],
    );
    expect(records.map(({ leaf }) => JSON.parse(leaf).data.tls)).toEqual([{ development: 'off' }, 'encrypt']);
  });
});

describe('what does not fit is refused', () => {
  it('an engine that changes, a credential of another engine, an environment twice, the last environment', async () => {
    const source = await connect('Fixed');
    const rest: ConnectionSettings = {
      engine: 'rest',
      baseUrl: 'https://api.example.com',
      tls: 'verify',
      headers: [],
      testPath: '/',
    };
    expect(
      (
        await app.owner.call(sources.setSourceEnvironment, {
          params: at(source.id),
          body: { settings: rest },
        })
      ).problem,
    ).toMatchObject({ code: 'source_engine_fixed', places: [{ path: 'settings.engine' }] });
    expect(
      (
        await app.owner.call(sources.setCredential, {
          params: at(source.id),
          body: { credential: { kind: 'bearer', token: 'x' } },
        })
      ).problem?.code,
    ).toBe('source_credential_unfit');
    const twice = { environment: 'development' as const, settings, credential };
    expect(
      (await app.owner.call(sources.connectSource, { body: { name: 'Twice', environments: [twice, twice] } }))
        .problem,
    ).toMatchObject({
      code: 'source_environment_repeated',
      places: [{ path: 'environments.1.environment' }],
    });
    // Of several, which one.
    for (const [path, wrong] of [
      ['environments.1.settings.engine', { settings: rest, credential: { kind: 'none' as const } }],
      ['environments.1.settings.host', { settings: { ...settings, host: 'a host' } }],
      ['environments.1.credential.kind', { credential: { kind: 'none' as const } }],
    ] as const) {
      const environments = [twice, { ...twice, environment: 'production' as const, ...wrong }];
      const refused = await app.owner.call(sources.connectSource, { body: { name: 'Two', environments } });
      expect(refused.problem?.places?.map((place) => place.path)).toEqual([path]);
    }
    expect(
      (await app.owner.call(sources.removeSourceEnvironment, { params: at(source.id) })).problem?.code,
    ).toBe('source_in_use');
  });
  it('settings and credentials that cannot be used, whichever way they come', async () => {
    const source = await connect('Asserted');
    const bad = { ...settings, host: 'postgres://elsewhere' };
    const bearer: Credential = { kind: 'bearer', token: 'x' };
    const body = { mode: 'read' as const, settings, credential };
    const answers = [
      await app.owner.call(sources.connectSource, {
        body: { name: 'Bad', environments: [{ environment: 'development', settings: bad, credential }] },
      }),
      await app.owner.call(sources.setSourceEnvironment, { params: at(source.id), body: { settings: bad } }),
      await app.owner.call(sources.tryConnection, { body: { ...body, settings: bad } }),
      await app.owner.call(sources.tryConnection, { body: { ...body, credential: bearer } }),
    ];
    expect(answers.map(({ problem }) => problem?.code)).toEqual([
      'source_settings_unfit',
      'source_settings_unfit',
      'source_settings_unfit',
      'source_credential_unfit',
    ]);
  });
  it('a creation with one key is made once', async () => {
    const body = {
      name: 'Once',
      environments: [{ environment: 'development' as const, settings, credential }],
    };
    const headers = { 'idempotency-key': 'a-key-for-once' };
    const [first, second] = [
      await app.owner.ok(sources.connectSource, { body, headers }),
      await app.owner.ok(sources.connectSource, { body, headers }),
    ];
    expect(second).toEqual(first);
    expect((await app.owner.ok(sources.listSources)).items.filter((one) => one.name === 'Once')).toHaveLength(
      1,
    );
    expect(
      (await app.owner.call(sources.connectSource, { body: { ...body, name: 'Changed' }, headers })).problem
        ?.code,
    ).toBe('idempotency_key_reused');
  });
});
