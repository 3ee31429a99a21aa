import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readRootKeyFile } from './root-key-file.ts';

test('R2 what stands in the place of the file and is none is told, and never waited for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'root-key-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [directory, pipe] = [join(folder, 'directory'), join(folder, 'pipe')];
  // What a container has where a file was to be mounted that is not there.
  mkdirSync(directory, { mode: 0o700 });
  execFileSync('mkfifo', ['-m', '600', pipe]);
  for (const path of [directory, pipe])
    await expect(readRootKeyFile(path), path).rejects.toThrow(
      /is not a file, but .* Put the key itself there/,
    );
});

test.skipIf(process.getuid?.() !== 0)(
  'R2 a file of another user is refused, which root could read',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'root-key-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'root.key');
    writeFileSync(path, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    expect(await readRootKeyFile(path)).toBeDefined();
    chownSync(path, 65_534, 65_534);
    await expect(readRootKeyFile(path)).rejects.toThrow(
      `belongs to another user (65534), who can read and replace it. Run Sallyport as that user.`,
    );
  },
);
