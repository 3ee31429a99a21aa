import { afterAll, beforeAll, expect, it } from 'vitest';
import { load } from './load.ts';
import { type RunServer, runServer } from './run-server.ts';

/** Lines that tell of a garbage collection. */
const lines: string[] = [];
let server: RunServer;

beforeAll(async () => {
  server = await runServer([], { one: { text: 'select 1 as one' } }, (line) => {
    if (/ ms: (Scavenge|Mark-Compact) /.test(line)) lines.push(line);
  });
});
afterAll(() => server.close());

/** Bytes that the heap has grown by from one collection of the young to the next, where no other came between. */
function promoted(from: number): number {
  let grown = 0;
  let before: number | undefined;
  for (const line of lines.slice(from)) {
    const after = /: Scavenge .*? -> ([\d.]+) \(/.exec(line)?.[1];
    if (after !== undefined && before !== undefined) grown += Number(after) - before;
    if (after !== undefined) before = Number(after);
    else if (line.includes('Mark-Compact')) before = undefined;
  }
  return grown * 1024 ** 2;
}

it('0019 what a run has used dies young', async () => {
  const to = server.run('one');
  await load(to, 16, 4);
  const from = lines.length;
  const { count } = await load(to, 16, 4);
  expect(lines.slice(from).filter((line) => line.includes('Scavenge')).length).toBeGreaterThan(3);
  // Some of what is under way is always promoted: mostly 1,400 to 3,000 bytes, and 5,000 to 7,000 in some processes, where one
  // old table was promoted by chance. When the whole of a run was, that was 10,000 bytes.
  expect(promoted(from) / count).toBeLessThan(8_000);
}, 60_000);
