import type { Plan } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { linesOf } from './plan.ts';

const plan: Plan = {
  draftVersion: 1,
  hash: 'a'.repeat(64),
  current: null,
  newStatements: [],
  removedStatements: [],
  newTables: [],
  newColumns: [],
  newWrites: [],
  becameUser: [],
  pagesChanged: [],
  problems: [],
  manifest: { queries: [], pages: [] },
};
const shop = { source: 'Shop', table: 'orders' };

describe('Q10 a plan in the terminal', () => {
  it('names the columns of tables newly touched, and those newly read and written of others', () => {
    const lines = linesOf({
      ...plan,
      newTables: [
        { ...shop, access: 'read', columns: ['id', 'status'] },
        { ...shop, access: 'write', columns: ['id'], whole: true },
        { ...shop, access: 'read', columns: [] },
        { ...shop, table: '/v1/orders', access: 'read' },
      ],
      newColumns: [
        { ...shop, access: 'read', columns: ['ssn'], whole: false },
        { ...shop, access: 'write', columns: null, whole: false },
        { ...shop, access: 'read', columns: [], whole: true },
      ],
    });
    expect(lines.slice(2)).toEqual([
      'table Shop.orders: read id, status',
      'table Shop.orders: write whole rows (id)',
      'table Shop.orders: read no column',
      'table Shop./v1/orders: read',
      'columns Shop.orders: newly read ssn',
      'columns Shop.orders: newly write every column',
      'columns Shop.orders: newly read whole rows',
    ]);
  });
  it('tells a statement with other values in it from one with another text', () => {
    const change = { query: 'q', effect: 'read', statement: 'select $1' } as const;
    const lines = linesOf({
      ...plan,
      newStatements: [
        { ...change, replaces: 'select $1' },
        { ...change, replaces: 'select 1' },
      ],
    });
    expect(lines.slice(2)).toEqual([
      '~ q (read), the same text with other values, bounds or source\n    = select $1',
      '~ q (read)\n    - select 1\n    + select $1',
    ]);
  });
});
