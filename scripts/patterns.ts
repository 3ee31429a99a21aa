/** Holds the regular expressions of what ships to time in proportion to the text: many read what a stranger wrote. */
import { globSync, readFileSync } from 'node:fs';
import { parseSync } from '@swc/core';
import { analyse } from 'scslre';

const SHIPPED = ['contract/src', 'connectors', 'server/src', 'web/src', 'cli/src'];
const WITHOUT = /\.test\.tsx?$|^connectors\/suite\//;

interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/**
 * One sentence for each regular expression of a TypeScript source whose time can grow as the square of its text, or worse.
 * One that `new RegExp` composes is not seen.
 */
export function slowPatterns(text: string, tsx: boolean): readonly string[] {
  return patternsOf(parseSync(text, { syntax: 'typescript', tsx })).flatMap(({ source, flags }) => {
    const { reports } = analyse({ source, flags });
    if (reports.length === 0) return [];
    const exponential = reports.some((report) => report.exponential);
    return [`/${source}/${flags} takes ${exponential ? 'exponential' : 'quadratic'} time for some texts`];
  });
}

function patternsOf(node: unknown): readonly Pattern[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('type' in node && node.type === 'RegExpLiteral') {
    const { pattern, flags } = node as unknown as { readonly pattern: string; readonly flags: string };
    return [{ source: pattern, flags }];
  }
  return Object.values(node).flatMap(patternsOf);
}

if (import.meta.main) {
  const files = globSync(SHIPPED.map((folder) => `${folder}/**/*.{ts,tsx}`)).filter(
    (file) => !WITHOUT.test(file),
  );
  const problems = files.flatMap((file) =>
    slowPatterns(readFileSync(file, 'utf8'), file.endsWith('x')).map((problem) => `${file}: ${problem}`),
  );
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  if (files.length === 0) throw new Error('No file was seen.');
  process.exitCode = problems.length === 0 ? 0 : 1;
}
