import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RefusalTable } from '../server/src/kernel/refusal.ts';

export interface Owned {
  readonly owner: string;
  readonly table: RefusalTable;
}

/** The table of every `refusals.ts` of the server. */
export async function refusalTables(root: string): Promise<readonly Owned[]> {
  const owned: Owned[] = [];
  for (const file of globSync('server/src/**/refusals.ts', { cwd: root }).sort()) {
    const module: { refuse?: { table?: RefusalTable } } = await import(pathToFileURL(join(root, file)).href);
    if (module.refuse?.table === undefined) throw new Error(`${file} does not export refuse with a table.`);
    owned.push({ owner: relative('server/src', join(file, '..')), table: module.refuse.table });
  }
  return owned;
}

/** The text of `docs/errors.md`, and the codes that mean two things. */
export function errorDocument(owned: readonly Owned[]): { text: string; conflicts: readonly string[] } {
  const sections = owned.flatMap(({ owner, table }) => [
    `## ${owner}`,
    '',
    '| code | status | what happened | what to do |',
    '|---|---|---|---|',
    ...Object.entries(table)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([code, row]) =>
          `| <a id="${code}"></a>\`${code}\` | ${row.status} | ${cell(row.title)} | ${cell(row.next)} |`,
      ),
    '',
  ]);
  const text = [
    '# Errors',
    '',
    'Every refusal is an `application/problem+json` document (RFC 9457) with one of these codes, which stay the same from',
    'version to version. Made from the tables of the server by `node scripts/run.mjs scripts/documents.ts`.',
    '',
    ...sections,
  ].join('\n');
  return { text, conflicts: conflictsOf(owned) };
}

function conflictsOf(owned: readonly Owned[]): readonly string[] {
  const seen = new Map<string, { owner: string; row: string }>();
  const conflicts: string[] = [];
  for (const { owner, table } of owned) {
    for (const [code, definition] of Object.entries(table)) {
      const row = JSON.stringify(definition);
      const other = seen.get(code);
      if (other !== undefined && other.row !== row)
        conflicts.push(
          `The code ${code} says one thing in ${other.owner} and another in ${owner}. Rename one.`,
        );
      seen.set(code, { owner, row });
    }
  }
  return conflicts;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
