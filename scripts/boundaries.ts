import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cruise, type ICruiseResult, type IViolation } from 'dependency-cruiser';

const FOLDERS = ['contract/src', 'connectors', 'server/src', 'web/src', 'cli/src'];

/** What breaks the table of docs/architecture.md, read with `.dependency-cruiser.cjs`; paths are relative to the cwd. */
export async function boundaryProblems(folders: readonly string[] = FOLDERS): Promise<readonly string[]> {
  const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
  const { output } = await cruise(
    [...folders],
    { ...options, validate: true, ruleSet: { forbidden } },
    undefined,
  );
  const { summary, modules } = output as ICruiseResult;
  const comments = new Map<string, string>(
    forbidden.map((rule: { name: string; comment: string }) => [rule.name, rule.comment]),
  );
  const problems = summary.violations.filter(isReal).map(({ rule, from, to, cycle }) => {
    const road = cycle === undefined ? to : cycle.map((step) => step.name).join(' → ');
    return `${rule.name}: ${from} → ${road}\n    ${comments.get(rule.name) ?? ''}`;
  });
  for (const { source, dependencies, couldNotResolve } of modules) {
    if (couldNotResolve === true) problems.push(`unresolved: nothing is at ${source}`);
    // A checker that cannot read TypeScript finds nothing wrong: a file that imports must be seen to import.
    else if (dependencies.length === 0 && /\.tsx?$/.test(source) && imports(source))
      problems.push(`unread: the imports of ${source} were not seen`);
  }
  if (modules.length === 0) problems.push('unread: no module was seen');
  return problems;
}

/** A cycle that an import of types closes is none when the program runs. */
const isReal = ({ cycle }: IViolation): boolean =>
  cycle === undefined || cycle.every((step) => !step.dependencyTypes.includes('type-only'));

const imports = (file: string): boolean => /^import .*['"];?$/m.test(readFileSync(file, 'utf8'));

if (import.meta.main) {
  const problems = await boundaryProblems();
  process.stdout.write(problems.map((one) => `${one}\n`).join(''));
  process.exitCode = problems.length === 0 ? 0 : 1;
}
