import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { unprivileged } from '../server/test/unprivileged.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
let project: string;
let starter: ChildProcess | undefined;

/** A project with the real scripts, a web app of one line, and a server that says its number and obeys its argument. */
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'sallyport-start-'));
  for (const folder of ['server/src', 'web', 'contract'])
    mkdirSync(join(project, folder), { recursive: true });
  cpSync(join(root, 'scripts'), join(project, 'scripts'), { recursive: true });
  mkdirSync(join(project, 'node_modules'));
  for (const name of ['node', 'vite'])
    symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
  writeFileSync(join(project, 'package-lock.json'), '{"packages":{}}');
  writeFileSync(join(project, 'web/index.html'), '<!doctype html><title>one</title>');
  writeFileSync(
    join(project, 'server/src/main.ts'),
    `import { existsSync, writeFileSync } from 'node:fs';
     const [what] = process.argv.slice(2);
     process.on('SIGTERM', () => { process.stdout.write('asked to stop\\n'); process.exit(0); });
     process.on('disconnect', () => process.exit(0));
     process.stdout.write(\`up \${process.pid} \${what}\\n\`);
     process.stdout.write(\`threads \${process.env.UV_THREADPOOL_SIZE}\\n\`);
     if (what === '--refuse') process.exit(78);
     if (what === '--later' && !existsSync('later')) { writeFileSync('later', ''); process.exit(75); }
     if (what === '--never') process.exit(75);
     if (what === '--crash') setTimeout(() => { throw new Error('crash'); }, 20);
     setInterval(() => undefined, 1000);`,
  );
});
afterEach(async () => {
  if (starter?.exitCode === null && starter.signalCode === null) {
    starter.kill('SIGTERM');
    await new Promise((resolve) => starter?.once('exit', resolve));
  }
  rmSync(project, { recursive: true, force: true });
});

function start(argument: string, env: Record<string, string> = {}, user: object = {}) {
  const child = spawn('node', ['scripts/start.mjs', ...(argument === '' ? [] : [argument])], {
    cwd: project,
    env: { ...process.env, ...env },
    ...user,
  });
  starter = child;
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      said += data;
    });
  const pids = () => [...said.matchAll(/^up (\d+)/gm)].map(([, pid]) => Number(pid));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, ended, pids, said: () => said };
}
const until = (condition: () => boolean, ms = 10_000) => vi.waitUntil(condition, ms);
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('builds the web app, passes arguments on, and starts a killed server again at once', async () => {
  const { pids, said, child, ended } = start('--demo');
  await until(() => pids().length === 1);
  expect(readFileSync(join(project, 'web/dist/index.html'), 'utf8')).toContain('one');
  expect(said()).toMatch(/up \d+ --demo/);
  const began = Date.now();
  process.kill(pids()[0] ?? 0, 'SIGKILL');
  await until(() => pids().length === 2);
  expect(Date.now() - began).toBeLessThan(5_000);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(said()).toContain('asked to stop');
});

test('the server has threads enough that a few names which no server answers for do not hold up the rest', async () => {
  vi.stubEnv('UV_THREADPOOL_SIZE', undefined);
  for (const [env, threads] of [
    [{}, '16'],
    [{ UV_THREADPOOL_SIZE: '6' }, '6'],
  ] as const) {
    const { child, said, ended } = start('', env);
    await until(() => said().includes(`threads ${threads}\n`));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  }
  vi.unstubAllEnvs();
});

