import type { QuerySignature, RunAnswer } from '@sallyport/contract';
import { expect, it } from 'vitest';
import { createQueryRuns } from './query-runs.ts';
import { createSessionStore } from './session-store.ts';
import type { Slots } from './slots.ts';

const signature = (run: 'auto' | 'manual'): QuerySignature => ({
  effect: 'read',
  arguments: [],
  result: null,
  windowed: true,
  key: [],
  run,
  confirm: null,
});
const ANSWER = {
  run: 'r',
  columns: [],
  rows: [],
  end: { rows: 0, changed: null, truncated: null, total: null },
} as unknown as RunAnswer;
const soon = () => new Promise((resolve) => setTimeout(resolve));

/** Queries whose answers come when a test says so. */
function slowApp(byThemselves: readonly string[], asked: readonly string[] = []) {
  const sent: string[] = [];
  const answers = new Map<string, () => void>();
  const runs = createQueryRuns({
    store: createSessionStore(),
    slots: { set: () => undefined } as unknown as Slots,
    runner: {
      run: ({ query }, signal) =>
        new Promise((resolve, reject) => {
          sent.push(query);
          answers.set(query, () => resolve(ANSWER));
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    },
    onState: () => undefined,
    evaluateArguments: async () => ({}),
  });
  runs.replace(
    Object.fromEntries([
      ...byThemselves.map((name) => [name, signature('auto')]),
      ...asked.map((name) => [name, signature('manual')]),
    ]),
  );
  const answer = async (query: string) => {
    answers.get(query)?.();
    await soon();
  };
  return { runs, sent, answer };
}

it('slow reads of a page leave a connection to what somebody asks for, and to what they do next', async () => {
  const { runs, sent, answer } = slowApp(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], ['pressed']);
  runs.need(new Set(['a', 'b', 'c', 'd', 'e', 'f']));
  expect(sent).toEqual(['a', 'b', 'c', 'd']);
  expect(runs.read('e').isFetching).toBe(true);
  void runs.run('pressed', {});
  await soon();
  expect(sent.splice(0)).toEqual(['a', 'b', 'c', 'd', 'pressed']);
  // Chosen in a table, say: the row’s own read does not wait for the charts. Another one does, before them.
  runs.acted();
  runs.setWindow('a', { offset: 0, limit: 10 } as never);
  await answer('b');
  expect(sent).toContain('a');
  await answer('c');
  await answer('d');
  expect(sent).toContain('e');
});

it('another page does not wait for the reads of the one before, which begin again where they are seen again', async () => {
  const { runs, sent } = slowApp(['a', 'b', 'c', 'd', 'e', 'other']);
  runs.need(new Set(['a', 'b', 'c', 'd', 'e']));
  expect(sent.splice(0)).toEqual(['a', 'b', 'c', 'd']);
  runs.acted();
  runs.need(new Set(['other']));
  await soon();
  expect(sent.splice(0)).toEqual(['other']);
  expect(runs.read('a')).toMatchObject({ isFetching: false, error: null });
  runs.need(new Set(['a', 'e']));
  await soon();
  expect(sent).toEqual(['a', 'e']);
});

it('what somebody asked for goes on when its page is left', async () => {
  const { runs, answer } = slowApp(['other'], ['asked']);
  runs.need(new Set(['asked']));
  const ending = runs.run('asked', {});
  await soon();
  runs.need(new Set(['other']));
  await answer('asked');
  expect(await ending).toBe('done');
});
