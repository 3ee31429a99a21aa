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
  // Until the engine has settled, which takes some ten seconds, its space for the young is small, and much of what is under
  // way is promoted: 3,000 bytes for each run, and 7,000 seen. Then it is 800. When the whole of a run was promoted, that
  // stayed at 10,000.
  const left: number[] = [];
  do {
    const from = lines.length;
    const { count } = await load(to, 16, 4);
    expect(lines.slice(from).filter((line) => line.includes('Scavenge')).length).toBeGreaterThan(3);
    left.push(promoted(from) / count);
  } while (Math.min(...left) >= 2_000 && left.length < 9);
  expect(Math.min(...left), left.join(', ')).toBeLessThan(2_000);
}, 90_000);
