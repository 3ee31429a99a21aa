// npm test: brings what tests need, runs all of them, and ends with "N passed, N failed, N skipped".
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { buildWeb } from './build-web.mjs';
import { ensureDebianPackages } from './debian.mjs';
import { ensureInstalled, environment, node24, ROOT, run, say } from './project.mjs';

const RESULTS = join(ROOT, 'node_modules/.cache/test-results');
const total = { passed: 0, skipped: 0 };
/** Told once more at the end: of a long log, that is what a reader has, or is shown. */
const failures = [];

await ensureInstalled();
const absent = await ensureDebianPackages();
for (const one of absent) {
  const why = `It is not here and may not be installed: ${one.without} are skipped.`;
  say(`${one.package}: ${why}`);
  if (process.env.CI === 'true') fail(one.package, `${why} Under CI that is a failure.`);
}
await buildWeb();
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
// What tests leave behind, killed servers' folders among it, goes with this one. Their PostgreSQL runs as another user.
const scratch = mkdtempSync(join(tmpdir(), 'sp-test-'));
chmodSync(scratch, 0o1777);
const env = environment({
  PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`,
  TMPDIR: scratch,
});

try {
  await vitest();
  if (existsSync(join(ROOT, 'playwright.config.ts'))) await playwright();
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}

for (const one of failures) say(one);
process.stdout.write(`${total.passed} passed, ${failures.length} failed, ${total.skipped} skipped\n`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function vitest() {
  const file = join(RESULTS, 'vitest.json');
  const code = await run(
    node24,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    { env },
  );
  const result = read(file);
  const before = failures.length;
  for (const { name, status, message, assertionResults } of result?.testResults ?? []) {
    const failed = assertionResults.filter((one) => one.status === 'failed');
    for (const one of failed) fail(`${relative(ROOT, name)}: ${one.fullName}`, one.failureMessages[0]);
    // A file that cannot be loaded, or a server that does not start, has no test that could fail.
    if (status === 'failed' && failed.length === 0) fail(relative(ROOT, name), message);
    const passed = assertionResults.filter((one) => one.status === 'passed').length;
    total.passed += passed;
    total.skipped += assertionResults.length - failed.length - passed;
  }
  if (code !== 0 && failures.length === before) fail('vitest', `It ended with ${code}.`);
}

async function playwright() {
  const file = join(RESULTS, 'playwright.json');
  const without = absent.some((one) => one.package === 'chromium');
  const code = await run(
    node24,
    [
      'node_modules/@playwright/test/cli.js',
      'test',
      ...(without ? ['--list', '--reporter=json'] : ['--reporter=list,json']),
      '--pass-with-no-tests',
    ],
    {
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
      stdio: without ? ['ignore', 'ignore', 2] : 'inherit',
    },
  );
  const specs = specsOf(read(file)?.suites ?? []);
  if (without) {
    total.skipped += specs.length;
    return;
  }
  const outcomes = specs.flatMap((spec) => spec.tests.map((test) => test.status));
  const before = failures.length;
  for (const { file, line, title, tests } of specs)
    for (const one of tests)
      if (one.status === 'unexpected')
        fail(`e2e/${file}:${line}: ${title}`, one.results.at(-1)?.error?.message);
  // Under CI a test may be tried once more (playwright.config.ts); one that needed it is named here, to be mended.
  const flaky = specs.filter((spec) => spec.tests.some((test) => test.status === 'flaky'));
  for (const spec of flaky) say(`Passed only when it was tried again: ${spec.title}`);
  total.passed += outcomes.filter((status) => status === 'expected').length + flaky.length;
  total.skipped += outcomes.filter((status) => status === 'skipped').length;
  if (code !== 0 && failures.length === before) fail('playwright', `It ended with ${code}.`);
}

function fail(name, message = '') {
  const lines = stripVTControlCharacters(message).split('\n').slice(0, 12);
  failures.push(['', `Failed: ${name}`, ...lines.map((line) => `  ${line}`)].join('\n'));
}

function specsOf(suites) {
  return suites.flatMap((suite) => [...(suite.specs ?? []), ...specsOf(suite.suites ?? [])]);
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
