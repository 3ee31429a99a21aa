import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
      /cannot be created .* Set SALLYPORT_DATA_DIR to a directory/,
    );
  },
);

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
