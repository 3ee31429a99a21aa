import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { environment, node24, ROOT, run, say, whyItFailed, withoutSettings } from './project.mjs';

const SOURCES = ['web', 'contract', 'package-lock.json'];
const DIST = join(ROOT, 'web/dist');
const CACHE = join(ROOT, 'node_modules/.cache');
const LOCK = join(CACHE, 'web-build.lock');
/** Longer than any build takes. An older lock was left behind, and its process id is another process's by now. */
const LONGEST_MS = 300_000;

/** Builds web/dist when what it is made of changed. It is replaced whole: a failed build leaves the old one. */
export async function buildWeb() {
  const hash = hashOf(SOURCES);
  if (isBuilt(hash)) return;
  // Servers that start at the same time, as in tests, build it once.
  while (!takeLock()) await sleep(200);
  try {
    if (!isBuilt(hash)) await build(hash);
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function isBuilt(hash) {
  const stamp = join(DIST, '.sources');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
}

/** Whether this process may build now. One that was killed at it keeps nobody waiting. */
function takeLock() {
  try {
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EACCES' || error.code === 'EROFS') {
      say(
        `The web app has to be built, but this user cannot write to ${CACHE}. Start once as a user who can.`,
      );
      process.exit(78);
    }
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    const { mtimeMs } = statSync(LOCK);
    if (Date.now() - mtimeMs < LONGEST_MS && isAlive(readFileSync(LOCK, 'utf8'))) return false;
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    // Just given back.
    return false;
  }
  rmSync(LOCK, { force: true });
  return false;
}

function isAlive(pid) {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function build(hash) {
  say('Building the web app.');
  for (const name of readdirSync(CACHE)) {
    // Of a build that was killed.
    const [, pid] = /^web-dist-(\d+)$/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(pid)) rmSync(join(CACHE, name), { recursive: true, force: true });
  }
  // Its own: two builds never write into one folder, whatever became of the lock.
  const draft = join(CACHE, `web-dist-${process.pid}`);
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const code = await run(node24, [vite, 'build', '--logLevel', 'error', '--outDir', draft, '--emptyOutDir'], {
    cwd: join(ROOT, 'web'),
    env: withoutSettings(environment({ NODE_ENV: 'production' })),
    stdio: ['ignore', 2, 2],
  });
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    rmSync(LOCK, { force: true });
    say(`The web app could not be built. ${whyItFailed(code)}`);
    process.exit(78);
  }
  writeFileSync(join(draft, '.sources'), hash);
  rmSync(DIST, { recursive: true, force: true });
  renameSync(draft, DIST);
}

function hashOf(paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    const full = join(ROOT, path);
    if (path.endsWith('.json') && !path.includes('/')) {
      hash.update(readFileSync(full));
      return;
    }
    const entries = readdirSync(full, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (entry.name === 'dist' || entry.name === 'node_modules') continue;
      const inside = join(path, entry.name);
      if (entry.isDirectory()) add(inside);
      else if (!/\.test\.tsx?$/.test(entry.name))
        hash.update(inside).update(readFileSync(join(ROOT, inside)));
    }
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}
