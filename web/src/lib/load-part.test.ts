import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadPart } from './load-part.ts';

beforeEach(() => {
  vi.stubGlobal('document', { querySelector: () => ({ getAttribute: () => '/assets/index-1.js' }) });
});
afterEach(() => {
  vi.unstubAllGlobals();
});
const answering = (page: string) => vi.stubGlobal('fetch', async () => new Response(page));
const OWN = '<script src="/assets/index-1.js">';

it('a part that did not come while the network was away comes when it is back', async () => {
  answering(OWN);
  const load = vi.fn().mockRejectedValueOnce(new TypeError('no network')).mockResolvedValueOnce('the part');
  expect(await loadPart(load)).toBe('the part');
});

it.each([
  ['nobody answers', () => vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no'))), 'silent', 1],
  ['the server has another build', () => answering('<script src="/assets/index-2.js">'), 'newer', 1],
  ['the server has it, and it fails again', () => answering(OWN), 'broken', 2],
])('says why one does not come: %s', async (_what, given, why, times) => {
  given();
  const load = vi.fn().mockRejectedValue(new TypeError('no'));
  await expect(loadPart(load)).rejects.toMatchObject({ why });
  expect(load).toHaveBeenCalledTimes(times);
});
