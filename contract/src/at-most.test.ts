import { expect, test } from 'vitest';
import type { z } from 'zod';
import { contract } from './index.ts';

const many = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`-${i}`, value]));
const run = { release: 'a'.repeat(64), query: 'q' };
const page = { title: 'Home', order: 'a0', components: many(5_000, null) };
const app = { home: 'home', pages: { home: page } };

test.each<[string, z.ZodType | undefined, object]>([
  ['arguments', contract.gateway.run.body, { ...run, arguments: many(201, 1) }],
  ['a position', contract.gateway.run.body, { ...run, window: { after: many(101, []) } }],
  ['attributes', contract.identity.changePerson.body, { attributes: many(21, 1) }],
  ['components', contract.apps.savePages.body, { version: 1, pages: app }],
  [
    'components of a bundle',
    contract.apps.importApp.body,
    { bundle: { ...app, format: 'sallyport.app/1', name: 'A' } },
  ],
])('too many %s are said once, and none is looked at', (_what, body, given) => {
  const issues = body?.safeParse(given).error?.issues;
  expect(issues).toHaveLength(1);
  expect(issues?.[0]?.message).toMatch(/^at most [\d,]+ /);
});
