import { expect, it } from 'vitest';
import { personCall } from '../../../test/person-call.ts';
import { type AppId, newId } from '../../kernel/ids.ts';
import type { AppsDeps } from './deps.ts';
import { rowOf } from './list-apps.ts';

it('an app that somebody removed right after it was changed is not there, and no fault', async () => {
  const deps = {
    db: { tenant: (_organization: string, work: (tx: object) => unknown) => work({ many: async () => [] }) },
    access: { decide: () => ({ allowed: true }) },
    names: async () => new Map(),
  };
  const asked = rowOf(deps as unknown as AppsDeps, personCall(newId()), { id: newId<AppId>() });
  await expect(asked).rejects.toMatchObject({ code: 'app_not_found' });
});
