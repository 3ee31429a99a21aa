import { contract } from '@sallyport/contract';
import { type Binding, handle } from '../../platform/http/binding.ts';
import type { Access } from './door.ts';

export function routes(access: Access): Binding[] {
  const c = contract.access;
  return [
    handle(c.listPolicies, async () => access.listPolicies()),
    handle(c.explainAccess, async (call, { body }) => {
      const { allowed, policies, reason } = await access.explain(call, body);
      return { allowed, policies: [...policies], reason };
    }),
  ];
}
