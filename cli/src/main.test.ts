import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../bin/sallyport.mjs', import.meta.url));

test('a reader that leaves early, as head does, is no fault, and the exit code still tells', async () => {
  // Any key in form; the file is empty, so the answer is that it is no whole log.
  const args = ['audit', 'verify', '/dev/null', '--key', 'ab'.repeat(32)];
  const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (bytes) => {
    said += bytes;
  });
  const [code] = await once(child, 'close');
  expect({ code, said }).toEqual({ code: 1, said: '' });
});

test.runIf(process.platform === 'linux')(
  'an answer that a full disk does not take is told in a sentence',
  async () => {
    const full = openSync('/dev/full', 'w');
    const args = ['audit', 'verify', '/dev/null', '--key', 'ab'.repeat(32)];
    const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    let said = '';
    child.stderr?.on('data', (bytes) => {
      said += bytes;
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(2);
    expect(said).toMatch(/^sallyport: The output cannot be written: ENOSPC.*\n$/);
  },
);

/** Makes a Node say that it is an older one. */
const OLDER = 'data:text/javascript,Object.defineProperty(process.versions, "node", { value: "20.0.0" })';

test.runIf(process.platform === 'linux')(
  'under an older Node, what ends the command ends it, and not its starter alone',
  async () => {
    // It waits for the rest of the export.
    const args = ['--import', OLDER, bin, 'audit', 'verify', '/dev/stdin', '--key', 'ab'.repeat(32)];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'ignore', 'ignore'] });
    const started = () => readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim();
    await expect.poll(started, { timeout: 10_000 }).not.toBe('');
    const command = `/proc/${started()}`;
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([null, 'SIGTERM']);
    expect(existsSync(command)).toBe(false);
  },
);

test.each([
  [['audit', 'nope'], "unknown command 'nope'", 'Usage: sallyport audit'],
  [['audit', 'export', '--out', '-'], 'A pipe is not read or written', 'Usage: sallyport audit export'],
  [['audit', 'export'], "required option '--out <file>'", 'Usage: sallyport audit export'],
])('%j is told beside what there is instead', async (args, wrong, instead) => {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes) => {
    said += bytes;
  });
  expect((await once(child, 'close'))[0]).toBe(2);
  expect(said).toContain(wrong);
  expect(said).toContain(instead);
});
