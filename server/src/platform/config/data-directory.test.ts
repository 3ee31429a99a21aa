import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { dataDirectoryDoubt, makeDataDirectory } from './data-directory.ts';

const place = mkdtempSync(join(tmpdir(), 'sallyport-'));
writeFileSync(join(place, 'file'), '');

test('it is made with what is missing above it, for its owner alone, and may be there', () => {
  const path = join(place, 'a', 'b');
  makeDataDirectory(path);
  makeDataDirectory(path);
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

test.each(['/proc/sallyport', '/dev/null/sallyport', join(place, 'file'), join(place, 'file', 'below')])(
  'where it cannot be, a sentence says so: %s',
  (path) => {
    expect(() => makeDataDirectory(path)).toThrow(
      /cannot be created.* [Ss]et SALLYPORT_DATA_DIR to a directory/,
    );
  },
);

test('a file in its place or above it, and a link that leads nowhere, are named with what to do', () => {
  symlinkSync(join(place, 'nowhere'), join(place, 'link'));
  for (const [path, named] of [
    [join(place, 'file'), 'file'],
    [join(place, 'file', 'a', 'b'), 'file'],
    [join(place, 'link'), 'link'],
    [join(place, 'link', 'below'), 'link'],
  ] as const)
    expect(() => makeDataDirectory(path), path).toThrow(
      `${join(place, named)} is a file, or a link that leads nowhere. Remove it`,
    );
});

test.skipIf(process.getuid?.() !== 0)('one of another user is refused, and one of root is not', () => {
  const path = join(place, 'theirs');
  mkdirSync(path);
  chownSync(path, 65_534, 65_534);
  expect(() => makeDataDirectory(path)).toThrow(
    `belongs to another user (65534), who could put a root key or data there. Run Sallyport as that user. If it is always to run as this one, run: chown -R 0 ${path}`,
  );
  chownSync(path, 0, 0);
  makeDataDirectory(path);
});

test.skipIf(process.platform !== 'linux')(
  'one that is there and cannot be written is told, even to root',
  () => {
    expect(() => makeDataDirectory('/proc/self')).toThrow(
      /is not writable .* Set SALLYPORT_DATA_DIR to a directory/,
    );
  },
);

test('one where others can write is taken, and told with what to do', () => {
  expect(dataDirectoryDoubt(place)).toBeUndefined();
  chmodSync(place, 0o777);
  expect(dataDirectoryDoubt(place)).toMatch(/\(mode 777\).* Run: chmod go-w /);
});

afterAll(() => rmSync(place, { recursive: true }));
