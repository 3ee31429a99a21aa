#!/usr/bin/env node
// Starts the command line on Node 24, which runs TypeScript: this Node when it is new enough, the project's own otherwise.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const own = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));
const entry = fileURLToPath(new URL('../src/main.ts', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= 24) {
  const { main } = await import(entry);
  await main(process.argv.slice(2));
} else if (existsSync(own)) {
  const { status } = spawnSync(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 2;
} else {
  process.stderr.write(
    'sallyport needs Node 24. Run npm install in the project, which brings one, or use a newer Node.\n',
  );
  process.exitCode = 2;
}
