import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { safeReturn } from './return-address.ts';

describe('W3 a return address leads to this origin only', () => {
  const before = globalThis.location;
  beforeAll(() => Object.assign(globalThis, { location: { origin: 'https://tools.example' } }));
  afterAll(() => Object.assign(globalThis, { location: before }));

  it.each([
    ['/sources?engine=mysql#x', '/sources?engine=mysql#x'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['/.//evil.example', '/'],
    ['/x/..//evil.example', '/'],
    ['/./\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['//[', '/'],
    ['sources', '/'],
    ['//evil.example/sources', '/'],
    ['javascript:alert(1)', '/'],
    ['/signin?return=/x', '/'],
    [undefined, '/'],
    [['/x'], '/'],
  ])('%j becomes %s', (given, expected) => expect(safeReturn(given)).toBe(expected));
});
