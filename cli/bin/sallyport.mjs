#!/usr/bin/env node
// Starts the command line on Node 24, which runs TypeScript: this Node when it is new enough, the project's own otherwise.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const own = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));
const entry = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

if (Number(process.versions.node.split('.')[0]) >= 24) {
  const { main } = await import(entry);
  await main(process.argv.slice(2));
} else if (existsSync(own)) {
  // Passes a signal on to the command, which would otherwise go on and write. The handlers are set first, so that no signal
  // is missed; none can run before `child` is assigned.
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  const child = spawn(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  child.once('exit', (code, signal) => {
    for (const one of SIGNALS) process.removeAllListeners(one);
    if (signal === null) process.exitCode = code;
    else process.kill(process.pid, signal);
  });
} else {
  process.stderr.write(
    'sallyport needs Node 24. Run npm install in the project, which brings one, or use a newer Node.\n',
  );
  process.exitCode = 2;
}
