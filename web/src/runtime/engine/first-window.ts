import type { Window } from '@sallyport/contract';

/** The first page of a table, of the size that its document names. */
export const firstWindow = (pageSize: unknown): Window => ({
  limit: Math.min(Math.max(Math.trunc(Number(pageSize) || 50), 1), 1_000),
  offset: 0,
  sort: [],
  filters: [],
  total: true,
});

/** The same question at its first page; the same object when it is there already. */
export function atFirstPage(window: Window): Window {
  const { after, before, ...rest } = window;
  return after === undefined && before === undefined && window.offset === 0 ? window : { ...rest, offset: 0 };
}