test('a reader of its sentences that has left is no reason to end', async () => {
  const { child, pids, ended } = start('');
  await until(() => pids().length === 1);
  child.stderr.destroy();
  process.kill(pids()[0] ?? 0, 'SIGKILL');
  await until(() => pids().length === 2);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('the demo is there too for who left out the -- before its option, which npm then keeps', async () => {
  const { child, ended, said } = start('', { npm_config_demo: 'true' });
  await until(() => /up \d+ --demo/.test(said()));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('a server that refuses to start is not started again, and its code is passed on', async () => {
  const { ended, pids } = start('--refuse');
  expect(await ended).toBe(78);
  expect(pids()).toHaveLength(1);
});

test('told to stop before there is a server, it ends as one that was told to', async () => {
  writeFileSync(
    join(project, 'web/vite.config.js'),
    `import { writeFileSync } from 'node:fs';
     writeFileSync('../building', '');
     await new Promise((resolve) => setTimeout(resolve, 1_000));
     export default {};`,
  );
  const { child, ended, pids } = start('');
  await until(() => existsSync(join(project, 'building')));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(pids()).toEqual([]);
});

test('what builds the web app is told none of the settings', async () => {
  writeFileSync(
    join(project, 'web/vite.config.js'),
    `import { writeFileSync } from 'node:fs';
     writeFileSync('../told', Object.keys(process.env).join(' '));
     export default {};`,
  );
  const secrets = { SALLYPORT_ROOT_KEY: 'k', DATABASE_URL: 'd', DATABASE_APP_URL: 'a' };
  const { child, ended, pids } = start('', secrets);
  await until(() => pids().length === 1);
  const told = readFileSync(join(project, 'told'), 'utf8').split(' ');
  expect(told).toContain('PATH');
  expect(told).not.toEqual(expect.arrayContaining([expect.stringMatching(/SALLYPORT|DATABASE/)]));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('a build that the system ended is told as one', async () => {
  writeFileSync(join(project, 'web/vite.config.js'), `process.kill(process.pid, 'SIGKILL');`);
  const { ended, said } = start('');
  expect(await ended).toBe(78);
  expect(said()).toContain(
    'The web app could not be built. The system ended it, as it does when memory runs out',
  );
});

test('a web app that this user may not build is told in a sentence', async () => {
  chmodSync(project, 0o755);
  chmodSync(join(project, 'node_modules'), 0o555);
  const { ended, said } = start('', {}, unprivileged);
  expect(await ended).toBe(78);
  expect(said()).toMatch(/^The web app has to be built, but this user cannot write to .*\n$/);
  chmodSync(join(project, 'node_modules'), 0o755);
});

test('a server that cannot start for now is started again', async () => {
  const { child, ended, pids } = start('--later');
  await until(() => pids().length === 2);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('a stop while nothing runs, until the next try, is one at once', async () => {
  const { child, ended, said } = start('--never');
  await until(() => said().includes('Trying again'));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('a server that crashes again and again is given up', async () => {
  const { ended, pids, said } = start('--crash');
  expect(await ended).toBe(1);
  expect(pids()).toHaveLength(6);
  expect(said()).toContain('ended too often');
});

test('when the starter itself is killed, the server does not stay behind', async () => {
  const { child, pids } = start('');
  await until(() => pids().length === 1);
  child.kill('SIGKILL');
  await until(() => !isAlive(pids()[0] ?? 0));
});

function npmStart() {
  writeFileSync(
    join(project, 'package.json'),
    '{"type":"module","scripts":{"start":"node scripts/start.mjs"}}',
  );
  const npm = spawn('npm', ['start'], { cwd: project });
  starter = npm;
  let said = '';
  for (const stream of [npm.stdout, npm.stderr])
    stream.on('data', (data) => {
      said += data;
    });
  // When all who write to it have ended.
  const closed = new Promise((resolve) => npm.once('close', resolve));
  return { npm, closed, said: () => said };
}

test('when npm is ended, the starter and the server end in order', async () => {
  const { npm, said } = npmStart();
  await until(() => /^up \d+/m.test(said()), 20_000);
  const pid = Number(/^up (\d+)/m.exec(said())?.[1]);
  npm.kill('SIGTERM');
  await until(() => !isAlive(pid));
});

test('when npm is ended before there is a server, none comes', async () => {
  const { npm, closed, said } = npmStart();
  await until(() => said().includes('Building the web app'), 20_000);
  npm.kill('SIGTERM');
  await closed;
  expect(said()).not.toMatch(/^up/m);
});

test('the web app is built again only when what it is made of changed', async () => {
  const once = async () => {
    const { child, ended, pids, said } = start('');
    await until(() => pids().length === 1);
    child.kill('SIGTERM');
    await ended;
    return said().includes('Building the web app');
  };
  expect(await once()).toBe(true);
  expect(await once()).toBe(false);
  writeFileSync(join(project, 'web/index.html'), '<!doctype html><title>two</title>');
  expect(await once()).toBe(true);
  expect(existsSync(join(project, 'web/dist/.sources'))).toBe(true);
  writeFileSync(join(project, 'web/index.html'), '<script type="module" src="./nowhere.ts"></script>');
  const { ended } = start('');
  expect(await ended).toBe(78);
  expect(readFileSync(join(project, 'web/dist/index.html'), 'utf8')).toContain('two');
});

test('starters at once build the web app once, and one that was killed at it keeps nobody waiting', async () => {
  mkdirSync(join(project, `node_modules/.cache/web-dist-${2 ** 22 + 1}`), { recursive: true });
  writeFileSync(join(project, 'node_modules/.cache/web-build.lock'), String(2 ** 22 + 1));
  const both = [start('--refuse'), start('--refuse')];
  expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([78, 78]);
  expect(both.map(({ said }) => said()).filter((text) => text.includes('Building the web app'))).toHaveLength(
    1,
  );
  expect(readdirSync(join(project, 'node_modules/.cache')).filter((name) => name.startsWith('web-'))).toEqual(
    [],
  );
});
