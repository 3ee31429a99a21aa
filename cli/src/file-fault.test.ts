import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileFault } from './file-fault.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-fault-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What is said when a file is read. */
function said(path: string, given?: string): string {
  try {
    readFileSync(path);
  } catch (error) {
    return (fileFault(error, given) as Error).message;
  }
  return 'read';
}

test('what the system says of a file is a sentence that names it and what to do', () => {
  const [file, circle] = [join(folder, 'file'), join(folder, 'circle')];
  writeFileSync(file, '');
  symlinkSync(circle, circle);
  expect(said(join(folder, 'none'))).toBe(
    `There is no ${folder}/none. Check the path; a folder to write into has to be there. (ENOENT)`,
  );
  expect(said(join(file, 'in-it'))).toMatch(/is a file where a folder should be\. .* \(ENOTDIR\)$/);
  expect(said(circle)).toMatch(/leads in a circle\. .* \(ELOOP\)$/);
  // Here the system names no path.
  expect(said(folder, folder)).toBe(`${folder} is a folder. Name a file. (EISDIR)`);
  chmodSync(file, 0);
  if (process.getuid?.() !== 0) expect(said(file)).toMatch(/You may not read/);
});

test('another error is left as it is', () => {
  const error = Object.assign(new Error('fetch failed'), { code: 'ECONNREFUSED' });
  expect(fileFault(error)).toBe(error);
});
