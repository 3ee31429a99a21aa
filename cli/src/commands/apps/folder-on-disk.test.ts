import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadFolder, notePrints, replaceFolder } from './folder-on-disk.ts';

const FILES = new Map([
  ['app.yaml', 'name: Desk\n'],
  ['pages/home/page.yaml', 'title: Home\n'],
  ['queries/flights.sql', 'select 1\n'],
]);

const DESK = { server: 'https://tools.example.com', id: 'app_1' };

const before = process.cwd();
let outside: string;
let folder: string;
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'sallyport-folder-'));
  folder = join(outside, 'desk');
  mkdirSync(folder);
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(before);
  rmSync(outside, { recursive: true });
});

describe.each(['.', './', '../desk', '../desk/'])('F2 a folder that is named %s', (spelled) => {
  test('is read as it was written', async () => {
    await replaceFolder(spelled, FILES, DESK);
    expect(await loadFolder(spelled)).toEqual(FILES);
  });
  test('loses the files that are no longer the app’s, and no other', async () => {
    await replaceFolder(spelled, new Map([...FILES, ['queries/removed.sql', 'select 2\n']]), DESK);
    writeFileSync('README.md', 'ours');
    for (const folder of ['pages', 'pages/home', 'queries'])
      writeFileSync(`${folder}/.DS_Store`, 'a system’s');
    await replaceFolder(spelled, FILES, DESK);
    expect(existsSync('queries/removed.sql')).toBe(false);
    expect(readFileSync('README.md', 'utf8')).toBe('ours');
    expect(await loadFolder(spelled)).toEqual(FILES);
    writeFileSync('pages/other', 'a file where a page’s folder would be');
    await expect(loadFolder(spelled)).rejects.toThrow('pages/other is not a folder');
  });
});

describe.each([
  ['app.yaml', 'a file'],
  ['queries/flights.sql', 'a file'],
  ['queries', 'a folder'],
  ['pages', 'a folder'],
  ['pages/home', 'a folder'],
  ['.sallyport', 'a folder'],
])('F4 a link in place of %s', (path, kind) => {
  beforeEach(() => {
    const target = join(outside, 'target');
    if (kind === 'a folder') mkdirSync(target);
    else writeFileSync(target, 'precious');
    if (path.includes('/')) mkdirSync(path.split('/')[0]!);
    symlinkSync(target, path);
  });
  test('is not written through', async () => {
    await expect(replaceFolder('.', FILES, DESK)).rejects.toThrow(/ is a link/);
    if (kind === 'a file') expect(readFileSync(join(outside, 'target'), 'utf8')).toBe('precious');
    else expect(existsSync(join(outside, 'target', 'page.yaml'))).toBe(false);
  });
  test('is told, not passed over, when the folder is read', async () => {
    await expect(loadFolder('.')).rejects.toThrow(/ is a link/);
  });
});

test('a file that cannot be written leaves the folder as it was', async () => {
  await replaceFolder('.', FILES, DESK);
  writeFileSync('queries/mine.sql', 'select 3\n');
  // Longer than any file system lets a name be.
  const tooLong = new Map([...FILES, ['app.yaml', 'name: Other\n'], [`queries/${'q'.repeat(300)}.sql`, '']]);
  await expect(replaceFolder('.', tooLong, DESK, true)).rejects.toThrow(
    /is too long\. Choose a shorter one\. \(ENAMETOOLONG\)/,
  );
  expect(await loadFolder('.')).toEqual(new Map([...FILES, ['queries/mine.sql', 'select 3\n']]));
  expect(readdirSync('queries')).toEqual(['flights.sql', 'mine.sql']);
});

test('F4 a link beside the app’s own files is left alone', async () => {
  symlinkSync(outside, 'elsewhere');
  await replaceFolder('.', FILES, DESK);
  expect(await loadFolder('.')).toEqual(FILES);
});

