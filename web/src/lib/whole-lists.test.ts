import { contract } from '@sallyport/contract';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { keyOf } from './reading.ts';
import { allApps, allPeople } from './whole-lists.ts';

afterEach(() => vi.unstubAllGlobals());

/** Answers these pages, one after another; tells what was asked for. */
function pages(...all: readonly object[][]): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address);
    const next = asked.length < all.length ? `after-${asked.length}` : null;
    return Response.json({ items: all[asked.length - 1], next });
  });
  return asked;
}

it('a list is read to its last page, and ordered as it is shown', async () => {
  const asked = pages(
    [{ name: 'Zoe' }, { name: 'Ben 10' }],
    [{ name: 'ada' }, { name: 'Ben 9' }],
    [{ name: 'Öz' }],
  );
  const { items } = await new QueryClient().fetchQuery(allPeople());
  expect(items.map(({ name }) => name)).toEqual(['ada', 'Ben 9', 'Ben 10', 'Öz', 'Zoe']);
  expect(asked).toEqual([
    '/v1/people?limit=200',
    '/v1/people?limit=200&cursor=after-1',
    '/v1/people?limit=200&cursor=after-2',
  ]);
});

it('what it is asked with goes with every page, and a change of the list reads it again', async () => {
  const asked = pages([{ updatedAt: '2026-01-01T00:00:00Z' }], [{ updatedAt: '2026-01-02T00:00:00Z' }]);
  const client = new QueryClient();
  const options = allApps({ source: 's' });
  const { items } = await client.fetchQuery(options);
  expect(items.map(({ updatedAt }) => updatedAt)).toEqual(['2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z']);
  expect(asked[1]).toBe('/v1/apps?source=s&limit=200&cursor=after-1');
  await client.invalidateQueries({ queryKey: keyOf(contract.apps.listApps) });
  expect(client.getQueryState(options.queryKey)?.isInvalidated).toBe(true);
});
