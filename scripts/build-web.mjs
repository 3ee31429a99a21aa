import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, node24, ROOT, run, say } from './project.mjs';

const SOURCES = ['web', 'contract', 'package-lock.json'];
const DIST = join(ROOT, 'web/dist');
const STAMP = join(DIST, '.sources');

/** Builds web/dist when what it is made of changed. It is replaced whole: a failed build leaves the old one. */
export async function buildWeb() {
  const hash = hashOf(SOURCES);
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return;
  say('Building the web app.');
  const draft = 'node_modules/.cache/web-dist';
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const code = await run(
    node24,
    [vite, 'build', '--logLevel', 'error', '--outDir', `../${draft}`, '--emptyOutDir'],
    { cwd: join(ROOT, 'web'), env: environment({ NODE_ENV: 'production' }), stdio: ['ignore', 2, 2] },
  );
  if (code !== 0) {
    say('The web app could not be built. The lines above say why.');
    process.exit(78);
  }
  writeFileSync(join(ROOT, draft, '.sources'), hash);
  rmSync(DIST, { recursive: true, force: true });
  renameSync(join(ROOT, draft), DIST);
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
