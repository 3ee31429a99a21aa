import { z } from 'zod';
import { route } from './route.ts';
import { Identifier, Instant, page, pageQueryOf } from './values.ts';

export const ConstantRow = z.strictObject({
  name: Identifier,
  /** A secret constant is sealed, and no list shows it; it can only be bound. Who writes a query could have it answer the value. */
  secret: z.boolean(),
  value: z.string().nullable(),
  updatedAt: Instant,
});
export type ConstantRow = z.infer<typeof ConstantRow>;
const byName = z.strictObject({ name: Identifier });

export const constants = {
  listConstants: route({
    operationId: 'listConstants',
    method: 'GET',
    path: '/v1/constants',
    permission: 'constant:read',
    audit: null,
    summary: 'List the organization’s constants by name, for `{{ constants.name }}`',
    query: z.strictObject({ ...pageQueryOf(Identifier) }),
    response: page(ConstantRow),
  }),
  setConstant: route({
    operationId: 'setConstant',
    method: 'PUT',
    path: '/v1/constants/:name',
    permission: 'constant:manage',
    audit: 'gateway.constant_set',
    summary: 'Set a constant, which the server binds in queries',
    params: byName,
    body: z.strictObject({ value: z.string().max(10_000), secret: z.boolean().default(false) }),
    response: ConstantRow,
  }),
  removeConstant: route({
    operationId: 'removeConstant',
    method: 'DELETE',
    path: '/v1/constants/:name',
    permission: 'constant:manage',
    audit: 'gateway.constant_removed',
    status: 204,
    summary: 'Delete a constant',
    params: byName,
    response: null,
  }),
};
