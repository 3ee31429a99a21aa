import { describe, expect, it } from 'vitest';
import { NO_QUERY, type QueryState } from '../../engine/session-types.ts';
import { FIRST, offsetOf, pageBeside, pageInstead, positionOf } from './page-start.ts';

const window = { limit: 2, offset: 0, sort: [], filters: [], total: true };
const state = (more: Partial<QueryState> = {}): QueryState => ({
  ...NO_QUERY,
  data: [
    { id: '7', day: null, name: 'x' },
    { id: '8', day: '2026-01-01', name: 'y' },
  ],
  window,
  shown: window,
  position: ['day', 'id'],
  offset: 4,
  total: 9,
  ...more,
});
const at = { beside: null, offset: 4 };

describe('R11 the page beside the one that is shown', () => {
  it('begins beside its last or first row, by the columns that the answer named', () => {
    expect(pageBeside('next', state(), at, 2)).toEqual({
      beside: { after: { day: '2026-01-01', id: '8' } },
      offset: 6,
    });
    expect(pageBeside('before', state(), at, 2)).toEqual({
      beside: { before: { day: null, id: '7' } },
      offset: 2,
    });
  });
  it('is the whole first page where a step back would reach it', () => {
    expect(pageBeside('before', state({ offset: 2 }), at, 2)).toBe(FIRST);
    expect(pageBeside('before', state({ offset: 1 }), at, 2)).toBe(FIRST);
  });
  it('is counted where rows have no position, or one that cannot be told', () => {
    expect(pageBeside('next', state({ position: null }), at, 2)).toEqual({ beside: null, offset: 6 });
    expect(pageBeside('before', state({ position: null }), at, 2)).toEqual({ beside: null, offset: 2 });
    expect(positionOf({ id: 1, doc: { a: 1 } }, ['doc', 'id'])).toBeNull();
    expect(positionOf({ id: 1, name: 'x'.repeat(129) }, ['name', 'id'])).toBeNull();
    expect(positionOf({ id: 1 }, ['name', 'id'])).toBeNull();
  });
  it('is counted from the page that is on its way, so that two steps are two pages', () => {
    const fetching = state({ window: { ...window }, isFetching: true });
    expect(offsetOf(fetching, { beside: null, offset: 6 })).toBe(6);
    expect(pageBeside('next', fetching, { beside: null, offset: 6 }, 2)).toEqual({ beside: null, offset: 8 });
  });
});

describe('R11 a page whose rows have all gone', () => {
  const gone = (more: Partial<QueryState> = {}) => state({ data: [], ...more });
  it('gives way to the last page, or going back to the first', () => {
    expect(pageInstead(gone({ total: 9 }), { beside: { after: { id: 8 } }, offset: 10 }, 2)).toEqual({
      beside: null,
      offset: 8,
    });
    expect(pageInstead(gone(), { beside: { before: { id: 8 } }, offset: 4 }, 2)).toEqual(FIRST);
    expect(pageInstead(gone({ total: 0 }), { beside: null, offset: 4 }, 2)).toEqual(FIRST);
  });
  it('and nothing else does: not a page with rows, nor an empty first one, nor one on its way', () => {
    expect(pageInstead(state(), at, 2)).toBeNull();
    expect(pageInstead(gone({ total: 0 }), FIRST, 2)).toBeNull();
    expect(pageInstead(gone({ isFetching: true }), at, 2)).toBeNull();
    expect(pageInstead(gone({ error: new Error('x') }), at, 2)).toBeNull();
  });
});
