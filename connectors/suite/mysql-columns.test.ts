import { randomBytes } from 'node:crypto';
import type { TouchedTable } from '@sallyport/contract';
import mysqlDriver, { type Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CustomerDatabase, customerMariadb, hasMariadb, isMysql } from '../../server/test/engines.ts';
import { relationKey } from '../language/relation-key.ts';
import { mysql } from '../mysql/index.ts';
import { mysqlLanguage } from '../mysql/language/index.ts';
import type { Pool, RelationColumns } from '../port.ts';
import { sqlDocument } from './sql-document.ts';
import { poolOf, type SqlEngine } from './sql-harness.ts';

const SCHEMA = [
  'create table orders (id int primary key, customer int, status varchar(20), total decimal(10,2), note text, `2fa` int)',
  'create table customers (id int primary key, Name varchar(40), mail text, region int, ssn text)',
  'create table `lines` (id int primary key, oid int, sku varchar(9), qty int, unique (sku))',
  'create view open_orders as select id, status from orders',
  'create table veiled (id int primary key, secret int invisible)',
  'create table steps (id int primary key, `order` int, `limit` int, note text)',
];

type Told = [text: string, told: readonly string[], wide?: 'wide'];

/** What MySQL alone knows. */
const MYSQL_STATEMENTS: readonly Told[] = [
  [
    "select id from customers where 1 member of (mail) and json_value(ssn, '$.n' returning signed) > 1",
    ['customers r: id mail ssn'],
  ],
  [
    'select id, sum(total) over (order by customer range between 1 preceding and current row) as s from orders',
    ['orders r: customer id total'],
  ],
  [
    'insert into `lines` (id, sku) values (1, 2) as n on duplicate key update qty = n.id',
    ['lines r: id qty', 'lines w: id qty sku'],
    'wide',
  ],
];

