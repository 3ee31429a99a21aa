// npm test: brings what tests need, runs all of them, and ends with "N passed, N failed, N skipped".
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWeb } from './build-web.mjs';
import { ensureDebianPackages } from './debian.mjs';
import { ensureInstalled, environment, node24, ROOT, run, say } from './project.mjs';

const RESULTS = join(ROOT, 'node_modules/.cache/test-results');
const total = { passed: 0, failed: 0, skipped: 0 };

await ensureInstalled();
const absent = await ensureDebianPackages();
for (const one of absent)
  say(`${one.package} is not here and may not be installed: ${one.without} are skipped.`);
if (absent.length > 0 && process.env.CI === 'true') {
  say('Under CI nothing may be skipped for a missing package: this run fails.');
  total.failed += absent.length;
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

process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

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
  const tests = (result?.testResults ?? []).flatMap((one) => one.assertionResults);
  const failed = tests.filter((one) => one.status === 'failed').length;
  total.passed += tests.filter((one) => one.status === 'passed').length;
  total.skipped += tests.filter((one) => one.status !== 'passed' && one.status !== 'failed').length;
  // A file that cannot be loaded, or a server that does not start, has no test that could fail.
  const broken = (result?.testResults ?? []).filter(
    (one) => one.status === 'failed' && !one.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  total.failed += failed + broken;
  if (code !== 0 && failed + broken === 0) total.failed += 1;
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
  const failed = outcomes.filter((status) => status === 'unexpected').length;
  // Under CI a test may be tried once more (playwright.config.ts); one that needed it is named here, to be mended.
  const flaky = specs.filter((spec) => spec.tests.some((test) => test.status === 'flaky'));
  for (const spec of flaky) say(`Passed only when it was tried again: ${spec.title}`);
  total.passed += outcomes.filter((status) => status === 'expected').length + flaky.length;
  total.skipped += outcomes.filter((status) => status === 'skipped').length;
  total.failed += failed;
  if (code !== 0 && failed === 0) total.failed += 1;
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
