import { randomBytes } from 'node:crypto';
import type { TouchedTable } from '@sallyport/contract';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CustomerDatabase, customerPostgres } from '../../server/test/engines.ts';
import { relationKey } from '../language/relation-key.ts';
import type { Pool, RelationColumns } from '../port.ts';
import { postgres } from '../postgres/index.ts';
import { postgresLanguage } from '../postgres/language/index.ts';
import { SCHEMA } from './postgres-columns.schema.ts';
import { EXACT, EXACT_18, WIDE } from './postgres-columns.statements.ts';
import { randomStatement } from './random-statement.ts';
import { sqlDocument } from './sql-document.ts';
import { poolOf, type SqlEngine } from './sql-harness.ts';

const DENIED = '42501';
const SYSTEM = new Set(['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid']);
const role = `reader_${randomBytes(6).toString('hex')}`;

/**
 * The engine is the judge: a role that may touch the told columns and nothing else runs the statement, and where every
 * column can be told exactly, a role that lacks one of them may not.
 */
describe.each([15, 18] as const)('Q5 columns, by the privileges of PostgreSQL %s', (version) => {
  let database: CustomerDatabase;
  let pool: Pool;
  let admin: pg.Client;

  beforeAll(async () => {
    await postgresLanguage.load();
    database = await customerPostgres(version);
    const engine: SqlEngine = {
      name: 'postgres',
      connector: postgres,
      database: () => database,
      admin: () => Promise.reject(new Error('not used')),
      dialect: undefined as never,
    };
    pool = poolOf(engine);
    admin = new pg.Client(database.adminUrl);
    await admin.connect();
    await admin.query(
      `create role ${role}; ${SCHEMA} grant usage on schema app to ${role}, ${database.user};`,
    );
  });
  afterAll(async () => {
    await pool.close();
    await admin.query(`drop owned by ${role}; drop role ${role}`);
    await admin.end();
    await database.close();
  });

  async function told(text: string): Promise<readonly TouchedTable[]> {
    const outline = postgresLanguage.outline(sqlDocument(text));
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

  const quoted = (table: TouchedTable): string =>
    /^(app|pg_catalog|information_schema)\./.test(table.name)
      ? table.name
      : `"${table.name.replace(/^public\./, '').replaceAll('"', '""')}"`;

  /** As a role that has exactly these privileges; the code of its refusal, or null. Explaining checks them and runs nothing. */
  async function refusal(text: string, tables: readonly TouchedTable[]): Promise<string | null> {
    await admin.query('begin');
    try {
      for (const table of tables) {
        const name = quoted(table);
        let { columns } = table;
        if (columns?.every((one) => SYSTEM.has(one))) {
          // Where no column is needed, the engine still wants the role to have one.
          const { rows } = await admin.query<{ attname: string }>(
            'select attname from pg_attribute where attrelid = $1::text::regclass and attnum > 0 limit 1',
            [name],
          );
          columns = rows.length === 0 ? null : [...columns, rows[0]!.attname];
        }
        const list =
          columns == null ? '' : `(${columns.map((one) => `"${one.replaceAll('"', '""')}"`).join(', ')})`;
        const rights = table.access === 'read' ? ['select'] : ['insert', 'update'];
        const grants = rights.map((right) => `${right} ${list}`);
        if (table.access === 'write' && table.whole) grants.push('delete');
        await admin.query(`grant ${grants.join(', ')} on ${name} to ${role}`);
      }
      await admin.query(`set local role ${role}`);
      await admin.query(`explain ${text}`);
      return null;
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    } finally {
      await admin.query('rollback');
    }
  }

  /** Every way to lack one told column. */
  const lacking = (tables: readonly TouchedTable[]): (readonly TouchedTable[])[] =>
    tables.flatMap((table, i) =>
      table.whole
        ? []
        : (table.columns ?? []).map((column) => {
            const columns = table.columns?.filter((one) => one !== column) ?? [];
            return tables.flatMap((one, j) =>
              i !== j ? [one] : columns.length === 0 ? [] : [{ ...one, columns }],
            );
          }),
    );

  const exact =
    version === 18 ? [...EXACT, ...EXACT_18] : EXACT.filter((text) => !/json_table|json_object/.test(text));

  it.each(exact)('exactly what %s needs', async (text) => {
    const tables = await told(text);
    expect(
      tables.every((table) => table.columns !== null),
      JSON.stringify(tables),
    ).toBe(true);
    expect([text, tables, await refusal(text, tables)]).toEqual([text, tables, null]);
    for (const less of lacking(tables)) {
      expect([text, less, await refusal(text, less)]).toEqual([text, less, DENIED]);
    }
  });

  it.each(WIDE)('at least what %s needs', async (text) => {
    const tables = await told(text);
    expect([text, tables, await refusal(text, tables)]).toEqual([text, tables, null]);
  });

  it('never fewer than a random statement needs', async () => {
    let accepted = 0;
    let fewer = 0;
    await fc.assert(
      fc.asyncProperty(randomStatement, async (text) => {
        if (
          !(await admin.query(`explain ${text}`).then(
            () => true,
            () => false,
          ))
        )
          return;
        accepted += 1;
        const tables = await told(text);
        expect([text, tables, await refusal(text, tables)]).toEqual([text, tables, null]);
        const [less] = lacking(tables);
        if (less !== undefined && (await refusal(text, less)) === DENIED) fewer += 1;
      }),
      { numRuns: 600 },
    );
    expect(accepted).toBeGreaterThan(100);
    // Were one column not told, this would find it: most that are told are needed.
    expect(fewer).toBeGreaterThan(50);
  }, 120_000);
});