/** Each with what it reads and writes, as `table: columns`; and `wide` where more is told than the server asks for. */
const STATEMENTS: readonly Told[] = [
  ['select id, status from orders', ['orders r: id status']],
  ['select count(*) from orders', ['orders r:']],
  ['select o.id * 2 from orders o where o.total > 5 order by o.note', ['orders r: id note total']],
  ['select NAME from customers', ['customers r: Name']],
  ['select sum(distinct total), std(id) from orders use index (primary)', ['orders r: id total']],
  [
    "update orders set note = '<=>' where id = 1 and status <=> 'open'",
    ['orders r: id status', 'orders w: note'],
  ],
  ['select id <=> status from orders', ['orders r: id status']],
  ['select `2fa`, o.2fa from orders o', ['orders r: 2fa']],
  [
    'select o.id, c.name from orders o join customers c on c.id = o.customer',
    ['customers r: Name id', 'orders r: customer id'],
  ],
  ['select sku from orders join `lines` using (id)', ['lines r: id sku', 'orders r: id'], 'wide'],
  [
    'select o.id from orders o join (`lines` l join customers c on c.id = l.qty) on l.oid = o.id',
    ['customers r: id', 'lines r: oid qty', 'orders r: id'],
  ],
  [
    'select c.mail from (orders o, customers c) join `lines` l on l.oid = o.id where c.id = o.customer',
    ['customers r: id mail', 'lines r: oid', 'orders r: customer id'],
  ],
  [
    'with customers as (select c.ssn from orders o join (customers c join `lines` l on l.id = c.id) on o.id = l.oid) select ssn from customers',
    ['customers r: id ssn', 'lines r: id oid', 'orders r: id'],
    'wide',
  ],
  [
    'update orders o join (`lines` l join customers c on c.id = l.qty) on l.oid = o.id set l.sku = c.ssn',
    ['customers r: id ssn', 'lines r: oid qty', 'lines w: sku', 'orders r: id', 'orders w:'],
    'wide',
  ],
  [
    'delete l from orders o join (`lines` l join customers c on c.id = l.qty) on l.oid = o.id',
    [
      'customers r: id',
      'lines r: oid qty',
      'lines w: id oid qty sku whole',
      'orders r: id',
      'orders w: 2fa customer id note status total whole',
    ],
    'wide',
  ],
  [
    'select id from orders where exists (select 1 from `lines` l where l.oid = orders.id)',
    ['lines r: id oid', 'orders r: id'],
    'wide',
  ],
  ['select x.n from (select note as n from orders) x', ['orders r: note']],
  ['with q as (select id, total from orders) select sum(q.total) from q', ['orders r: id total'], 'wide'],
  ['select status, count(*) from orders group by status having sum(total) > 1', ['orders r: status total']],
  ['select id from orders union select oid from `lines`', ['lines r: id oid', 'orders r: id'], 'wide'],
  ['select id from open_orders', ['open_orders r: id']],
  ['select secret from veiled', ['veiled r: secret']],
  ['select o.* from orders o', ['orders r: 2fa customer id note status total whole']],
  ['select _rowid from orders', ['orders r: ?'], 'wide'],
  ["insert into orders (id, status) values (1, 'x')", ['orders w: id status']],
  ["insert into orders values (1, 2, 'x', 3, null, 4)", ['orders w: 2fa customer id note status total']],
  ['insert into orders set id = 1, customer = 2', ['orders w: customer id']],
  [
    'insert into orders (id, customer) select id, region from customers',
    ['customers r: id region', 'orders r: id', 'orders w: customer id'],
    'wide',
  ],
  [
    'insert into `lines` (id, sku) values (1, 2) on duplicate key update qty = qty + 1, oid = values(id)',
    ['lines r: id oid qty', 'lines w: id oid qty sku'],
    'wide',
  ],
  [
    'insert into `lines` (id, sku) values (1, 2) on duplicate key update sku = values(sku), qty = concat(values(id), 0), oid = 3',
    ['lines r: id oid qty sku', 'lines w: id oid qty sku'],
    'wide',
  ],
  ["update orders set status = 'x' where id = 1", ['orders r: id', 'orders w: status']],
  // A name that is a word of the statement's own elsewhere ends no list.
  ["update steps s set s.order = 1, s.note = 'x' where s.id = 1", ['steps r: id', 'steps w: note order']],
  [
    'update steps set `limit` = `order`, `order` = case when `limit` > 1 then 2 end',
    ['steps r: limit order', 'steps w: limit order'],
  ],
  [
    'insert into steps set id = 1, `order` = 2, note = 3 on duplicate key update `limit` = `order`, note = 4',
    ['steps r: limit note order', 'steps w: id limit note order'],
    'wide',
  ],
  ['update orders set total = total + 1, note = status', ['orders r: status total', 'orders w: note total']],
  ["update /* */ ignore orders set status = 'x' where id = 1", ['orders r: id', 'orders w: status']],
  [
    "update IGNORE orders o join customers c on c.id = o.customer set o.note = c.mail where o.status <> 'ignore'",
    ['customers r: id mail', 'orders r: customer status', 'orders w: note'],
  ],
  [
    'update orders o join `lines` l on l.oid = o.id set o.note = l.sku, qty = 0',
    ['lines r: oid sku', 'lines w: qty', 'orders r: id', 'orders w: note'],
  ],
  // Of tables that a name without a dot can mean, one that a sub-select reads is not written.
  [
    'update steps set note = (select max(note) from orders), id = 2',
    ['orders r: note', 'steps r: note', 'steps w: id note'],
    'wide',
  ],
  [
    'update orders o join (`lines` l join customers c on exists (select 1 from steps)) on true set note = 1, qty = 2',
    ['customers r:', 'lines r:', 'lines w: qty', 'orders w: note', 'steps r:'],
    'wide',
  ],
  ['delete from orders where id = 1', ['orders r: id', 'orders w: 2fa customer id note status total whole']],
  [
    'delete l from orders o join `lines` l on l.oid = o.id where o.total = 0',
    [
      'lines r: oid',
      'lines w: id oid qty sku whole',
      'orders r: id total',
      'orders w: 2fa customer id note status total whole',
    ],
    'wide',
  ],
  ["replace into orders (id, note) values (1, 'x')", ['orders w: 2fa customer id note status total whole']],
  ["select id from orders where binary status = 'x' order by binary note", ['orders r: id note status']],
  [
    "select c.id, j.n from customers c join json_table(c.mail, '$[*]' columns (n int path '$')) j on j.n = c.region",
    ['customers r: id mail region'],
  ],
  ...(isMysql ? MYSQL_STATEMENTS : []),
];

