import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contract } from '@sallyport/contract';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TestApp, testApp } from '../../server/test/app.ts';
import { type CustomerDatabase, customerPostgres } from '../../server/test/engines.ts';

const SECRET = 'canary-credential-of-the-source';
let app: TestApp;
let customer: CustomerDatabase;
let token: string;
let folder: string;
let publicKey: string;

/** Runs the real program, as a person would. */
async function sallyport(args: readonly string[], env: Record<string, string> = {}) {
  const bin = fileURLToPath(new URL('../bin/sallyport.mjs', import.meta.url));
  // Without what was compiled before, each of these starts compiles the program anew: half of their time.
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: folder,
    env: { PATH, NODE_COMPILE_CACHE, SALLYPORT_URL: app.url, SALLYPORT_TOKEN: token, ...env },
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  const [code] = await once(child, 'close');
  return { code: code as number, out, err };
}

const tokenOf = async (client: TestApp['owner']) =>
  (await client.ok(contract.identity.createToken, { body: { label: 'cli', days: 1 } })).token;

beforeAll(async () => {
  [app, customer] = await Promise.all([testApp(), customerPostgres(15)]);
  token = await tokenOf(app.owner);
  const { host, port, database, user } = customer;
  await app.owner.ok(contract.sources.connectSource, {
    body: {
      name: 'Shop',
      environments: [
        {
          environment: 'development',
          settings: { engine: 'postgres', host, port, database, tls: 'off' },
          credential: { kind: 'password', user, password: SECRET },
        },
      ],
    },
  });
  ({ publicKey } = await vi.waitFor(
    async () => {
      const read = await app.owner.ok(contract.audit.getCheckpoint);
      expect(read.treeSize).toBeGreaterThan(1);
      return read;
    },
    { timeout: 10_000, interval: 100 },
  ));
}, 60_000);
afterAll(async () => {
  await app?.stop();
  await customer?.close();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-cli-'));
  return () => rm(folder, { recursive: true });
});

