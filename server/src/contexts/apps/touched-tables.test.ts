import type { CompiledView, Manifest, TouchedTable } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { touchedDifference } from './touched-tables.ts';

const manifest = (...tables: (readonly TouchedTable[] | null)[]): Manifest => ({
  queries: tables.map((touched, i) => ({
    name: `q${i}`,
    sourceName: 'Shop',
    compiled: { tables: touched } as CompiledView,
  })),
  pages: [],
});
const read = (columns?: string[] | null, whole?: true): TouchedTable => ({
  name: 'orders',
  access: 'read',
  ...(columns === undefined ? {} : { columns }),
  ...(whole ? { whole } : {}),
});
const write = (columns?: string[] | null): TouchedTable => ({ ...read(columns), access: 'write' });
const orders = { source: 'Shop', table: 'orders' };

describe('Q10 columns newly read and newly written', () => {
  it('of a table that was not touched so, with the table', () => {
    const next = manifest([read(['id']), write(['status'])], [read(['note'])]);
    expect(touchedDifference(null, next)).toEqual({
      newTables: [
        { ...orders, access: 'read', columns: ['id', 'note'] },
        { ...orders, access: 'write', columns: ['status'] },
      ],
      newColumns: [],
    });
    expect(touchedDifference(manifest([read(['id', 'note', 'status'])]), next)).toEqual({
      newTables: [{ ...orders, access: 'write', columns: ['status'] }],
      newColumns: [],
    });
  });
  it('of a table that was, those that no query touched', () => {
    const before = manifest([read(['id']), write(['status'])], [read(['total'])]);
    const { newTables, newColumns } = touchedDifference(
      before,
      manifest([read(['id', 'ssn', 'total']), write(['status', 'total'])]),
    );
    expect(newTables).toEqual([]);
    expect(newColumns).toEqual([
      { ...orders, access: 'read', columns: ['ssn'], whole: false },
      { ...orders, access: 'write', columns: ['total'], whole: false },
    ]);
    expect(touchedDifference(before, before).newColumns).toEqual([]);
    expect(touchedDifference(before, manifest([read(['id'])])).newColumns).toEqual([]);
  });
  it('every column, where it cannot be told which; the row as a whole, with columns that come later', () => {
    const before = manifest([read(['id'])]);
    expect(touchedDifference(before, manifest([read(null)])).newColumns).toEqual([
      { ...orders, access: 'read', columns: null, whole: false },
    ]);
    expect(touchedDifference(before, manifest([read(['id'])], [read(null)])).newColumns).toHaveLength(1);
    expect(touchedDifference(before, manifest([read(['id'], true)])).newColumns).toEqual([
      { ...orders, access: 'read', columns: [], whole: true },
    ]);
    expect(touchedDifference(manifest([read(null)]), manifest([read(['id'])])).newColumns).toEqual([]);
  });
  it('nothing new against a release from before columns were told, in which a write may read', () => {
    const old = manifest([write()], [read()]);
    expect(touchedDifference(old, manifest([read(['id']), write(['status'])]))).toEqual({
      newTables: [],
      newColumns: [],
    });
    expect(touchedDifference(manifest([write()]), manifest([read(['id'])])).newTables).toEqual([]);
    expect(touchedDifference(manifest([read()]), manifest([write(['id'])])).newTables).toHaveLength(1);
  });
  it('anything, where nothing could be analysed', () => {
    expect(touchedDifference(null, manifest(null)).newTables).toEqual([
      { source: 'Shop', table: '(any table: not analysed)', access: 'write' },
    ]);
  });
});
