// Runs on any Node from 20 and needs no package: it is what brings the packages.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

// Standard error may fail, since its reader has left or its disk is full. That must not end the server that we keep running.
process.stderr.on('error', () => undefined);

export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Node 24, as the lock file brings it, whatever Node the machine has. */
export const node24 = join(ROOT, 'node_modules/node/bin/node');

/** The environment of our own programs: their compiled form is kept between starts. */
export function environment(more = {}) {
  return { ...process.env, NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/compiled'), ...more };
}

/** For what installs and builds, which is other people's code: none of the server's settings, some of which are secrets. */
export function withoutSettings(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(SALLYPORT|DATABASE)_/.test(name)));
}

/** The exit code of a child that has ended; 128 + n when signal n ended it. */
export const exitCode = (code, signal) => code ?? 128 + constants.signals[signal];

/** Runs a program to its end and gives its exit code. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', ...options });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(exitCode(code, signal)));
  });
}

/** A program that the kernel ended for want of memory says nothing itself. */
export const whyItFailed = (code, hint = '') =>
  code === exitCode(null, 'SIGKILL')
    ? 'The system ended it, as it does when memory runs out: it needs up to 800 MB. Add memory or swap, and start again.'
    : `The lines above say why.${hint}`;

/** Makes `node_modules` what the lock file says, when it is not. */
export async function ensureInstalled() {
  const missing = differsFromLock();
  if (missing === undefined) return;
  say(`Installing packages from the lock file (${missing}).`);
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
    // Also where the machine says production: the web app is built here.
    env: withoutSettings({ ...process.env, NODE_ENV: 'development' }),
  });
  if (code !== 0 || !existsSync(node24)) {
    say(`The packages could not be installed. ${whyItFailed(code, ' Is the npm registry reachable?')}`);
    process.exit(78);
  }
}

/** Names the first package that is not installed as locked; undefined when all are. */
function differsFromLock() {
  if (!existsSync(node24)) return 'Node 24 is missing';
  const locked = readPackages('package-lock.json');
  const installed = readPackages('node_modules/.package-lock.json');
  for (const [path, entry] of Object.entries(locked)) {
    if (!path.includes('node_modules/') || entry.link === true) continue;
    const there = installed[path];
    if (there === undefined ? entry.optional !== true : there.version !== entry.version)
      return `${path.split('node_modules/').pop()} differs`;
  }
  return undefined;
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}
