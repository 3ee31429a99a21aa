import { expect, it, vi } from 'vitest';
import type { AppId, OrganizationId, ReleaseHash } from '../../../kernel/ids.ts';
import type { Listener } from '../../../platform/db/notifications.ts';
import { type CompiledQuery, withHash } from '../compiled-query.ts';
import type { ReleaseLookup, RunnableQuery } from '../deps.ts';
import { createReleases } from './releases.ts';

const organization = 'o' as OrganizationId;
const hash = 'h' as ReleaseHash;
const compiled = withHash({ statements: [{ text: 'select 1' }] } as unknown as CompiledQuery);
const runnable = (one: object = compiled) => ({
  appId: 'a' as AppId,
  appName: 'Desk',
  audience: { everyone: true, groups: [], organizationId: organization },
  queries: { one: { compiled: one } as unknown as RunnableQuery },
});
const releases = (found: object) =>
  createReleases(
    {
      notifications: {
        connected: true,
        listen: async (_channel: string, _listener: Listener) => () => undefined,
      },
    },
    { changed: 'changed', release: async () => found, draft: async () => found } as unknown as ReleaseLookup,
    () => undefined,
  );

it('Q9 a superseded release runs until its time, kept or not', async () => {
  vi.useFakeTimers();
  try {
    const kept = await releases({ ...runnable(), until: Date.now() + 1_000 });
    expect(await kept.get(organization, hash)).toMatchObject({ appName: 'Desk' });
    vi.advanceTimersByTime(1_000);
    expect(() => kept.get(organization, hash)).toThrow(
      expect.objectContaining({ code: 'release_not_found' }),
    );
    const late = await releases({ ...runnable(), until: Date.now() });
    await expect(late.get(organization, hash)).rejects.toMatchObject({ code: 'release_not_found' });
    const current = await releases({ ...runnable(), until: null });
    expect(await current.get(organization, hash)).toMatchObject({ appName: 'Desk' });
  } finally {
    vi.useRealTimers();
  }
});

it('A8 a change of one app drops its releases and no other’s, kept or still being loaded', async () => {
  const loads: string[] = [];
  let told: Listener | undefined;
  let finish: (() => void) | undefined;
  const notifications = {
    connected: true,
    listen: async (_channel: string, listener: Listener) => {
      told = listener;
      return () => undefined;
    },
  };
  const release = async (_organization: OrganizationId, name: ReleaseHash) => {
    loads.push(name);
    if (name === 'slow' && finish === undefined) await new Promise<void>((resolve) => (finish = resolve));
    return { ...runnable(), appId: name as string as AppId, until: null };
  };
  const lookup = { changed: 'changed', release } as unknown as ReleaseLookup;
  const kept = await createReleases({ notifications }, lookup, () => undefined);
  const get = (name: string) => kept.get(organization, name as ReleaseHash);
  for (const one of ['mine', 'other']) await get(one);
  const slow = get('slow');
  told?.message('o mine');
  finish?.();
  await slow;
  for (const one of ['mine', 'other']) await get(one);
  told?.message('elsewhere other');
  await get('other');
  expect(loads).toEqual(['mine', 'other', 'slow', 'slow', 'mine']);
});

it('A8 what may have changed while nobody was told of it is loaded anew', async () => {
  let loads = 0;
  let told: Listener | undefined;
  const notifications = {
    connected: true,
    listen: async (_channel: string, listener: Listener) => {
      told = listener;
      return () => undefined;
    },
  };
  const release = async () => {
    loads += 1;
    return { ...runnable(), until: null };
  };
  const changed: unknown[] = [];
  const kept = await createReleases(
    { notifications },
    { changed: 'changed', release } as unknown as ReleaseLookup,
    (of) => void changed.push(of),
  );
  await kept.get(organization, hash);
  for (const [i, heard] of (['lost', 'restored'] as const).entries()) {
    told?.[heard]();
    await kept.get(organization, hash);
    await kept.get(organization, hash);
    expect(loads).toBe(i + 2);
  }
  expect(changed).toEqual([null]);
});

it('Q9 a form that no longer is what its hash says is not given out, of a release or of a draft', async () => {
  const altered = { ...runnable({ ...compiled, statements: [{ text: 'select 2' }] }), until: null };
  const kept = await releases(altered);
  await expect(kept.get(organization, hash)).rejects.toThrow('was altered');
  await expect(kept.draft(organization, 'a' as AppId)).rejects.toThrow('was altered');
});
