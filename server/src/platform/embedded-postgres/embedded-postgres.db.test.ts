import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sayFewFiles } from '../lifecycle/few-files.ts';
import { isDiskFull } from '../lifecycle/full-disk.ts';
import { type EmbeddedPostgres, openEmbeddedPostgres } from './embedded-postgres.ts';
import { startOf } from './process-identity.ts';
import { visitEmbeddedPostgres } from './visit-embedded-postgres.ts';

vi.mock('../lifecycle/full-disk.ts', () => ({ isDiskFull: vi.fn(() => false) }));

const CHILD = fileURLToPath(new URL('../../../test/embedded-postgres-child.ts', import.meta.url));
let parent: string;
let directory: string;
const opened: EmbeddedPostgres[] = [];

beforeEach(() => {
  // 0700 and owned by us: when the tests run as root, PostgreSQL's user may not enter it.
  parent = mkdtempSync(join(tmpdir(), 'sallyport-embedded-'));
  directory = join(parent, 'postgres');
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.stop();
  rmSync(parent, { recursive: true, force: true });
});

const log = { info: () => undefined, warn: () => undefined };
async function open(
  more: { tcp?: boolean; onLost?: (error: Error) => void } = {},
): Promise<EmbeddedPostgres> {
  const one = await openEmbeddedPostgres({
    directory,
    dataDirectory: parent,
    log,
    onLost: () => undefined,
    ...more,
  });
  opened.push(one);
  return one;
}
async function query(
  on: EmbeddedPostgres,
  text: string,
  values: readonly string[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ host: on.host, port: on.port, ...on.owner, database: 'postgres' });
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
async function close(one: EmbeddedPostgres): Promise<void> {
  opened.splice(opened.indexOf(one), 1);
  await one.stop();
}

let stopped: string | undefined;
afterAll(() => {
  if (stopped !== undefined) rmSync(stopped, { recursive: true });
});

/** Puts a cluster there that was started before: to copy one takes a tenth of the time of making it. */
async function givenCluster(): Promise<void> {
  if (stopped === undefined) {
    await close(await open());
    stopped = mkdtempSync(join(tmpdir(), 'sallyport-embedded-stopped-'));
    execFileSync('cp', ['-a', directory, stopped]);
  } else execFileSync('cp', ['-a', join(stopped, 'postgres'), directory]);
}

test('E1 E2 E6 a first start makes a durable cluster that root does not own, and keeps its rows', async () => {
  const first = await open();
  expect(
    await query(
      first,
      "select current_setting('fsync') as fsync, current_setting('data_checksums') as sums, current_setting('listen_addresses') as tcp",
    ),
  ).toEqual([{ fsync: 'on', sums: 'on', tcp: '' }]);
  expect(statSync(join(directory, 'cluster/data')).uid).not.toBe(0);
  expect(statSync(join(directory, 'password')).mode & 0o777).toBe(0o600);
  expect(statSync(join(directory, 'cluster/.s.PGSQL.5432')).mode & 0o777).toBe(0o700);
  if (process.platform === 'linux') {
    expect(readFileSync(`/proc/${first.pid}/status`, 'utf8')).not.toMatch(/^[UG]id:.*\b0\b/m);
    expect(readFileSync(`/proc/${first.pid}/environ`, 'utf8')).not.toMatch(/HOME=/);
  }
  await query(first, 'create table kept as select 42 as answer');
  const { pid } = first;
  await close(first);
  expect(startOf(pid)).toBeUndefined();
  expect(existsSync(join(directory, 'opened-by'))).toBe(false);
  const began = performance.now();
  const second = await open();
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(await query(second, 'select answer from kept')).toEqual([{ answer: 42 }]);
});

test('its log holds messages, and no statement, value or row', async () => {
  const one = await open();
  await query(one, 'create table people (email text primary key, age int check (age < 200))');
  await query(one, "insert into people values ('c4n4ry')");
  const failing: [string, string[]?][] = [
    ["insert into people values ('c4n4ry')"],
    ["insert into people values ('c4n4ry 2', 300)"],
    ['select 1 / length($1)', ['']],
    ["do $$ begin raise exception using message = 'said', detail = 'c4n4ry 4', hint = 'c4n4ry 5'; end $$"],
  ];
  for (const [text, values] of failing)
    await expect(query(one, text, values)).rejects.toMatchObject({ severity: 'ERROR' });
  const written = readFileSync(join(directory, 'postgres.log'), 'utf8');
  expect(written).toContain('duplicate key value');
  expect(written).toContain('violates check constraint');
  expect(written).not.toMatch(/c4n4ry|insert into|length/);
});

