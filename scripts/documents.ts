/** Writes what is generated and committed; with `--check`, only says what differs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configurationDocument } from '../server/src/platform/config/document.ts';
import { componentDocument } from './component-document.ts';
import { errorDocument, refusalTables } from './error-document.ts';
import { openApiText } from './openapi.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const tables = await refusalTables(root);
const errors = errorDocument(tables);
const documents: Record<string, string> = {
  'openapi.v1.json': openApiText(version, tables),
  'docs/components.md': componentDocument(),
  'docs/configuration.md': configurationDocument(),
  'docs/errors.md': errors.text,
};
for (const conflict of errors.conflicts) {
  process.stdout.write(`${conflict}\n`);
  process.exitCode = 1;
}
for (const [file, text] of Object.entries(documents)) {
  const path = join(root, file);
  if (read(path) === text) continue;
  if (process.argv.includes('--check')) {
    process.stdout.write(
      `${file} is not what the source says. Run: node scripts/run.mjs scripts/documents.ts\n`,
    );
    process.exitCode = 1;
  } else {
    writeFileSync(path, text);
    process.stdout.write(`${file} written\n`);
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
