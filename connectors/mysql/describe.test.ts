import { expect, it } from 'vitest';
import { assertShape } from '../assert-shape.ts';
import { describeStatement } from './describe.ts';
import { type FieldDefinition, resultColumn } from './field-types.ts';
import { rowWriter } from './row-text.ts';
import type { Session } from './session.ts';
import { asCompiled } from './shape.ts';

const [INT, BIGINT, YEAR, VARCHAR] = [3, 8, 13, 253];
const field = (name: string, columnType: number, columnLength: number, orgTable = ''): FieldDefinition => ({
  name,
  orgTable,
  columnType,
  columnLength,
  characterSet: columnType === VARCHAR ? 45 : 63,
  flags: 0,
  decimals: 0,
});

/** As a server describes every statement that it is given. */
const server = (isMariadb: boolean, fields: readonly FieldDefinition[]) => {
  const prepare = async () => ({ columns: fields, parameters: [], close: () => undefined });
  return { isMariadb, dead: false, prepare } as unknown as Session;
};

const said = [
  field('late', BIGINT, 1),
  field('month', BIGINT, 2),
  field('year', YEAR, 4),
  field('orders', BIGINT, 21),
  field('id', INT, 11, 'orders'),
];
/** What MySQL 9.7 answers of the same columns where a join goes through a temporary table. */
const joined = [
  field('late', INT, 1),
  field('month', INT, 2),
  { ...field('year', INT, 4), flags: 32 },
  field('orders', BIGINT, 21),
  field('id', INT, 11, 'orders'),
];

it('Q16 what MySQL calls an expression’s small whole number is the plan’s, and neither its shape nor its value changes with it', async () => {
  const { columns } = await describeStatement(server(false, said), 'select …', []);
  for (const fields of [said, joined]) {
    assertShape(columns ?? [], fields.map(resultColumn), asCompiled);
    const row = fields.map(({ name, columnType }) =>
      columnType === BIGINT ? '7' : name === 'year' ? 2026 : 7,
    );
    expect(rowWriter(fields, columns)(row)).toBe('{"late":7,"month":7,"year":2026,"orders":"7","id":7}');
  }
});

it.each([
  ['an expression of whole numbers', 'month', field('month', VARCHAR, 8)],
  ['an expression past an int', 'orders', field('orders', INT, 11)],
  ['a column of a table', 'id', field('id', BIGINT, 20, 'orders')],
])('Q16 %s is held to its type', async (_, name, other) => {
  const { columns } = await describeStatement(server(false, said), 'select …', []);
  const answered = said.map((one) => resultColumn(one.name === name ? other : one));
  expect(() => assertShape(columns ?? [], answered, asCompiled)).toThrow('source_shape_changed');
});

it('Q16 MariaDB says of whole numbers what they are', async () => {
  const { columns } = await describeStatement(server(true, said), 'select …', []);
  expect(columns?.map(({ engineType }) => engineType)).toEqual(['bigint', 'bigint', 'year', 'bigint', 'int']);
});
