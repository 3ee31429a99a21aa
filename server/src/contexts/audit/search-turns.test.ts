import { expect, it } from 'vitest';
import { newId, type OrganizationId } from '../../kernel/ids.ts';
import { createSearchTurns } from './search-turns.ts';

it('A8 searches of one log leave connections to everything else, and turns to other logs', async () => {
  const turn = createSearchTurns({ atOnce: 2, ofOneLog: 3 });
  const [here, there] = [newId<OrganizationId>(), newId<OrganizationId>()];
  const begun: { readonly log: OrganizationId; readonly end: () => void }[] = [];
  const search = (log: OrganizationId) =>
    turn(log, () => new Promise<void>((end) => begun.push({ log, end })));
  const all = [search(here), search(here), search(here)];
  await expect(search(here)).rejects.toMatchObject({ code: 'audit_search_busy' });
  all.push(search(there));
  expect(begun).toHaveLength(2);
  for (let ended = 0; ended < 4; ended++) {
    await expect.poll(() => begun.length).toBeGreaterThan(ended);
    begun[ended]?.end();
  }
  await Promise.all(all);
  expect(begun.map(({ log }) => log)).toEqual([here, here, here, there]);
  const again = search(here);
  begun[4]?.end();
  await again;
});