test('a wrong password is refused', async () => {
  await givenCluster();
  const one = await open();
  await expect(
    query({ ...one, host: one.host, owner: { user: one.owner.user, password: 'wrong' } }, 'select 1'),
  ).rejects.toThrow(/password/);
});

test('E4 a second opener is refused with a sentence; the first goes on', async () => {
  await givenCluster();
  const one = await open();
  await expect(open()).rejects.toThrow(
    new RegExp(`Another Sallyport \\(process ${process.pid}\\) has the data directory .* open`),
  );
  expect(await query(one, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test.each([
  ['a first start', async () => undefined],
  ['a later one', givenCluster],
])('%s that may open too few files says which limit to raise', async (_name, given) => {
  await given();
  const limited = ['-c', 'ulimit -n 64; exec "$0" "$@"', process.execPath, CHILD, directory];
  const { stderr } = spawnSync('sh', limited, { encoding: 'utf8' });
  expect(stderr).toMatch(/PostgreSQL (could not make its files|ended at its start)/);
  expect(sayFewFiles(new Error(stderr))).toMatchObject({ message: expect.stringContaining('ulimit -n') });
});

/** Another container, as far as processes and shared memory go. */
const APART = ['unshare', '--pid', '--fork', '--ipc', '--mount-proc'];
const mayBeApart = spawnSync(APART[0]!, [...APART.slice(1), 'true']).status === 0;

/** What a server in another container says that opens the same directory. */
async function openApart(): Promise<string> {
  const child = spawn(APART[0]!, [...APART.slice(1), process.execPath, CHILD, directory], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += String(data)));
  // One that gets in says its number and waits.
  child.stdout.once('data', () => child.kill('SIGKILL'));
  await new Promise((resolve) => child.once('close', resolve));
  return said;
}

test.skipIf(!mayBeApart)('E4 another container is refused, whose process numbers are others', async () => {
  await givenCluster();
  const one = await open();
  expect(await openApart()).toMatch(/Another Sallyport .* has the data directory .* open/);
  // As after kill -9 of who opened it: its PostgreSQL is still there.
  rmSync(join(directory, 'opened-by'));
  expect(await openApart()).toMatch(/PostgreSQL that this process cannot see/);
  expect(await query(one, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('E4 nothing is left of the lock, nor of a killed process’s', async () => {
  await givenCluster();
  const names = () => readdirSync(directory).filter((name) => name.startsWith('opened-by'));
  const child = spawn(process.execPath, [CHILD, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  const one = await open();
  expect(names()).toHaveLength(process.platform === 'linux' ? 2 : 1);
  await close(one);
  expect(names()).toEqual([]);
});

test('E3 E4 after kill -9 of the parent, the orphan is adopted and its rows are there', async () => {
  await givenCluster();
  const child = spawn(process.execPath, [CHILD, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data) => resolve(String(data))),
  );
  const orphan = Number(said);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  expect(startOf(orphan)).toBeDefined();
  const one = await open();
  expect(one.adopted).toBe(true);
  expect(one.pid).toBe(orphan);
  expect(await query(one, 'select count(*)::int as rows from written')).toEqual([{ rows: 1 }]);
  await close(one);
  expect(startOf(orphan)).toBeUndefined();
});

test('E3 an orphan with other settings is stopped and started anew', async () => {
  await givenCluster();
  const child = spawn(process.execPath, [CHILD, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const orphan = Number(
    await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data)))),
  );
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  const one = await open({ tcp: true });
  expect(one.adopted).toBe(false);
  expect(startOf(orphan)).toBeUndefined();
  expect(await query(one, 'select count(*)::int as rows from written')).toEqual([{ rows: 1 }]);
});

test.skipIf(process.platform !== 'linux')(
  'E3 a process that has the number of a PostgreSQL that was killed is not taken for it, whoever runs it',
  async () => {
    await givenCluster();
    const data = join(directory, 'cluster/data');
    const { uid, gid } = statSync(data);
    const stranger = spawn('sleep', ['1000'], { uid, gid, cwd: '/', stdio: 'ignore' });
    try {
      await new Promise((resolve) => stranger.once('spawn', resolve));
      const file = join(data, 'postmaster.pid');
      writeFileSync(file, `${stranger.pid}\n/proc/self/fd/3/data\n1700000000\n5432\n\n\n\nready   \n`);
      chownSync(file, uid, gid);
      const one = await open();
      expect(one.adopted).toBe(false);
      expect(await query(one, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      stranger.kill();
    }
  },
);

test.skipIf(process.platform !== 'linux')(
  'E5 a lock file that a loss of power has left without its text does not keep PostgreSQL from starting',
  async () => {
    await givenCluster();
    const file = join(directory, 'cluster/data/postmaster.pid');
    const { uid, gid } = statSync(join(directory, 'cluster/data'));
    for (const left of ['', '\0'.repeat(100)]) {
      writeFileSync(file, left);
      chownSync(file, uid, gid);
      const one = await open();
      expect(await query(one, 'select 1 as one')).toEqual([{ one: 1 }]);
      await close(one);
    }
  },
);

test('E4 the lock of a process whose number was used again is stale', async () => {
  await givenCluster();
  writeFileSync(join(directory, 'opened-by'), `${process.ppid} 12345\n`);
  await open();
  expect(readFileSync(join(directory, 'opened-by'), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
});

test.skipIf(process.platform !== 'linux')(
  'E5 a killed PostgreSQL that nobody reaps does not keep the next one from starting',
  async () => {
    await givenCluster();
    const child = spawn(process.execPath, [CHILD, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const orphan = Number(
        await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data)))),
      );
      // A stopped parent reaps nobody, as the first process of a container may not.
      child.kill('SIGSTOP');
      process.kill(orphan, 'SIGKILL');
      await sleep(300);
      expect(readFileSync(`/proc/${orphan}/stat`, 'utf8')).toMatch(/\) Z /);
      rmSync(join(directory, 'opened-by'));
      expect(await query(await open(), 'select count(*)::int as rows from written')).toEqual([{ rows: 1 }]);
    } finally {
      child.kill('SIGKILL');
    }
  },
);

test('E5 it is started again when it is killed, under the same address', async () => {
  await givenCluster();
  const one = await open();
  const { pid } = one;
  process.kill(pid, 'SIGKILL');
  const deadline = Date.now() + 5_000;
  for (;;) {
    try {
      expect(await query(one, 'select 1 as one')).toEqual([{ one: 1 }]);
      break;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(20);
    }
  }
  expect(one.pid).not.toBe(pid);
});

test('E5 while the disk is full it waits for room, and does not count as ended again and again', async () => {
  await givenCluster();
  const onLost = vi.fn();
  const one = await open({ onLost });
  vi.mocked(isDiskFull).mockReturnValue(true);
  process.kill(one.pid, 'SIGKILL');
  await vi.waitFor(() => expect(vi.mocked(isDiskFull).mock.calls.length).toBeGreaterThan(1), 5_000);
  await expect(query(one, 'select 1')).rejects.toThrow();
  vi.mocked(isDiskFull).mockReturnValue(false);
  await vi.waitFor(async () => expect(await query(one, 'select 1 as one')).toEqual([{ one: 1 }]), 10_000);
  expect(onLost).not.toHaveBeenCalled();
});

test('E7 a draft of a killed first start is thrown away', async () => {
  mkdirSync(join(directory, 'cluster/data.draft'), { recursive: true });
  writeFileSync(join(directory, 'cluster/data.draft/half'), '');
  await open();
  expect(readdirSync(join(directory, 'cluster')).filter((name) => name.includes('draft'))).toEqual([]);
});

test('E7 what a killed first start still has running does not remove the cluster that the next one makes', async () => {
  // As initdb does when it fails, which is all that one without its directory can do.
  const orphan = setInterval(
    () => rmSync(join(directory, 'cluster/data.draft'), { recursive: true, force: true, maxRetries: 5 }),
    20,
  );
  try {
    expect(await query(await open(), 'select 1 as one')).toEqual([{ one: 1 }]);
  } finally {
    clearInterval(orphan);
  }
});

test('E3 one that is not ready in time goes on for the next start to find, and no other is started beside it', async () => {
  await givenCluster();
  const data = join(directory, 'cluster/data');
  const { uid, gid } = statSync(data);
  // A recovery without an end.
  const signal = join(data, 'recovery.signal');
  writeFileSync(signal, '');
  chownSync(signal, uid, gid);
  appendFileSync(join(data, 'postgresql.auto.conf'), "restore_command = 'exec sleep 1000'\n");
  const state = () => readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  vi.useFakeTimers({ toFake: ['performance'] });
  const first = open().catch((error: unknown) => error);
  await vi.waitFor(() => expect(state()[7]).toMatch('starting'), 10_000);
  vi.advanceTimersByTime(180_001);
  const failure = await first;
  vi.useRealTimers();
  const pid = Number(state()[0]);
  const start = startOf(pid);
  process.kill(pid, 'SIGQUIT');
  expect(failure).toMatchObject({ message: expect.stringContaining('and goes on'), mayPass: true });
  expect(start).toBeDefined();
  expect(readFileSync(join(directory, 'postgres.log'), 'utf8')).not.toContain('lock file');
  await vi.waitFor(() => expect(startOf(pid)).not.toBe(start), 10_000);
});

test('E9 a copy without its owners and modes starts with its rows', async () => {
  await givenCluster();
  const first = await open();
  await query(first, 'create table kept as select 42 as answer');
  await close(first);
  const data = join(directory, 'cluster/data');
  const own = (path: string): void => {
    chownSync(path, process.getuid?.() ?? 0, process.getgid?.() ?? 0);
    chmodSync(path, statSync(path).isDirectory() ? 0o755 : 0o644);
    if (statSync(path).isDirectory()) for (const name of readdirSync(path)) own(join(path, name));
  };
  own(join(directory, 'cluster'));
  const again = await open();
  expect(await query(again, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await close(again);
  rmSync(join(data, 'PG_VERSION'));
  await expect(open()).rejects.toThrow(/is not whole: it has no PG_VERSION/);
  rmSync(data, { recursive: true });
  await expect(open()).rejects.toThrow(/data is missing, and a PostgreSQL ran there before/);
  mkdirSync(data);
  rmSync(join(directory, 'password'));
  await expect(open()).rejects.toThrow(/password is missing next to the data that it opens/);
});

test('a cluster of another major version is refused with a sentence', async () => {
  mkdirSync(join(directory, 'cluster/data'), { recursive: true });
  writeFileSync(join(directory, 'cluster/data/PG_VERSION'), '17\n');
  writeFileSync(join(directory, 'password'), 'p');
  await expect(open()).rejects.toThrow(/was written by PostgreSQL 17, and this Sallyport has 18/);
});

test('with tcp, the port stays the same from start to start', async () => {
  await givenCluster();
  const first = await open({ tcp: true });
  expect(first.host).toBe('127.0.0.1');
  expect(await query(first, 'select inet_server_port() as port')).toEqual([{ port: first.port }]);
  await close(first);
  expect((await open({ tcp: true })).port).toBe(first.port);
});

test('E8 a visitor uses the one that runs, and takes nothing from who opened it', async () => {
  await givenCluster();
  const first = await open();
  await query(first, 'create table kept as select 42 as answer');
  const visit = await visitEmbeddedPostgres(directory, parent);
  const client = new pg.Client({
    host: visit?.host,
    port: visit?.port,
    ...visit?.owner,
    database: 'postgres',
  });
  await client.connect();
  expect((await client.query('select answer from kept')).rows).toEqual([{ answer: 42 }]);
  await client.end();
  await visit?.leave();
  expect(await query(first, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await close(first);
  expect(await visitEmbeddedPostgres(directory, parent)).toBeUndefined();
});

test('E8 a visitor makes no data directory where there is none', async () => {
  await expect(visitEmbeddedPostgres(directory, parent)).rejects.toThrow(
    /no Sallyport in .*SALLYPORT_DATA_DIR/,
  );
  expect(existsSync(directory)).toBe(false);
});
