import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ENGINE_OPTIONS } from './engine-options.mjs';

const run = promisify(execFile);
const grammar = fileURLToPath(new URL('../connectors/postgres/language/grammar.ts', import.meta.url));

/** The most memory in megabytes that a process needed which read some statements, and then did nothing for a second. */
async function peak(options: readonly string[]): Promise<number> {
  const program = `
    const { loadGrammar, grammar } = await import(${JSON.stringify(grammar)});
    await loadGrammar();
    for (let i = 0; i < 20; i++) grammar().parseSync('select * from orders where id = ' + i);
    setTimeout(() => console.log(process.resourceUsage().maxRSS / 1024), 1_000);`;
  const { stdout } = await run(process.execPath, [...options, '--input-type=module', '--eval', program]);
  return Number(stdout);
}

test('the grammar of PostgreSQL is read in the memory of a small machine, which the optimising compiler is not', async () => {
  expect(await peak(ENGINE_OPTIONS)).toBeLessThan(150);
  expect(await peak(ENGINE_OPTIONS.filter((option) => option !== '--liftoff-only'))).toBeGreaterThan(200);
});
