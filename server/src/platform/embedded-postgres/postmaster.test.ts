import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openClusterPlace } from './cluster-place.ts';
import { spawnPostmaster, stopPostmaster, untilReady } from './postmaster.ts';

it.each(['#!/bin/sh\n', null])(
  'one that has ended is not signalled: its number is nobody’s (%j)',
  async (program) => {
    const base = mkdtempSync(join(tmpdir(), 'sallyport-postmaster-'));
    const place = openClusterPlace(join(base, 'postgres'));
    onTestFinished(() => {
      place.close();
      rmSync(base, { recursive: true, force: true });
      vi.restoreAllMocks();
    });
    chmodSync(base, 0o755);
    mkdirSync(join(base, 'bin'));
    if (program !== null) writeFileSync(join(base, 'bin/postgres'), program, { mode: 0o755 });
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const postmaster = spawnPostmaster(place, { home: base, version: '18.0.0' }, []);
    await postmaster.ended;
    await stopPostmaster(postmaster);
    expect(kill).not.toHaveBeenCalled();
  },
);

it('one that starts is waited for by time that passes, and not by a clock that is set meanwhile', async () => {
  const base = mkdtempSync(join(tmpdir(), 'sallyport-postmaster-'));
  const place = openClusterPlace(join(base, 'postgres'));
  onTestFinished(() => {
    place.close();
    rmSync(base, { recursive: true, force: true });
    vi.useRealTimers();
  });
  mkdirSync(place.data);
  const ready = untilReady({ pid: 7, ended: new Promise(() => undefined), signal: () => undefined }, place);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
  await new Promise((resolve) => setTimeout(resolve, 50));
  writeFileSync(join(place.data, 'postmaster.pid'), '7\n\n\n\n\n\n\nready   \n');
  await ready;
});