describe('audit', () => {
  test('U4 export, then verify offline', async () => {
    expect(await sallyport(['audit', 'export', '--out', 'log.ndjson'])).toMatchObject({ code: 0, err: '' });
    const offline = { SALLYPORT_URL: '', SALLYPORT_TOKEN: '' };
    const verified = await sallyport(['audit', 'verify', 'log.ndjson', '--key', publicKey], offline);
    expect(verified).toMatchObject({ code: 0, err: '' });
    expect(verified.out).toMatch(/^VERIFIED: \d+ records/);
    expect(verified.out).toMatch(/Not proven/);
    expect(await readFile(join(folder, 'log.ndjson'), 'utf8')).not.toContain(SECRET);
    expect(await readdir(folder)).toEqual(['log.ndjson']);
  });
  test('A9 exports the installation’s own log for an operator, and it verifies with its own key', async () => {
    const { publicKey: key } = await app.owner.ok(contract.audit.getInstallationCheckpoint);
    const exported = await sallyport(['audit', 'export', '--installation', '--out', 'own.ndjson']);
    expect(exported).toMatchObject({ code: 0, err: '' });
    const verified = await sallyport(['audit', 'verify', 'own.ndjson', '--key', key]);
    expect(verified).toMatchObject({ code: 0, out: expect.stringMatching(/^VERIFIED: /) });
    // It is sound: of the two, one is not the one that is meant.
    const mixed = await sallyport(['audit', 'verify', 'own.ndjson', '--key', publicKey]);
    expect(mixed.code).toBe(1);
    expect(mixed.out).toMatch(/^NOT VERIFIED\nFirst bad index: 0: .* another log: .*\nCheck that this file/);
    const admin = await tokenOf(await app.person('admin'));
    const refused = await sallyport([
      'audit',
      'export',
      '--installation',
      '--out',
      'no.ndjson',
      '--token',
      admin,
    ]);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('permission_denied') });
  });
  test('U4 names the first bad index of an altered file, and fails', async () => {
    await sallyport(['audit', 'export', '--out', 'log.ndjson']);
    const file = join(folder, 'log.ndjson');
    const lines = (await readFile(file, 'utf8')).split('\n');
    const at = lines.findIndex((line) => line.startsWith('{"index":1,'));
    lines[at] = lines[at]!.replace('\\"outcome\\":\\"allowed\\"', '\\"outcome\\":\\"refused\\"');
    await writeFile(file, lines.join('\n'));
    await writeFile(join(folder, 'key'), `${publicKey}\n`);
    const verified = await sallyport(['audit', 'verify', 'log.ndjson', '--key', 'key']);
    expect(verified.code).toBe(1);
    expect(verified.out).toMatch(/^ALTERED\nFirst bad index: 1:/);
  });
  test('U4 follows an earlier checkpoint, also one that an editor saved with line ends of its own', async () => {
    const { checkpoint } = await app.owner.ok(contract.audit.getCheckpoint);
    await writeFile(join(folder, 'before'), (checkpoint ?? '').replaceAll('\n', '\r\n'));
    await sallyport(['audit', 'export', '--out', 'log.ndjson']);
    const verified = await sallyport([
      'audit',
      'verify',
      'log.ndjson',
      '--key',
      publicKey,
      '--previous',
      'before',
    ]);
    expect(verified).toMatchObject({ code: 0 });
    expect(verified.out).toMatch(/continues the earlier checkpoint/);
  });
  test('a member is refused, and no file is left', async () => {
    const result = await sallyport([
      'audit',
      'export',
      '--out',
      'log.ndjson',
      '--token',
      await tokenOf(await app.person('builder')),
    ]);
    expect(result.code).toBe(2);
    expect(result.err).toMatch(/You do not have permission to do this.*permission_denied/s);
    expect(await readdir(folder)).toEqual([]);
  });
  test.each([
    ['no such file', ['audit', 'verify', 'nothing', '--key', 'KEY'], /There is no nothing\. Check the path/],
    ['a folder for a file', ['audit', 'verify', '.', '--key', 'KEY'], /\. is a folder\. Name a file/],
    ['no such folder', ['audit', 'export', '--out', 'no/log'], /There is no no\/log\. .* has to be there/],
    ['no such app’s folder', ['apps', 'import', 'nothing'], /There is no nothing/],
    ['no key', ['audit', 'verify', 'nothing'], /required option/],
    ['a bad key', ['audit', 'verify', 'nothing', '--key', 'x'], /--key gives is no public key/],
    [
      'a file for a checkpoint',
      ['audit', 'verify', 'nothing', '--key', 'KEY', '--previous', '/dev/null'],
      /\/dev\/null cannot be used as the earlier checkpoint: .*signed by this key\./,
    ],
    [
      'plain http to another machine',
      ['vault', 'rotate', '--url', 'http://sallyport.example'],
      /must start with https/,
    ],
    ['nobody there', ['vault', 'rotate', '--url', 'http://127.0.0.1:1'], /No answer/],
    ['no token', ['vault', 'rotate', '--token', ''], /No API token/],
    [
      'a token in two lines',
      ['vault', 'rotate', '--token', 'sp_first\nsp_second'],
      /token contains a space, a line break/,
    ],
    ['a false token', ['vault', 'rotate', '--token', 'sp_false_false_false_false'], /sign_in_required/],
    ['an unknown command', ['nothing'], /unknown command/],
    ['a folder whose variable is not set', ['apps', 'export', 'desk', '--dir', ''], /It is empty/],
  ])('a mistake is told in a sentence: %s', async (_name, args, sentence) => {
    const result = await sallyport(args.map((arg) => (arg === 'KEY' ? publicKey : arg)));
    expect(result.code).toBe(2);
    expect(result.err).toMatch(sentence);
    expect(result.err).not.toMatch(/\n\s+at |sp_|, open |, stat /);
  });
});

test('D3 vault rotate does not tell of an old key where there was none', async () => {
  const empty = await app.owner.ok(contract.vault.getInstallationVault);
  expect(empty).toMatchObject({ dataKeyId: '', sealedValues: 0 });
  const first = await sallyport(['vault', 'rotate', '--only', 'installation']);
  expect(first.out).toMatch(/^The installation: nothing was sealed; what comes is under [^;]+\.\n$/);
  const second = await sallyport(['vault', 'rotate', '--only', 'installation']);
  expect(second.out).toMatch(/nothing was sealed; what comes is under .+; the old key was destroyed/);
});

test('D3 vault rotate re-seals the credentials and says so', async () => {
  const before = await app.owner.ok(contract.vault.getVault);
  expect(before.sealedValues).toBeGreaterThan(0);
  const result = await sallyport(['vault', 'rotate']);
  expect(result).toMatchObject({ code: 0, err: expect.stringContaining('re-sealed') });
  const after = await app.owner.ok(contract.vault.getVault);
  expect(after.dataKeyId).not.toBe(before.dataKeyId);
  expect(result.out).toContain(after.dataKeyId);
});

test('D3 vault rotate does not say that all was re-sealed when something did not open', async () => {
  const shift = async (by: number) => {
    const client = new pg.Client({ connectionString: app.ownerUrl });
    await client.connect();
    await client.query('update source_environments set credential_version = credential_version + $1', [by]);
    await client.end();
  };
  await shift(1);
  const damaged = await sallyport(['vault', 'rotate', '--only', 'organization']);
  expect(damaged).toMatchObject({ code: 1, out: expect.stringContaining('1 could not be opened') });
  expect(damaged.out).not.toContain('destroyed');
  expect((await sallyport(['vault', 'status'])).out).toContain('1 could not be opened');
  await shift(-1);
  const mended = await sallyport(['vault', 'rotate', '--only', 'organization']);
  expect(mended).toMatchObject({ code: 0, out: expect.stringContaining('the old key was destroyed') });
});

