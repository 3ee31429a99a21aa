import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const CHILD = fileURLToPath(new URL('../../../test/signals-child.ts', import.meta.url));

/** What becomes of a process whose stop takes `stopMs`, when it is signalled twice, so far apart. */
async function signalledTwice(stopMs: number, apartMs: number): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [CHILD, String(stopMs)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (bytes) => {
    said += bytes;
  });
  await once(child.stdout, 'data');
  const ended = once(child, 'close');
  child.kill('SIGTERM');
  await sleep(apartMs);
  child.kill('SIGTERM');
  const [code] = await ended;
  return { code: code as number, said };
}

test('a signal that comes twice at once, as from timeout, is one: every part is stopped', async () => {
  expect(await signalledTwice(300, 20)).toEqual({ code: 0, said: 'up\nstopped\n' });
});
test('SIGHUP, which reads a certificate again, ends nothing', async () => {
  const child = spawn(process.execPath, [CHILD, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (bytes) => {
    said += bytes;
  });
  await once(child.stdout, 'data');
  const ended = once(child, 'close');
  child.kill('SIGHUP');
  await sleep(50);
  child.kill('SIGTERM');
  const [code] = await ended;
  expect({ code, said }).toEqual({ code: 0, said: 'up\nstopped\n' });
});
test('the end of what started it is no second signal', async () => {
  const child = spawn(process.execPath, [CHILD, '300'], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  let said = '';
  child.stdout?.on('data', (bytes) => {
    said += bytes;
  });
  await once(child.stdout!, 'data');
  const ended = Promise.all([once(child, 'exit'), once(child.stdout!, 'end')]);
  child.kill('SIGTERM');
  await sleep(50);
  child.disconnect();
  const [[code]] = await ended;
  expect({ code, said }).toEqual({ code: 0, said: 'up\nstopped\n' });
});
test('a second one from somebody who does not want to wait ends it at once', async () => {
  expect(await signalledTwice(8_000, 700)).toEqual({ code: 130, said: 'up\n' });
});
