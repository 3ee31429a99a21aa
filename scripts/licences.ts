/** Holds what ships to permissive licences, and the lock file to the public registry with a hash for each package. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const PERMITTED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);
const REGISTRY = 'https://registry.npmjs.org/';

/** One sentence a problem. `packages` is that of a package-lock.json. */
function lockProblems(packages: Readonly<Record<string, Locked>>): readonly string[] {
  const problems: string[] = [];
  for (const [path, entry] of Object.entries(packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!(`${path}/node_modules/${name}` in packages) && !(`node_modules/${name}` in packages))
        problems.push(
          `${name} is not in the lock file, so npm ci refuses. Run: node scripts/complete-lock.mjs`,
        );
    }
  }
  for (const [path, entry] of Object.entries(packages)) {
    if (!path.includes('node_modules/') || entry.link === true) continue;
    const name = `${path.split('node_modules/').pop()}@${entry.version}`;
    // npm leaves `resolved` out when it is the registry's own address.
    const elsewhere = entry.resolved !== undefined && !entry.resolved.startsWith(REGISTRY);
    if (elsewhere) problems.push(`${name} comes from ${entry.resolved}, not from ${REGISTRY}.`);
    // What scripts/complete-lock.mjs added for other platforms has none; it is never part of what ships on Linux.
    const added = entry.optional === true && entry.os !== undefined && entry.integrity === undefined;
    if (!added && !entry.integrity?.startsWith('sha512-'))
      problems.push(`${name} is not locked with a SHA-512.`);
    if (entry.dev !== true && !isPermitted(entry.license))
      problems.push(
        `${name} ships and has the licence ${entry.license ?? '(none named)'}. Use another package.`,
      );
  }
  return problems;
}

/** An SPDX expression: of alternatives one must be permitted, of parts all. */
function isPermitted(expression: string | undefined): boolean {
  const text = (expression ?? '').replace(/[()]/g, ' ').trim();
  return text
    .split(/\s+OR\s+/)
    .some((one) => one.split(/\s+AND\s+/).every((part) => PERMITTED.has(part.trim())));
}

if (import.meta.main) {
  const lock = readFileSync(fileURLToPath(new URL('../package-lock.json', import.meta.url)), 'utf8');
  const problems = lockProblems(JSON.parse(lock).packages);
  process.stdout.write(problems.map((one) => `${one}\n`).join(''));
  process.exitCode = problems.length === 0 ? 0 : 1;
}
