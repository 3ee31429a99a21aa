import { z } from 'zod';
import { route } from './route.ts';
import { Id, Role } from './values.ts';

export const access = {
  listPolicies: route({
    operationId: 'listPolicies',
    method: 'GET',
    path: '/v1/policies',
    permission: 'policy:read',
    audit: null,
    summary: 'List the policies in force, as Cedar text, and the actions they refer to',
    response: z.strictObject({
      policies: z.array(z.strictObject({ id: z.string(), summary: z.string(), text: z.string() })),
      actions: z.array(z.strictObject({ id: z.string(), summary: z.string(), roles: z.array(Role) })),
    }),
  }),
  explainAccess: route({
    operationId: 'explainAccess',
    method: 'POST',
    path: '/v1/policies/explain',
    permission: 'policy:read',
    audit: null,
    safe: true,
    summary: 'Explain whether a person may do something, and which policies decide',
    body: z.strictObject({ personId: Id, action: z.string().max(80), appId: Id.optional() }),
    response: z.strictObject({ allowed: z.boolean(), policies: z.array(z.string()), reason: z.string() }),
  }),
};
