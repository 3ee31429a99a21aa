import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reachableRuntime } from './reachable-runtime.ts';

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
