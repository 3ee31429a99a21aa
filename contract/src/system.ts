import { z } from 'zod';
import { route } from './route.ts';
import { Slug } from './values.ts';

export const system = {
  getDemo: route({
    operationId: 'getDemo',
    method: 'GET',
    path: '/v1/demo',
    permission: 'demo:install',
    audit: null,
    summary: 'Get whether the server was started with its demo data, and whether the organization has it',
    response: z.strictObject({ available: z.boolean(), installed: z.boolean() }),
  }),
  installDemo: route({
    operationId: 'installDemo',
    method: 'POST',
    path: '/v1/demo',
    permission: 'demo:install',
    audit: 'demo.installed',
    status: 201,
    summary: 'Connect the demo database and publish the demo app in this organization',
    response: z.strictObject({ slug: Slug }),
  }),
  health: route({
    operationId: 'health',
    method: 'GET',
    path: '/v1/health',
    permission: 'public',
    audit: null,
    polled: true,
    summary: 'Health check: 503 while the node starts or stops, or cannot write the audit log',
    response: z.strictObject({ status: z.literal('ready'), version: z.string() }),
  }),
};
