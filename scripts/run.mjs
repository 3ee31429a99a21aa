// node scripts/run.mjs [--web] [--browser] file.ts [arguments]: runs a TypeScript file of this project with its own
// Node 24; after building the web app when its sources changed, and bringing Chromium, where the file needs them.
import { spawn } from 'node:child_process';
import { buildWeb } from './build-web.mjs';
import { ensureDebianPackages } from './debian.mjs';
import { ensureInstalled, environment, exitCode, node24, say } from './project.mjs';

const given = process.argv.slice(2);
const file = given.findIndex((one) => !one.startsWith('--'));
if (file === -1) {
  say('Say which file to run: node scripts/run.mjs [--web] [--browser] file.ts [arguments]');
  process.exit(64);
}
const needs = given.slice(0, file);
await ensureInstalled();
if (needs.includes('--web')) await buildWeb();
if (needs.includes('--browser')) await ensureDebianPackages(['chromium']);
const child = spawn(node24, given.slice(file), { stdio: 'inherit', env: environment() });
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('exit', (code, signal) => process.exit(exitCode(code, signal)));
