// npm run check: everything that is decided without running the product. Each step runs, also after one has failed.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, environment, node24, ROOT } from './project.mjs';

const bin = (name) => join(ROOT, 'node_modules/.bin', name);
const steps = [
  ['format and lint', bin('biome'), ['ci', '--diagnostic-level=error', '.']],
  ['boundaries', node24, ['scripts/boundaries.ts']],
  ['types', bin('tsc'), ['-p', '.']],
  ['types of the web app', bin('tsc'), ['-p', 'web']],
  ['dead code', bin('knip'), ['--no-progress', '--no-config-hints']],
  ['regular expressions', node24, ['scripts/patterns.ts']],
  ['generated documents', node24, ['scripts/documents.ts', '--check']],
  ['licences and lock file', node24, ['scripts/licences.ts']],
];

await ensureInstalled();
// The programs above ask for `node`: it is ours, not the machine's.
const PATH = `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`;
const failed = [];
for (const [name, program, args] of steps) {
  const began = Date.now();
  const { code, output } = await capture(program, args);
  process.stdout.write(
    `${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)\n`,
  );
  if (code === 0) continue;
  failed.push(name);
  process.stdout.write(`${output.trimEnd()}\n\n`);
}
process.stdout.write(failed.length === 0 ? 'All checks passed.\n' : `Failed: ${failed.join(', ')}.\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

function capture(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, env: environment({ PATH, FORCE_COLOR: '0' }) });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output += data;
      });
    }
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
