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
});
