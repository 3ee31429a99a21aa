import { z } from 'zod';
import { route } from './route.ts';

export const system = {
  health: route({
    operationId: 'health',
    method: 'GET',
    path: '/v1/health',
    permission: 'public',
    audit: null,
    summary: 'Whether this node can serve: its database answers and its log can be written',
    response: z.strictObject({ status: z.enum(['ready', 'starting', 'failing']), version: z.string() }),
  }),
};
