import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demoLeftOut } from './demo-server.ts';

test('D3 a start without the demo says so where it was started before, and nothing elsewhere', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-demo-'));
  expect(demoLeftOut(directory)).toBeUndefined();
  mkdirSync(join(directory, 'demo-postgres'));
  expect(demoLeftOut(directory)).toMatch(/npm start -- --demo/);
  rmSync(directory, { recursive: true });
});
