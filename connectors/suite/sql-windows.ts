import { WINDOW_OPERATORS, Window, type WindowInput } from '@sallyport/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkWindow } from '../../server/src/contexts/gateway/check-window.ts';
import type { CompiledQuery } from '../../server/src/contexts/gateway/compiled-query.ts';
import { Refusal } from '../../server/src/kernel/refusal.ts';
import { COMPILER, type SqlLanguage } from '../language.ts';
import type { Pool } from '../port.ts';
import { compileAt } from './compile-at.ts';
import { run } from './harness.ts';
import { poolOf, type SqlEngine } from './sql-harness.ts';

/** Columns of an engine that order in its own way, and values of theirs that are close, alike or odd, as literals. */
export interface Kinds {
  readonly language: SqlLanguage;
  readonly name: CompiledQuery['language'];
  /** What the table needs first, such as a type. */
  readonly before: readonly string[];
  readonly columns: Readonly<Record<string, { readonly type: string; readonly values: readonly string[] }>>;
  /** A type with two values that are answered as two and stand at one place in an order. */
  readonly alike: readonly { readonly type: string; readonly values: readonly [string, string] }[];
}

type Row = Record<string, unknown>;
const KEY = ['part', 'id'];

/** Q17 a walk by position is the whole ordered read, cut into pages: for every kind of column, order and direction. */
export function sqlWindows(engine: SqlEngine, kinds: Kinds): void {
  const names = Object.keys(kinds.columns);
  const statement = `select part, id, ${names.join(', ')} from walked where part <> ${engine.dialect.placeholder(1)}`;
  let pool: Pool;
  let compiled: CompiledQuery;
  beforeAll(async () => {
    pool = poolOf(engine);
    const columns = names.map((name) => `${name} ${kinds.columns[name]?.type}`);
    for (const sql of [
      ...kinds.before,
      `create table walked (part varchar(5) not null, id bigint not null, ${columns.join(', ')}, primary key (part, id))`,
    ])
      await run(pool, sql, { effect: 'schema' });
    const { columns: result } = await pool.describe(statement);
    compiled = {
      compiler: 2,
      language: kinds.name,
      windowed: true,
      result,
      key: KEY,
      functions: [],
      order: [],
      ordered: false,
    } as unknown as CompiledQuery;
  });
  afterAll(() => pool.close());

  const read = async (window: WindowInput, as = compiled) => {
    const checked = checkWindow(as, Window.parse(window));
    const wrapped = kinds.language.wrap(statement, ['no such part'], as.result ?? [], checked);
    const order = checked.order.map(({ column }) => column);
    const { rows, end } = await run(pool, wrapped.statement, { ...wrapped, columns: compiled.result });
    return { rows, end, order };
  };
  const at = (row: Row | undefined, order: readonly string[]) =>
    Object.fromEntries(order.map((name) => [name, row?.[name]])) as NonNullable<WindowInput['after']>;
  const fill = async (rows: readonly (readonly number[])[]) => {
    await run(pool, 'delete from walked', { effect: 'write' });
    if (rows.length === 0) return;
    const literals = rows.map((picks, i) => {
      const values = names.map((name, j) => {
        const { type, values: pool } = kinds.columns[name]!;
        const pick = (picks[j] ?? 0) % (pool.length + 1);
        return pool[pick] ?? (type.includes('not null') ? pool[0] : 'null');
      });
      return `('p${i % 3}', ${(i * 7) % 41}, ${values.join(', ')})`;
    });
    await run(pool, `insert into walked values ${literals.join(', ')}`, { effect: 'write' });
  };
  const table = fc.array(fc.array(fc.nat(20), { minLength: names.length, maxLength: names.length }), {
    maxLength: 40,
  });
  const sorting = fc.uniqueArray(
    fc.record({
      column: fc.constantFrom(...names, ...KEY),
      direction: fc.constantFrom('asc' as const, 'desc' as const),
    }),
    { maxLength: 3, selector: ({ column }) => column },
  );

  describe('Q17 windows by filters', () => {
    it.each(names)('a value of %s that is sent back finds its rows', async (column) => {
      await fill(Array.from({ length: 20 }, (_, i) => names.map((name) => (name === column ? i : 0))));
      const { rows: all } = await read({ limit: 100 });
      const kind = compiled.result?.find(({ name }) => name === column);
      const operators = kind === undefined ? [] : WINDOW_OPERATORS[kind.type];
      const ids = (rows: readonly Row[]) => rows.map(({ part, id }) => `${part} ${id}`);
      const missing = await read({ limit: 100, filters: [{ column, operator: 'isNull' }] });
      expect(ids(missing.rows)).toEqual(ids(all.filter((row) => row[column] === null)));
      for (const value of new Set(all.map((row) => row[column]))) {
        for (const operator of ['eq', 'in', 'contains'] as const) {
          if (value === null || !operators.includes(operator)) continue;
          const given = operator === 'in' ? [value] : value;
          const filters = [{ column, operator, value: given as never }];
          const found = await read({ limit: 100, filters }).catch((error: unknown) => {
            // No value may be infinite, or a day that no calendar has.
            const odd = !['integer', 'text', 'uuid'].includes(kind?.type ?? '');
            if (error instanceof Refusal && odd) return null;
            throw error;
          });
          if (found !== null)
            expect(ids(found.rows), `${operator} ${value}`).toEqual(
              expect.arrayContaining(ids(all.filter((row) => row[column] === value))),
            );
        }
      }
    });
  });

  describe('Q17 windows by text', () => {
    it('what is looked for is what was typed, in any case, in a column of any name', async () => {
      const mysql = kinds.name === 'mysql';
      const name = 'odd`"name';
      const quoted = mysql ? '`odd``"name`' : '"odd`""name"';
      const type = mysql ? 'varchar(9) collate utf8mb4_bin' : 'varchar(9)';
      await run(pool, `create table words (id int not null primary key, ${quoted} ${type} not null)`, {
        effect: 'schema',
      });
      const words = ['a!b', 'a%b', 'a_b', 'a\\b', 'ab', 'axb', 'A!B'];
      for (const [id, word] of words.entries())
        await run(pool, `insert into words values (${id}, ${engine.dialect.placeholder(1)})`, {
          effect: 'write',
          binds: [word],
        });
      const text = `select id, ${quoted} from words`;
      const { columns } = await pool.describe(text);
      const found = async (window: WindowInput) => {
        const checked = checkWindow({ ...compiled, result: columns, key: ['id'] }, Window.parse(window));
        const wrapped = kinds.language.wrap(text, [], columns ?? [], checked);
        return (await run(pool, wrapped.statement, { ...wrapped, columns })).rows.map((row) => row[name]);
      };
      const by = (operator: 'eq' | 'in' | 'contains' | 'startsWith', value: string | string[]) =>
        found({ limit: 9, filters: [{ column: name, operator, value }] });
      for (const word of words) {
        const same = words.filter((one) => one.toLowerCase() === word.toLowerCase());
        expect(await by('startsWith', word), word).toEqual(same);
        expect(await by('contains', word), word).toEqual(same);
        expect(await found({ limit: 9, search: word }), word).toEqual(same);
        expect(await by('eq', word), word).toEqual([word]);
      }
      expect(await by('in', [])).toEqual([]);
    });
  });

  describe('Q17 windows with values that no row could hold', () => {
    it('a number beyond its column is before or after all, and a text is not found: neither is an error', async () => {
      await fill(Array.from({ length: 20 }, (_, i) => names.map(() => i)));
      const all = (await read({ limit: 100 })).rows.filter((row) => row.n !== null);
      const by = (operator: 'lte' | 'gt' | 'in', value: unknown) =>
        read({ limit: 100, filters: [{ column: 'n', operator, value: value as never }] });
      const beyond = '9223372036854775807';
      expect((await by('lte', beyond)).rows).toEqual(all);
      expect((await by('gt', beyond)).rows).toEqual([]);
      expect((await by('in', [beyond])).rows).toEqual([]);
      expect((await read({ limit: 100, search: '☃\u{1F600}' })).rows).toEqual([]);
    });
  });

  describe('Q17 windows by offset', () => {
    it('of rows without a known key, every row comes once, however many are alike in the order', async () => {
      await fill(Array.from({ length: 120 }, () => names.map(() => 0)));
      const walked = async (as: CompiledQuery) => {
        const pages = await Promise.all(
          [0, 1, 2, 3, 4, 5, 6, 7].map((page) =>
            read({ limit: 15, offset: page * 15, sort: [{ column: 'n', direction: 'asc' }] }, as),
          ),
        );
        return new Set(pages.flatMap(({ rows }) => rows.map(({ part, id }) => `${part} ${id}`))).size;
      };
      expect(await walked({ ...compiled, key: [], compiler: COMPILER })).toBe(120);
      // MariaDB sorts so few rows as a whole.
      if (kinds.name === 'postgresql')
        expect(await walked({ ...compiled, key: [] }), 'of a release made before').toBeLessThan(120);
    });
  });

  describe('Q17 windows by offset, of values that are alike to the engine', () => {
    const cases = kinds.alike.flatMap((one) => ['n', 'v'].map((column) => ({ ...one, column })));
    it.each(cases)('of $type in an order by $column, each comes as often as it is there', async (one) => {
      const { column, type } = one;
      await run(pool, 'drop table if exists twins', { effect: 'schema' });
      await run(pool, `create table twins (n int, v ${type})`, { effect: 'schema' });
      const values = Array.from({ length: 120 }, (_, i) => `(0, ${one.values[i % 2]})`);
      await run(pool, `insert into twins values ${values.join(', ')}`, { effect: 'write' });
      const text = 'select n, v from twins';
      const as = { ...(await compileAt(pool, kinds.language, text, { windowed: true })), hash: '' };
      const walked = async (as: CompiledQuery) => {
        const seen = new Map<unknown, number>();
        for (let offset = 0; offset < 120; offset += 5) {
          const window = { limit: 5, offset, sort: [{ column, direction: 'asc' as const }] };
          const checked = checkWindow(as, Window.parse(window));
          const wrapped = kinds.language.wrap(text, [], as.result ?? [], checked);
          for (const { v } of (await run(pool, wrapped.statement, wrapped)).rows)
            seen.set(v, (seen.get(v) ?? 0) + 1);
        }
        return [...seen.values()];
      };
      expect(await walked(as)).toEqual([60, 60]);
      const before = {
        ...as,
        compiler: 7,
        result: as.result?.map(({ alike: _, ...column }) => column) ?? null,
      };
      expect(await walked(before), 'of a release made before').not.toEqual([60, 60]);
    });
  });

  describe('Q17 windows by position', () => {
    it('walking on, and back, is one whole ordered read, by every kind of column', {
      timeout: 240_000,
    }, async () => {
      await fc.assert(
        fc.asyncProperty(table, sorting, fc.integer({ min: 1, max: 9 }), async (rows, sort, limit) => {
          await fill(rows);
          const whole = await read({ limit: 1_000, sort, total: true });
          expect(whole.end).toMatchObject({ total: rows.length });
          expect(whole.end.offset).toBeUndefined();
          const on: Row[] = [];
          let page = await read({ limit, sort });
          while (page.rows.length > 0) {
            on.push(...page.rows);
            page = await read({ limit, sort, total: true, after: at(page.rows.at(-1), page.order) });
            expect(page.end).toMatchObject({ total: rows.length, offset: on.length });
          }
          expect(on).toEqual(whole.rows);
          const back: Row[] = whole.rows.slice(-1);
          while (back.length > 0) {
            page = await read({ limit, sort, total: true, before: at(back[0], whole.order) });
            if (page.rows.length === 0) break;
            back.unshift(...page.rows);
            expect(page.end).toMatchObject({ total: rows.length, offset: rows.length - back.length });
          }
          expect(back).toEqual(whole.rows);
        }),
        { numRuns: 60 },
      );
    });

    it.each(names)('every value of %s comes back as the place that it was answered from', async (column) => {
      const picks = Array.from({ length: 20 }, (_, i) => names.map((name) => (name === column ? i : 0)));
      await fill(picks);
      for (const direction of ['asc', 'desc'] as const) {
        const sort = [{ column, direction }];
        const whole = await read({ limit: 100, sort });
        for (const [i, row] of whole.rows.entries()) {
          const rest = await read({ limit: 100, sort, after: at(row, whole.order) });
          expect(rest.rows).toEqual(whole.rows.slice(i + 1));
        }
      }
    });

    it('where a missing value is not thought of, rows are missed: so it is thought of', async () => {
      await fill(Array.from({ length: 20 }, (_, i) => names.map(() => i)));
      const careless = {
        ...compiled,
        result: compiled.result?.map((column) => ({ ...column, nullable: false })) ?? null,
      };
      const lost = async (as: CompiledQuery) => {
        let missed = 0;
        for (const direction of ['asc', 'desc'] as const) {
          const window = { limit: 100, sort: [{ column: 'n', direction }] };
          const whole = await read(window);
          for (const [i, row] of whole.rows.entries()) {
            const rest = await read({ ...window, after: at(row, whole.order) }, as);
            missed += whole.rows.length - i - 1 - rest.rows.length;
          }
        }
        return missed;
      };
      expect(await lost(compiled)).toBe(0);
      expect(await lost(careless)).toBeGreaterThan(0);
    });

    it('a list that joins names walks as whole as its table does, on and back', async () => {
      for (const sql of [
        'create table beside (id bigint primary key, label varchar(20))',
        "insert into beside values (0, 'even'), (7, null), (14, 'even'), (21, 'odd'), (28, 'even'), (99, 'none')",
      ])
        await run(pool, sql, { effect: 'schema' });
      await fill(Array.from({ length: 40 }, (_, i) => names.map(() => i)));
      for (const [join, missing] of [
        ['left join', true],
        ['join', false],
      ] as const) {
        const text = `select w.part, w.id, w.n, b.label from walked w ${join} beside b on b.id = w.id`;
        const as = await compileAt(pool, kinds.language, text, { windowed: true });
        expect(as.key).toEqual(KEY);
        const page = async (window: WindowInput) => {
          const checked = checkWindow({ ...as, hash: '' }, Window.parse(window));
          const wrapped = kinds.language.wrap(text, [], as.result ?? [], checked);
          const order = checked.order.map(({ column }) => column);
          return { ...(await run(pool, wrapped.statement, wrapped)), order };
        };
        for (const sort of [[], [{ column: 'label', direction: 'desc' as const }]]) {
          const whole = await page({ limit: 1_000, sort });
          expect(whole.rows.some((row) => row.label === null && row.id !== '7')).toBe(missing);
          const on: Row[] = [];
          let next = await page({ limit: 7, sort });
          while (next.rows.length > 0) {
            on.push(...next.rows);
            next = await page({ limit: 7, sort, total: true, after: at(next.rows.at(-1), next.order) });
            expect(next.end).toMatchObject({ total: whole.rows.length, offset: on.length });
          }
          expect(on).toEqual(whole.rows);
          const last = await page({ limit: 7, sort, before: at(whole.rows.at(-1), whole.order) });
          expect(last.rows).toEqual(whole.rows.slice(-8, -1));
        }
      }
    });

    it('rows that come and go between pages are neither doubled nor missed', async () => {
      await fill(Array.from({ length: 30 }, () => names.map(() => 0)));
      const seen: Row[] = [];
      const all = (await read({ limit: 100 })).rows;
      let page = await read({ limit: 5 });
      for (let i = 0; page.rows.length > 0; i += 1) {
        seen.push(...page.rows);
        // One before all pages comes, and one that was shown goes.
        const value = names.map((name) => kinds.columns[name]?.values[0]).join(', ');
        await run(pool, `insert into walked values ('o${i}', 1, ${value})`, { effect: 'write' });
        const { part, id } = page.rows[0]!;
        await run(pool, `delete from walked where part = '${part}' and id = ${id}`, { effect: 'write' });
        page = await read({ limit: 5, after: at(page.rows.at(-1), page.order) });
      }
      expect(seen).toEqual(all);
    });
  });
}
