import { describe, expect, it } from 'vitest';
import { countColumns, groupTouched, overlaps, touchedText } from './group-touched.ts';

describe('Q10 what a query touches, in words', () => {
  it('puts what is read and what is written of a table together', () => {
    const grouped = groupTouched([
      { name: 'orders', access: 'read', columns: ['id'] },
      { name: 'orders', access: 'write', columns: ['note', 'status'] },
      { name: 'lines', access: 'read', columns: [] },
    ]);
    expect(grouped.map(touchedText)).toEqual([
      'orders: reads id; writes note, status',
      'lines: reads rows but no columns',
    ]);
  });
  it('says what is not told, and counts nothing then', () => {
    const tables = [
      { name: 'a', access: 'read' as const, columns: null },
      { name: 'b', access: 'write' as const },
      { name: 'c', access: 'write' as const, columns: ['id'], whole: true },
    ];
    expect(groupTouched(tables).map(touchedText)).toEqual([
      'a: reads every column',
      'b: reads and writes',
      'c: writes whole rows: id',
    ]);
    expect(countColumns(tables)).toBeNull();
    expect(countColumns([{ name: 'a', access: 'read', columns: ['id', 'x'] }])).toBe(2);
  });
  it('names the queries that touch what is new', () => {
    expect(overlaps({ columns: ['id'] }, { columns: ['id', 'note'] })).toBe(true);
    expect(overlaps({ columns: ['id'] }, { columns: ['note'] })).toBe(false);
    expect(overlaps({ columns: null }, { columns: ['note'] })).toBe(true);
    expect(overlaps({ columns: ['id'] }, undefined)).toBe(false);
  });
  it('counts a column that is read and written once', () => {
    const both = (['read', 'write'] as const).map((access) => ({ name: 'a', access, columns: ['id'] }));
    expect(countColumns(both)).toBe(1);
  });
});