test('F3 a file in another encoding is refused, and a byte order mark is no part of a statement', async () => {
  await replaceFolder('.', FILES, DESK);
  writeFileSync('queries/flights.sql', Buffer.from("select 'caf\xe9'\n", 'latin1'));
  await expect(loadFolder('.')).rejects.toThrow('flights.sql is not in UTF-8');
  writeFileSync('queries/flights.sql', '\ufeffselect 1\n');
  expect(await loadFolder('.')).toEqual(FILES);
});

describe('F5 what somebody changed', () => {
  const next = new Map([...FILES, ['queries/flights.sql', 'select 4\n']]);
  test.each([
    ['a file of the app', 'queries/flights.sql', 'select 1 -- by hand\n'],
    ['a file in another encoding', 'queries/flights.sql', Buffer.from("select 'caf\xe9'\n", 'latin1')],
    ['a file that was added', 'queries/mine.sql', 'select 3\n'],
  ])('is named, and nothing is written, until that is wanted: %s', async (_what, path, text) => {
    await replaceFolder('.', FILES, DESK);
    writeFileSync(path, text);
    await expect(replaceFolder('.', next, DESK)).rejects.toThrow(new RegExp(`lost:\\n  ${path}\\n`));
    expect(readFileSync(path)).toEqual(Buffer.from(text));
    await replaceFolder('.', next, DESK, true);
    expect(await loadFolder('.')).toEqual(next);
  });
  test('may be replaced when it was imported, when it is what is written, and when only its line ends are others', async () => {
    await replaceFolder('.', FILES, DESK);
    writeFileSync('app.yaml', 'name: Desk\r\n');
    writeFileSync('pages/home/page.yaml', 'title: Start\n');
    await notePrints('.', await loadFolder('.'), DESK);
    writeFileSync('queries/flights.sql', 'select 4\n');
    await replaceFolder('.', next, DESK);
    expect(await loadFolder('.')).toEqual(next);
  });
  test('is not said of another app, which is replaced only when that is wanted', async () => {
    await replaceFolder('.', FILES, DESK);
    const another = new Map([...FILES, ['app.yaml', 'name: Dock\n']]);
    await expect(replaceFolder('.', another, DESK)).rejects.toThrow(/holds the app Desk, and this is Dock/);
    writeFileSync('queries/flights.sql', 'select 5\n');
    await expect(replaceFolder('.', another, DESK)).rejects.toThrow(
      /give --replace\..*\n {2}queries\/flights\.sql$/,
    );
    await replaceFolder('.', another, DESK, true);
    expect(await loadFolder('.')).toEqual(another);
  });
  test('nor of another app of the same name; a copy on another server, and one that it was imported into, are none', async () => {
    const copy = { ...DESK, id: 'app_2' };
    await replaceFolder('.', FILES, DESK);
    await expect(replaceFolder('.', FILES, copy)).rejects.toThrow(/holds another app that is named Desk\./);
    await replaceFolder('.', FILES, { ...copy, server: 'https://staging.example.com' });
    await notePrints('.', FILES, copy);
    await replaceFolder('.', FILES, DESK);
    await replaceFolder('.', FILES, copy, true);
    await expect(replaceFolder('.', FILES, DESK)).rejects.toThrow(/holds another app/);
  });
  test('is all that there is in a folder that no export wrote', async () => {
    writeFileSync('app.yaml', 'name: Of something else\n');
    await expect(replaceFolder('.', FILES, DESK)).rejects.toThrow(/\n {2}app\.yaml\n/);
    expect(readdirSync('.')).toEqual(['app.yaml']);
  });
});

test.runIf(process.platform === 'linux').each(['/proc', '/proc/no/such', '/proc/self/fdinfo/x'])(
  'a folder where none can be is refused in a sentence: %s',
  async (where) => {
    await expect(replaceFolder(where, FILES, DESK)).rejects.toThrow(`${where} cannot be written`);
  },
);
