import { routes } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { assertDeclared } from './mount.ts';

const known = {
  actions: new Set(routes.map((route) => route.permission)),
  events: new Set(routes.map((route) => route.audit).filter((event) => event !== null)),
};
const base = routes.find((route) => route.operationId === 'connectSource')!;

describe('H1 every route declares its permission and its event, or the server does not boot', () => {
  it('holds for the whole contract', () => {
    for (const route of routes) expect(() => assertDeclared(route, known)).not.toThrow();
  });
  it.each([
    ['no permission', { ...base, permission: '' as never }],
    ['a permission that no context defines', { ...base, permission: 'source:typo' as const }],
    ['a change without an event', { ...base, audit: null }],
    ['an event that no context defines', { ...base, audit: 'sources.typo' }],
  ])('refuses %s', (_what, route) => {
    expect(() => assertDeclared(route, known)).toThrow(base.operationId);
  });
});
