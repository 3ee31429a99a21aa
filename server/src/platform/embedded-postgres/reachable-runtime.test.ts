import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reachableRuntime } from './reachable-runtime.ts';

vi.mock('node:fs', async (load) => {
  const real = await load<typeof import('node:fs')>();
  return { ...real, cpSync: vi.fn(real.cpSync) };
});
const { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } = fs;

const root = process.getuid?.() === 0;
const user = { uid: 44_000, gid: 44_000 };
let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'sallyport-runtime-'));
  chmodSync(base, 0o755);
  mkdirSync(join(base, 'closed/home/bin'), { recursive: true });
  writeFileSync(join(base, 'closed/home/bin/program'), '#!/bin/sh\necho ran\n', { mode: 0o755 });
  symlinkSync('program', join(base, 'closed/home/bin/link'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));
const runtime = () => ({ home: join(base, 'closed/home'), version: '18.0.0' });

test('E2 a runtime that its user can enter is used where it is', () => {
  expect(reachableRuntime(runtime(), user, join(base, 'cache'))).toEqual(runtime());
});

test.skipIf(!root)('E2 a runtime below a closed directory is copied once, and runs', () => {
  chmodSync(join(base, 'closed'), 0o700);
  const copy = reachableRuntime(runtime(), user, join(base, 'cache'));
  expect(copy.home).toBe(join(base, 'cache', `postgres-18.0.0-${process.arch}`));
  expect(execFileSync(join(copy.home, 'bin/link'), { ...user, cwd: '/', encoding: 'utf8' })).toBe('ran\n');
  expect(reachableRuntime(runtime(), user, join(base, 'cache'))).toEqual(copy);
});

test.skipIf(!root)('E2 a cache that others can write is refused: they could plant a program', () => {
  chmodSync(join(base, 'closed'), 0o700);
  mkdirSync(join(base, 'cache'));
  chmodSync(join(base, 'cache'), 0o777);
  expect(() => reachableRuntime(runtime(), user, join(base, 'cache'))).toThrow(/must belong to root/);
});

test.skipIf(!root)('E2 of two that copy at once, one copy is there and both run it', async () => {
  chmodSync(join(base, 'closed'), 0o700);
  const cache = join(base, 'cache');
  const home = join(cache, `postgres-18.0.0-${process.arch}`);
  const { cpSync } = await vi.importActual<typeof fs>('node:fs');
  vi.mocked(fs.cpSync).mockImplementationOnce((from, to, options) => {
    cpSync(from, to, options);
    cpSync(from, home, options);
  });
  expect(reachableRuntime(runtime(), user, cache).home).toBe(home);
  expect(readdirSync(cache).map((name) => join(cache, name))).toEqual([home]);
  expect(readdirSync(join(home, 'bin'))).toEqual(['link', 'program']);
});
