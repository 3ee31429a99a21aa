import { expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

it('a question that comes while another is open waits for its turn, and each gets its own answer', async () => {
  const open: { question: string; answer: (yes: boolean) => void }[] = [];
  const ask = oneAtATime(
    (question: string) => new Promise<boolean>((answer) => void open.push({ question, answer })),
  );
  const first = ask('first');
  const second = ask('second');
  await Promise.resolve();
  expect(open.map(({ question }) => question)).toEqual(['first']);
  open[0]?.answer(false);
  expect(await first).toBe(false);
  await Promise.resolve();
  expect(open.map(({ question }) => question)).toEqual(['first', 'second']);
  open[1]?.answer(true);
  expect(await second).toBe(true);
});