test('D9 vault rotate covers every key that the person may, says what it left out, and status shows both', async () => {
  const before = await app.owner.ok(contract.vault.getInstallationVault);
  const both = await sallyport(['vault', 'rotate']);
  expect(both.code).toBe(0);
  expect(both.out).toMatch(/^The organization: everything.*\nThe installation: nothing was sealed/);
  const after = await app.owner.ok(contract.vault.getInstallationVault);
  expect(after.dataKeyId).not.toBe(before.dataKeyId);
  const status = await sallyport(['vault', 'status']);
  expect(status.out).toMatch(
    /The organization: \d+ sealed under .*rotated.*\nThe installation: \d+ sealed under/,
  );
  const admin = await tokenOf(await app.person('admin'));
  const one = await sallyport(['vault', 'rotate', '--token', admin]);
  expect(one).toMatchObject({ code: 0, err: expect.stringContaining('Not covered: the installation') });
  expect((await app.owner.ok(contract.vault.getInstallationVault)).dataKeyId).toBe(after.dataKeyId);
  expect((await sallyport(['vault', 'status', '--token', admin])).out).not.toContain('The installation');
  const member = await tokenOf(await app.person('member'));
  for (const args of [['rotate'], ['status'], ['rotate', '--only', 'installation']])
    expect(await sallyport(['vault', ...args, '--token', member])).toMatchObject({
      code: 2,
      err: expect.stringContaining('permission_denied'),
    });
});

test('apps export, import and plan', async () => {
  await app.owner.ok(contract.apps.createApp, { body: { name: 'Support desk' } });
  expect(await sallyport(['apps', 'export', 'Support desk', '--dir', 'desk'])).toMatchObject({
    code: 0,
    err: '',
  });
  expect(await readdir(join(folder, 'desk'))).toContain('app.yaml');
  const imported = await sallyport(['apps', 'import', 'desk']);
  expect(imported).toMatchObject({ code: 0, err: '' });
  const slug = /\((\S+)\)/.exec(imported.out)?.[1] ?? '';
  await sallyport(['apps', 'export', slug, '--dir', 'again']);
  for (const path of await readdir(join(folder, 'desk'), { recursive: true, withFileTypes: true })) {
    // Which apps a folder is known to be of is its own matter.
    if (!path.isFile() || path.name === 'apps') continue;
    const file = join(path.parentPath, path.name);
    expect(await readFile(file.replace('/desk/', '/again/'), 'utf8')).toBe(await readFile(file, 'utf8'));
  }
  expect((await sallyport(['apps', 'plan', slug])).out).toMatch(/^Release [0-9a-f]{64}/);
  expect(await sallyport(['apps', 'plan', 'no-such-app'])).toMatchObject({ code: 2 });
  expect(await sallyport(['apps', 'import', 'desk', '--app', slug])).toMatchObject({ code: 0, err: '' });
});

test('an app is found by its slug among more than one page of them', async () => {
  const { id } = await app.owner.ok(contract.apps.createApp, { body: { name: 'Oldest desk' } });
  const client = new pg.Client(app.ownerUrl);
  await client.connect();
  await client
    .query(
      `insert into apps (id, organization_id, name, slug, audience, created_by, updated_by)
     select ('ffffffff-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, organization_id, 'Newer', 'newer-' || n, audience,
       created_by, updated_by
     from apps, generate_series(1, 250) n where id = $1`,
      [id],
    )
    .finally(() => client.end());
  expect((await sallyport(['apps', 'plan', 'oldest-desk'])).out).toMatch(/^Release [0-9a-f]{64}/);
});

test('F5 what an import did not take over is not replaced by an export either', async () => {
  const { slug } = await app.owner.ok(contract.apps.createApp, { body: { name: 'Night desk' } });
  await sallyport(['apps', 'export', slug, '--dir', 'desk']);
  const yaml = join(folder, 'desk', 'app.yaml');
  await writeFile(yaml, (await readFile(yaml, 'utf8')).replace('Night desk', 'Another desk'));
  const renamed = await sallyport(['apps', 'import', 'desk', '--app', slug]);
  expect(renamed).toMatchObject({ code: 0, err: expect.stringContaining('keeps its name Night desk') });
  const refused = await sallyport(['apps', 'export', slug, '--dir', 'desk']);
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('\n  app.yaml\n') });
});