/** MariaDB's own column privileges are the judge, as for PostgreSQL. */
describe.skipIf(!hasMariadb)('Q5 columns, by the privileges of MariaDB', () => {
  const password = randomBytes(12).toString('hex');
  let database: CustomerDatabase;
  let pool: Pool;
  let admin: Connection;
  let reader: Connection;
  let user: string;

  beforeAll(async () => {
    await mysqlLanguage.load();
    database = await customerMariadb();
    const engine = { name: 'mysql', connector: mysql, database: () => database } as SqlEngine;
    pool = poolOf(engine);
    admin = await mysqlDriver.createConnection(database.adminUrl);
    for (const statement of SCHEMA) await admin.query(statement);
    user = `reader_${randomBytes(6).toString('hex')}`;
    await admin.query(`create user ${user}@'%' identified by '${password}'`);
    await admin.query(`create table ${database.database}.nothing (id int)`);
    // So that it may connect to the database at all.
    await admin.query(`grant select on ${database.database}.nothing to ${user}@'%'`);
    reader = await mysqlDriver.createConnection({
      host: database.host,
      port: database.port,
      user,
      password,
      database: database.database,
    });
  });
  afterAll(async () => {
    await reader.end();
    await pool.close();
    await admin.query(`drop user ${user}@'%'`);
    await admin.end();
    await database.close();
  });

  async function told(text: string): Promise<readonly TouchedTable[]> {
    const outline = mysqlLanguage.outline(sqlDocument(text));
    const answers = await pool.relations(outline.relations);
    const known = new Map<string, RelationColumns>();
    for (const [i, name] of outline.relations.entries()) {
      const answer = answers[i];
      if (answer) known.set(relationKey(name), answer);
    }
    const { tables } = outline.touched(known);
    if (tables === null) throw new Error(`nothing told of ${text}`);
    return tables;
  }

  async function refusal(text: string, tables: readonly TouchedTable[]): Promise<string | null> {
    const granted = new Set(tables.map((table) => `\`${database.database}\`.\`${table.name}\``));
    try {
      for (const table of tables) {
        const on = `\`${database.database}\`.\`${table.name}\``;
        const columns = table.columns?.length === 0 ? ['id'] : table.columns;
        const list = columns == null ? '' : `(${columns.map((one) => `\`${one}\``).join(', ')})`;
        const rights = table.access === 'read' ? ['select'] : ['insert', 'update'];
        const grants = rights.map((right) => `${right} ${list}`);
        if (table.access === 'write' && table.whole) grants.push('delete');
        await admin.query(`grant ${grants.join(', ')} on ${on} to ${user}@'%'`);
      }
      await reader.query('start transaction');
      await reader.query(text);
      return null;
    } catch (error) {
      const { code = String(error) } = error as { code?: string };
      // It came as far as the rows: it was allowed.
      return /DUP_ENTRY|TRUNCATED|NO_REFERENCED|DATA_TOO_LONG/.test(code) ? null : code;
    } finally {
      await reader.query('rollback');
      for (const on of granted) await admin.query(`revoke all privileges on ${on} from ${user}@'%'`);
    }
  }

  const shown = (tables: readonly TouchedTable[]): string[] =>
    tables.map(({ name, access, columns, whole }) =>
      [`${name} ${access === 'read' ? 'r' : 'w'}:`, ...(columns ?? ['?']), ...(whole ? ['whole'] : [])].join(
        ' ',
      ),
    );

  it.each(STATEMENTS)('%s', async (text, expected, wide) => {
    const tables = await told(text);
    expect(shown(tables)).toEqual(expected);
    expect(await refusal(text, tables)).toBeNull();
    if (wide) return;
    for (const [i, table] of tables.entries()) {
      for (const column of table.whole ? [] : (table.columns ?? [])) {
        const columns = (table.columns ?? []).filter((one) => one !== column);
        const less = tables.flatMap((one, j) =>
          i !== j ? [one] : columns.length === 0 ? [] : [{ ...one, columns }],
        );
        expect([less, await refusal(text, less)]).toEqual([less, expect.stringMatching(/DENIED/)]);
      }
    }
  });

  it('a star holds no invisible column', async () => {
    expect(shown(await told('select * from veiled'))).toEqual(['veiled r: id whole']);
  });

  it('what the grammar does not understand touches everything', () => {
    const outline = mysqlLanguage.outline(sqlDocument('select * from orders natural join customers'));
    expect(outline.touched(new Map()).tables).toBeNull();
  });
});
