import { contract } from '@sallyport/contract';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { keyOf } from './reading.ts';
import { refresh } from './refresh.ts';

test('a first answer that left before the change does not stay', async () => {
  const client = new QueryClient();
  const route = contract.sources.listSources;
  let stored = 'before';
  const answers: (() => void)[] = [];
  const observer = new QueryObserver(client, {
    queryKey: keyOf(route, {}),
    queryFn: () => {
      const read = stored;
      return new Promise<string>((resolve) => answers.push(() => resolve(read)));
    },
  });
  const leave = observer.subscribe(() => {});
  stored = 'after';
  const refreshed = refresh(client, route);
  answers.shift()?.();
  await expect.poll(() => answers.length).toBe(1);
  answers.shift()?.();
  await refreshed;
  expect(observer.getCurrentResult().data).toBe('after');
  leave();
});