test('A10 apps import does not replace a draft that is another than was exported, unless it is told to', async () => {
  const { slug } = await app.owner.ok(contract.apps.createApp, { body: { name: 'Shared desk' } });
  await sallyport(['apps', 'export', slug, '--dir', 'shared']);
  const over = ['apps', 'import', 'shared', '--app', slug];
  const builder = await tokenOf(await app.person('builder'));
  expect(await sallyport([...over, '--token', builder])).toMatchObject({
    code: 2,
    err: expect.stringContaining('after your last export'),
  });
  expect(await sallyport([...over, '--token', builder, '--replace'])).toMatchObject({ code: 0 });
});

test('apps import shows nothing of a file that is no bundle', async () => {
  await writeFile(join(folder, 'root.key'), 'c4n4ryKey\n');
  const mistaken = await sallyport(['apps', 'import', 'root.key']);
  expect(mistaken.err).toBe(
    'sallyport: root.key is not JSON. Give the folder of an app, or a bundle that was exported.\n',
  );
});

// Last: it signs the owner out.
describe('recover, on the server’s own machine', () => {
  const machine = () => ({
    SALLYPORT_URL: '',
    SALLYPORT_TOKEN: '',
    DATABASE_URL: app.ownerUrl,
    SALLYPORT_DATA_DIR: app.dataDirectory,
    SALLYPORT_LISTEN: new URL(app.url).host,
  });
  const email = 'owner@harbor.example';

  test('I13 prints a link that lets a locked-out owner in again, beside the running server, and is on the record', async () => {
    const said = await sallyport(['recover', email], machine());
    expect(said).toMatchObject({ code: 0, err: expect.stringContaining('once, until') });
    const link = new URL(said.out.trim());
    expect(link.origin + link.pathname).toBe(`${app.url}/reset-password`);
    const body = { token: link.searchParams.get('token') ?? '', password: 'nine grey lanterns wander' };
    expect(
      await app.nobody().ok(contract.identity.readPasswordReset, { body: { token: body.token } }),
    ).toEqual({
      email,
      name: 'Olive Owner',
    });
    await app.nobody().ok(contract.identity.resetPassword, { body });
    // Every session ended, within a second, on the server that runs.
    await vi.waitFor(async () => expect((await app.owner.call(contract.identity.getMe)).status).toBe(401));
    const back = await app.signIn(email, body.password);
    for (const route of [contract.audit.listInstallationRecords, contract.audit.listAuditRecords]) {
      const { items } = await back.ok(route, { query: { event: 'identity.password_reset_issued' } });
      expect(items[0]).toMatchObject({
        actor: { kind: 'anonymous' },
        device: 'sallyport recover, on the server’s own machine',
        target: { name: email },
      });
    }
    expect(said.err).toContain(`elsewhere than at ${app.url}, put that address in its place`);
    const named = { ...machine(), SALLYPORT_BASE_URL: app.url };
    const own = await sallyport(['recover', email, '--remove-second-factor'], named);
    expect(own).toMatchObject({ code: 0, out: expect.stringMatching(`^${app.url}/`) });
    expect(own.err).not.toContain('elsewhere');
  });

  test('I13 a mistake is told in a sentence, and nothing is made', async () => {
    const empty = join(folder, 'empty');
    const cases: [string, string[], Record<string, string>, RegExp][] = [
      ['nobody of that name', ['nobody@harbor.example'], {}, /Person not found/],
      ['no server there', [email], { DATABASE_URL: '', SALLYPORT_DATA_DIR: empty }, /no Sallyport in/],
      [
        'another root key',
        [email],
        { SALLYPORT_ROOT_KEY: randomBytes(32).toString('base64') },
        /is not the key/,
      ],
      ['no port to be known', [email], { SALLYPORT_LISTEN: '127.0.0.1:0' }, /SALLYPORT_BASE_URL/],
      ['an unknown setting', [email], { SALLYPORT_NOTHING: '1' }, /SALLYPORT_NOTHING/],
      ['an unknown option', [email, '--force'], {}, /unknown option/],
    ];
    for (const [what, args, env, sentence] of cases) {
      const given = Object.entries({ ...machine(), ...env }).filter(
        ([name, value]) => value !== '' || name === 'SALLYPORT_URL' || name === 'SALLYPORT_TOKEN',
      );
      const said = await sallyport(['recover', ...args], Object.fromEntries(given));
      expect(said, what).toMatchObject({ code: 2, out: '', err: expect.stringMatching(sentence) });
      expect(said.err, what).not.toMatch(/\n\s+at /);
      expect(said.err).not.toContain(app.ownerUrl);
    }
    expect(await readdir(folder)).toEqual([]);
  });
});
