// node scripts/run.mjs file.ts [arguments]: runs a TypeScript file of this project with its own Node 24.
import { spawn } from 'node:child_process';
import { ensureInstalled, environment, node24, say } from './project.mjs';

if (process.argv.length < 3) {
  say('Say which file to run: node scripts/run.mjs file.ts [arguments]');
  process.exit(64);
}
await ensureInstalled();
const child = spawn(node24, process.argv.slice(2), { stdio: 'inherit', env: environment() });
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
