import type { TouchedTable } from '@sallyport/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuMs } from '../../../../server/test/cpu-ms.ts';
import { relationKey } from '../../../language/relation-key.ts';
import type { Outline } from '../../../language.ts';
import { sqlDocument } from '../../../suite/sql-document.ts';
import { postgresLanguage } from '../index.ts';

beforeAll(() => postgresLanguage.load());

const WIDE = Array.from({ length: 1_600 }, (_, i) => `c${i}`);
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  orders: ['id', 'customer', 'status', 'total'],
  customers: ['id', 'name', 'ssn'],
  wide: WIDE,
};

const told = (outline: Outline, unknown: readonly string[] = []) =>
  outline.touched(
    new Map(
      outline.relations
        .filter((table) => !unknown.includes(table.name))
        .map((table) => [
          relationKey(table),
          {
            columns: COLUMNS[table.name] ?? [],
            hidden: ['ctid'],
            required: [],
            primaryKey: [],
            unique: [],
            kinds: new Map(),
          },
        ]),
    ),
  );
const touched = (text: string, unknown: readonly string[] = []): readonly TouchedTable[] | null =>
  told(postgresLanguage.outline(sqlDocument(text)), unknown).tables;

describe('Q5 columns read and written, each under its access', () => {
  it.each<[string, TouchedTable[]]>([
    [
      'update orders set status = {{ s }} where id = {{ id }}',
      [
        { name: 'orders', access: 'read', columns: ['id'] },
        { name: 'orders', access: 'write', columns: ['status'] },
      ],
    ],
    [
      'select o.id, name from orders o join customers c on c.id = customer',
      [
        { name: 'customers', access: 'read', columns: ['id', 'name'] },
        { name: 'orders', access: 'read', columns: ['customer', 'id'] },
      ],
    ],
    ['select count(*) from orders', [{ name: 'orders', access: 'read', columns: [] }]],
    [
      'select row_to_json(c) from customers c',
      [{ name: 'customers', access: 'read', columns: ['id', 'name', 'ssn'], whole: true }],
    ],
    [
      'delete from customers where name = {{ n }}',
      [
        { name: 'customers', access: 'read', columns: ['name'] },
        { name: 'customers', access: 'write', columns: ['id', 'name', 'ssn'], whole: true },
      ],
    ],
    // A hidden column of a table in a join is not found by its bare name: the engine looks further out.
    [
      'select (select ctid::text from customers a join customers b on a.id = b.id) from orders',
      [
        { name: 'customers', access: 'read', columns: ['id'] },
        { name: 'orders', access: 'read', columns: ['ctid'] },
      ],
    ],
  ])('%s', (text, expected) => expect(touched(text)).toEqual(expected));

  it('of all choices together', () => {
    const outline = postgresLanguage.outline(
      sqlDocument('select id from orders order by {{ by }}', { choices: { by: ['status', 'total'] } }),
    );
    expect(told(outline).tables).toEqual([
      { name: 'orders', access: 'read', columns: ['id', 'status', 'total'] },
    ]);
  });

  it('what cannot be told is every column, and is said', () => {
    // A table that the engine does not find any more.
    expect(touched('select id from orders', ['orders'])).toEqual([
      { name: 'orders', access: 'read', columns: null },
    ]);
    // A name that means nothing, beside a table that is known.
    const outline = postgresLanguage.outline(sqlDocument('select nowhere from orders, customers c'));
    expect(told(outline)).toEqual({
      tables: [
        { name: 'customers', access: 'read', columns: null },
        { name: 'orders', access: 'read', columns: null },
      ],
      notes: ['Which columns of customers, orders are touched could not be told: taken as every column.'],
    });
    // One that another table may have, whose columns are not known.
    expect(touched('select id, perhaps from orders, ghosts', ['ghosts'])).toEqual([
      { name: 'ghosts', access: 'read', columns: null },
      { name: 'orders', access: 'read', columns: ['id'] },
    ]);
    // One further out may be meant, and one nearer: both are taken.
    expect(touched('select (select name from ghosts) from customers', ['ghosts'])).toEqual([
      { name: 'customers', access: 'read', columns: ['name'] },
      { name: 'ghosts', access: 'read', columns: null },
    ]);
    expect(postgresLanguage.outline(sqlDocument('call p()')).touched(new Map()).tables).toBeNull();
  });

  it('an unread reference makes every column be meant: the walk is proven against the tree', () => {
    // FOR UPDATE OF, GROUP BY and ORDER BY hold names that are no references; none may be counted as one passed over.
    for (const text of [
      'select id as x from orders o order by x for update of o',
      'select status x, count(*) from orders group by x, grouping sets ((x), ()) order by count(*)',
      'update orders set (status, total) = (select name, id from customers c where c.id = customer)',
    ]) {
      expect(
        touched(text)?.every((table) => table.columns !== null),
        text,
      ).toBe(true);
    }
  });
});

describe('Q5 columns of hostile statements, within their limits', () => {
  const within = (ms: number, work: () => void) => expect(cpuMs(work)).toBeLessThan(ms);
  it('a table of 1,600 columns, all of them, joined and nested', () => {
    expect(touched('select * from wide a, wide b')?.[0]?.columns).toHaveLength(1_600);
    within(3_000, () => {
      const nested = `${'select * from ('.repeat(500)}select * from wide${') x'.repeat(500)}`;
      expect(touched(nested)?.[0]?.columns).toHaveLength(1_600);
    });
    within(3_000, () => {
      // Too much to go through: every column, and no hour of work.
      const natural = `select 1 from wide ${'natural join wide '.repeat(1_200)}`;
      expect(touched(natural)).toEqual([{ name: 'wide', access: 'read', columns: null }]);
    });
  });
  it('64 statements share one limit', () => {
    const by = WIDE.slice(0, 32);
    const text = `${'select * from ('.repeat(500)}select * from wide order by {{ by }} {{ way }}${') x'.repeat(500)}`;
    const outline = postgresLanguage.outline(sqlDocument(text, { choices: { by, way: ['asc', 'desc'] } }));
    within(3_000, () => expect(told(outline).tables?.[0]).toMatchObject({ name: 'wide', columns: null }));
  });
  it('a statement of 90 kB', () => {
    const text = `select ${Array.from({ length: 820 }, (_, i) => `t.c${i} as "${'x'.repeat(95)}${i}"`).join(', ')} from wide t`;
    expect(text.length).toBeGreaterThan(90_000);
    within(2_000, () => expect(touched(text)?.[0]?.columns).toHaveLength(820));
  });
  it('names that are objects’ own are names', () => {
    expect(touched('select __proto__, "constructor", o.toString from orders o')).toEqual([
      { name: 'orders', access: 'read', columns: null, whole: true },
    ]);
  });
});
