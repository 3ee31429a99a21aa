import { expect, it } from 'vitest';
import { RowQueue } from './row-queue.ts';

function make() {
  const said: string[] = [];
  let delivered = 0;
  const queue = new RowQueue({
    pause: () => void said.push('pause'),
    resume: () => void said.push('resume'),
    abandon: () => void said.push('abandon'),
    delivered: () => {
      delivered += 1;
    },
  });
  return { queue, said, delivered: () => delivered };
}

async function all(queue: RowQueue): Promise<string[]> {
  const rows: string[] = [];
  for await (const batch of queue) rows.push(...batch);
  return rows;
}

it('hands every row on, once and in order, and does not abandon a source that ended', async () => {
  const { queue, said } = make();
  const reading = all(queue);
  for (let i = 0; i < 1_000; i += 1) {
    queue.push(String(i), 1);
    if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  queue.end();
  expect(await reading).toEqual(Array.from({ length: 1_000 }, (_, i) => String(i)));
  expect(said).toEqual([]);
});

it('holds the source back above its mark, once, and lets it go on when rows were taken', async () => {
  const { queue, said } = make();
  for (let i = 0; i < 10; i += 1) queue.push('x', 100_000);
  expect(said).toEqual(['pause']);
  const iterator = queue[Symbol.asyncIterator]();
  expect((await iterator.next()).value).toHaveLength(10);
  expect(said).toEqual(['pause', 'resume']);
});

it('a failure ends the rows, those not yet taken too; a reader that leaves abandons the source', async () => {
  const failed = make();
  failed.queue.push('a', 1);
  failed.queue.fail(new Error('lost'));
  await expect(all(failed.queue)).rejects.toThrow('lost');
  expect(failed.said).toEqual([]);
  const left = make();
  left.queue.push('a', 1);
  for await (const _ of left.queue) break;
  expect(left.said).toEqual(['abandon']);
});

it('lets the source go once it has sent everything, though nobody has read it', async () => {
  const { queue, said } = make();
  queue.push('x', 300 * 1024);
  expect(said).toEqual(['pause']);
  queue.complete();
  expect(said).toEqual(['pause', 'resume']);
  queue.push('y', 300 * 1024);
  queue.end();
  expect(await all(queue)).toEqual(['x', 'y']);
  expect(said).toEqual(['pause', 'resume']);
});

it('says that all was delivered when the reader comes back and nothing waits for it', async () => {
  const { queue, delivered } = make();
  const rows = queue[Symbol.asyncIterator]();
  queue.push('a', 1);
  await rows.next();
  queue.push('b', 1);
  await rows.next();
  expect(delivered()).toBe(0);
  queue.end();
  await rows.next();
  expect(delivered()).toBe(1);
});
