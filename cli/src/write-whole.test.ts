import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeWhole } from './write-whole.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-whole-'));
  file = join(folder, 'log.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true }));

const lines =
  (text: string, thenFail = false) =>
  async () =>
    new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(Buffer.from(text));
        if (thenFail) controller.error(new Error('the connection was lost'));
        else controller.close();
      },
    });

test('a new file is for its owner alone', async () => {
  expect(await writeWhole(file, lines('a\n'))).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe('a\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['log.ndjson']);
});
test('a stream that breaks off leaves what was there, and nothing beside it', async () => {
  writeFileSync(file, 'before');
  await expect(writeWhole(file, lines('half', true))).rejects.toThrow('connection was lost');
  expect(readFileSync(file, 'utf8')).toBe('before');
  expect(readdirSync(folder)).toEqual(['log.ndjson']);
});
test('two at a time leave one whole file', async () => {
  const both = ['a', 'b'].map((letter) => letter.repeat(100_000));
  await Promise.all(both.map((text) => writeWhole(file, lines(text))));
  expect(both).toContain(readFileSync(file, 'utf8'));
  expect(readdirSync(folder)).toEqual(['log.ndjson']);
});
test('a pipe is written into, and stays one', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const read = readFile(pipe, 'utf8');
  expect(await writeWhole(pipe, lines('a\n'))).toBe(false);
  expect(await read).toBe('a\n');
  expect(lstatSync(pipe).isFIFO()).toBe(true);
});
test('behind a link, the file that it leads to is written', async () => {
  const link = join(folder, 'link');
  writeFileSync(file, 'before');
  symlinkSync(file, link);
  await writeWhole(link, lines('a\n'));
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe('a\n');
});
test('a folder is refused with a sentence, before anything is asked of the server', async () => {
  mkdirSync(file);
  let asked = false;
  const open = async () => {
    asked = true;
    return lines('a')();
  };
  await expect(writeWhole(file, open)).rejects.toThrow('is a folder');
  expect(asked).toBe(false);
});
test('a command that is ended in the middle leaves what was there, and nothing beside it', async () => {
  writeFileSync(file, 'before');
  const endless = `import { writeWhole } from ${JSON.stringify(new URL('./write-whole.ts', import.meta.url).href)};
    setInterval(() => undefined, 1_000);
    await writeWhole(process.argv[1], async () => new ReadableStream({ start: (it) => it.enqueue(Buffer.from('half')) }));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', endless, file], { stdio: 'inherit' });
  await expect.poll(() => readdirSync(folder).length, { timeout: 10_000 }).toBe(2);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
  expect(readdirSync(folder)).toEqual(['log.ndjson']);
  expect(readFileSync(file, 'utf8')).toBe('before');
});
