import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boundaryProblems } from './boundaries.ts';

const home = process.cwd();
const root = fileURLToPath(new URL('..', import.meta.url));
let planted: string;

/** Each file breaks exactly the rule it is listed under. */
const PLANTED: Record<string, Record<string, string>> = {
  'contract-is-pure': { 'contract/src/a.ts': "import '../../server/src/kernel/k.ts';" },
  'contract-is-pure ': { 'contract/src/a.ts': "import 'pg';" },
  'kernel-imports-nothing': {
    'server/src/kernel/x.ts': "import type { P } from '../platform/p.ts';\nexport type X = P;",
  },
  'platform-knows-no-context': {
    'server/src/platform/y.ts': "export { door } from '../contexts/audit/index.ts';",
  },
  'audit-calls': {
    'server/src/contexts/audit/z.ts': "import { door } from '../vault/index.ts';\nexport const z = door;",
  },
  'sources-calls': {
    'server/src/contexts/sources/z.ts': "export const z = () => import('../vault/inside.ts');",
  },
  'one-outbound-guard': {
    'server/src/contexts/vault/net.ts': "import { connect } from 'node:net';\nexport const c = connect;",
  },
  'undici-in-its-connector': {
    'server/src/contexts/vault/ask.ts': "import { request } from 'undici';\nexport const r = request;",
  },
  'web-is-a-client': {
    'web/src/w.tsx': "import { k } from '../../server/src/kernel/k.ts';\nexport const w = <b>{k}</b>;",
  },
  'no-tests-in-source': { 'server/src/platform/t.ts': "import '../../test/fixture.ts';" },
  'connectors-stay-apart': { 'connectors/mysql/m.ts': "import '../postgres/p.ts';" },
  'connectors-stay-apart ': { 'connectors/oracle/o.ts': "import '../postgres/p.ts';" },
  'every-context-is-in-the-table': {
    'server/src/contexts/workflows/index.ts': "import { k } from '../../kernel/k.ts';\nexport const w = k;",
  },
  'no-cycles': {
    'server/src/kernel/one.ts': "import './two.ts';",
    'server/src/kernel/two.ts': "import './one.ts';",
  },
};
const SOUND: Record<string, string> = {
  'tsconfig.json': '{}',
  'server/src/kernel/k.ts': 'export const k = 1;',
  'server/src/platform/p.ts': "import { k } from '../kernel/k.ts';\nexport type P = typeof k;",
  'server/src/contexts/audit/index.ts': 'export const door = 1;',
  'server/src/contexts/vault/index.ts':
    "import { door as audit } from '../audit/index.ts';\nexport const door = audit;",
  'server/src/contexts/vault/inside.ts': 'export const inside = 1;',
  'server/test/fixture.ts': 'export {};',
  'connectors/postgres/p.ts': 'export {};',
};

beforeAll(() => {
  planted = mkdtempSync(join(tmpdir(), 'sallyport-boundaries-'));
  process.chdir(planted);
});
afterAll(() => {
  process.chdir(home);
  rmSync(planted, { recursive: true, force: true });
});
function lay(files: Record<string, string>): void {
  rmSync(join(planted, 'server'), { recursive: true, force: true });
  for (const folder of ['contract', 'connectors', 'web', 'cli'])
    rmSync(join(planted, folder), { recursive: true, force: true });
  for (const folder of ['contract/src', 'connectors', 'server/src', 'web/src', 'cli/src'])
    mkdirSync(join(planted, folder), { recursive: true });
  cpSync(join(root, 'tsconfig.json'), join(planted, 'tsconfig.json'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(planted, file)), { recursive: true });
    writeFileSync(join(planted, file), `${text}\n`);
  }
}

test('a sound tree has no problem', async () => {
  lay(SOUND);
  expect(await boundaryProblems()).toEqual([]);
});

test.each(Object.entries(PLANTED))('a planted violation of %s is found', async (rule, files) => {
  lay({ ...SOUND, ...files });
  const problems = await boundaryProblems();
  expect(problems.map((one) => one.split(':')[0])).toContain(rule.trim());
});

test('a cycle that an import of types closes is none', async () => {
  const one = "import type { Two } from './two.ts';\nexport type One = Two;";
  const two = "import './one.ts';\nexport type Two = 2;";
  lay({ ...SOUND, 'server/src/kernel/one.ts': one, 'server/src/kernel/two.ts': two });
  expect(await boundaryProblems()).toEqual([]);
});

test('an import of what is not there is found', async () => {
  lay({ ...SOUND, 'server/src/platform/u.ts': "import './nowhere.ts';" });
  expect(await boundaryProblems()).toEqual([expect.stringMatching(/^unresolved: .*nowhere/)]);
});

test('who may call whom is what docs/architecture.md and the README of each context say', () => {
  const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
  const held = forbidden.flatMap((rule: { comment: string }) => {
    const [, context, may] = /^(\w+) may call: (.+?)\. See/.exec(rule.comment) ?? [];
    return context === undefined ? [] : [[context, may === 'no other context' ? '–' : may]];
  });
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const [, table = ''] = read('docs/architecture.md').split('| context | may call |');
  const said = table.matchAll(/^\| (\w+) \| ([a-z, –]+?)(?:;.*)? \|$/gm);
  expect([...said].map(([, context, may]) => [context, may])).toEqual(held);
  for (const [context, may] of held) {
    const readme = read(`server/src/contexts/${context}/README.md`).replace(/\s+/g, ' ');
    expect(readme).toContain(may === '–' ? 'May call no other context.' : `May call: ${may}.`);
  }
});
