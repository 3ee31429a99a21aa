import { expect, test } from 'vitest';
import { createLifecycle, StoppedWhileStarting } from './lifecycle.ts';

function recorder() {
  const said: string[] = [];
  const note = (what: string) => () => void said.push(what);
  const silent = () => undefined;
  const log = {
    debug: silent,
    info: silent,
    warn: silent,
    error: (_d: object, m: string) => void said.push(m),
  };
  return { said, note, lifecycle: createLifecycle(log, 50) };
}

test('parts stop in the opposite order, once', async () => {
  const { said, note, lifecycle } = recorder();
  await lifecycle.part('database', note('database up'), note('database down'));
  await lifecycle.part('http', note('http up'), note('http down'));
  lifecycle.ready();
  expect(lifecycle.phase).toBe('ready');
  await Promise.all([lifecycle.stop(), lifecycle.stop()]);
  expect(said).toEqual(['database up', 'http up', 'http down', 'database down']);
  expect(lifecycle.phase).toBe('stopped');
});

test('told to stop, it goes on for as long as it is to, and says at once that it is not ready', async () => {
  const { said, note, lifecycle } = recorder();
  await lifecycle.part('http', () => 0, note('http down'));
  lifecycle.ready();
  const stopped = lifecycle.stop(20);
  await new Promise(setImmediate);
  expect([lifecycle.phase, said]).toEqual(['stopping', []]);
  await stopped;
  expect(said).toEqual(['http down']);
});

test('a part that hangs or throws at its stop does not keep the others', async () => {
  const { said, note, lifecycle } = recorder();
  await lifecycle.part('database', () => 0, note('database down'));
  await lifecycle.part(
    'hangs',
    () => 0,
    () => new Promise(() => undefined),
  );
  await lifecycle.part(
    'throws',
    () => 0,
    () => {
      throw new Error('no');
    },
  );
  await lifecycle.stop();
  expect(said).toEqual(['a part did not stop cleanly', 'a part did not stop cleanly', 'database down']);
});

test('a stop during the start stops the part that was starting too, and ends the start', async () => {
  const { said, note, lifecycle } = recorder();
  let up = (): void => undefined;
  const starting = lifecycle.part(
    'slow',
    () =>
      new Promise<void>((resolve) => {
        up = resolve;
      }),
    note('slow down'),
  );
  const stopped = lifecycle.stop();
  up();
  await expect(starting).rejects.toThrow(StoppedWhileStarting);
  await stopped;
  await expect(lifecycle.part('late', note('late up'))).rejects.toThrow(StoppedWhileStarting);
  expect(said).toEqual(['slow down']);
});
