import { expect, it } from 'vitest';
import { personCall } from '../../../../test/person-call.ts';
import { newId, type OrganizationId, type ReleaseHash } from '../../../kernel/ids.ts';
import { refuse } from '../refusals.ts';
import { mayStillRun } from './run-query.ts';

const call = personCall(newId<OrganizationId>());

it('G5 a run goes on only for who is known to be allowed it', async () => {
  const may = (more: { release?: () => Promise<object>; disabled?: boolean; allowed?: boolean }) => {
    const { release = async () => ({ audience: {} }), disabled = false, allowed = true } = more;
    const deps = {
      kept: { get: release },
      people: { actorOf: async () => ({ actor: call.actor, disabled }) },
      access: { decide: () => ({ allowed, policies: [] }) },
    } as unknown as Parameters<typeof mayStillRun>[0];
    return mayStillRun(deps, call, 'h' as ReleaseHash);
  };
  expect(await may({})).toBe(true);
  for (const not of [
    { allowed: false },
    { disabled: true },
    { release: () => Promise.reject(refuse('release_not_found')) },
    { release: () => Promise.reject(new Error('cannot be told')) },
  ])
    expect(await may(not)).toBe(false);
});
