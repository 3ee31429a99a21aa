import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relationKey } from '../language/relation-key.ts';
import type { CompiledQuery, SqlLanguage } from '../language.ts';
import { Uncompilable } from '../language.ts';
import { ConnectorError, type Pool, type RelationColumns } from '../port.ts';
import { compileAt } from './compile-at.ts';
import { run } from './harness.ts';
import { type JoinKinds, randomJoin } from './random-join.ts';
import { poolOf, type SqlEngine } from './sql-harness.ts';

/** Statements over tables of an engine, and whether their key is known. */
export interface KeyCases {
  readonly language: SqlLanguage;
  /** Makes the tables and their rows. */
  readonly schema: readonly string[];
  /** Each with the key that it has. Values of holes are 1. */
  readonly known: readonly (readonly [text: string, key: readonly string[]])[];
  /** Each repeats a row: the columns `id` and, where there is one, `part`, which would else be its key. */
  readonly repeating: readonly (readonly [why: string, text: string])[];
  /** Each of which nothing is claimed, though it may be unique. */
  readonly unknown: readonly string[];
  /** Of `repeating`, those of which only the kinds of the values compared say so. */
  readonly twins: readonly string[];
  readonly random: JoinKinds;
}

type Asking = Pick<Pool, 'describe' | 'relations'>;

/** Asks of each relation once, for as long as nobody changes it: of a statement, most of the time goes to that. */
function askingOnce(pool: Pool): Asking {
  const known = new Map<string, RelationColumns | null>();
  return {
    describe: (...given) => pool.describe(...given),
    relations: async (names) => {
      const unknown = names.filter((name) => !known.has(relationKey(name)));
      const answers = await pool.relations(unknown);
      for (const [i, name] of unknown.entries()) known.set(relationKey(name), answers[i] ?? null);
      return names.map((name) => known.get(relationKey(name)) ?? null);
    },
  };
}

/** Q17 a key that is claimed tells the rows of the result apart: the engine's own rows are the judge. */
export function sqlKeys(engine: SqlEngine, cases: KeyCases): void {
  let pool: Pool;
  const compiled = (
    text: string,
    instead?: (relation: RelationColumns) => RelationColumns,
    asking: Asking = pool,
  ) => compileAt(asking, cases.language, text, instead === undefined ? {} : { instead });
  const rowsOf = async (query: CompiledQuery) => {
    const [statement] = query.statements;
    const text = query.arguments.every(({ type }) => type === 'text');
    const binds = (statement?.binds ?? []).map(() => (text ? '1' : 1));
    return (await run(pool, statement?.text ?? '', { binds })).rows;
  };
  const repeated = (rows: readonly Record<string, unknown>[], key: readonly string[]): number => {
    const seen = new Set(rows.map((row) => JSON.stringify(key.map((name) => row[name]))));
    return rows.length - seen.size;
  };

  beforeAll(async () => {
    pool = poolOf(engine);
    for (const sql of cases.schema) await run(pool, sql, { effect: 'schema' });
  });
  afterAll(() => pool.close());

  describe('Q17 the key of joined tables', () => {
    it.each(cases.known)('is known: %s', async (text, key) => {
      const query = await compiled(text);
      expect(query.key).toEqual(key);
      const rows = await rowsOf(query);
      expect(rows.length).toBeGreaterThan(0);
      expect(repeated(rows, key)).toBe(0);
      for (const name of key)
        expect(query.result?.find((column) => column.name === name)?.nullable).toBe(false);
    });

    it.each(cases.repeating)('is not claimed, and would be wrong: %s: %s', async (_, text) => {
      const query = await compiled(text);
      expect(query.key).toEqual([]);
      const rows = await rowsOf(query);
      const key = ['id', 'part'].filter((name) => rows[0] !== undefined && name in rows[0]);
      expect(repeated(rows, key)).toBeGreaterThan(0);
    });

    it.each(cases.unknown)('is not claimed: %s', async (text) => {
      expect((await compiled(text)).key).toEqual([]);
    });

    /** Compiles random joins over random tables; how many claimed a key, and those whose rows share it, up to `enough`. */
    async function judged(
      runs: number,
      instead?: (relation: RelationColumns) => RelationColumns,
      enough = Number.POSITIVE_INFINITY,
    ) {
      const counts = { claimed: 0, joined: 0, refused: 0, statements: 0 };
      const wrong: string[] = [];
      await fc.assert(
        fc.asyncProperty(randomJoin(cases.random), async ({ before, statements }) => {
          if (wrong.length >= enough) return;
          for (const sql of before) await run(pool, sql, { effect: 'schema' });
          const asking = askingOnce(pool);
          for (const text of statements) {
            counts.statements += 1;
            const query = await compiled(text, instead, asking).catch((error: unknown) => error);
            if (query instanceof ConnectorError || query instanceof Uncompilable) {
              counts.refused += 1;
              continue;
            }
            if (query instanceof Error) throw query;
            const { key, tables } = query as CompiledQuery;
            if (key.length === 0) continue;
            counts.claimed += 1;
            if ((tables ?? []).length > 1) counts.joined += 1;
            const rows = await rowsOf(query as CompiledQuery).catch((error: unknown) => {
              // A value that is out of range, or collations that do not agree: no row at all.
              if (error instanceof ConnectorError) return [];
              throw error;
            });
            if (repeated(rows, key) > 0) wrong.push(`${text} -- ${key} -- ${before.join('; ')}`);
          }
        }),
        { numRuns: runs, endOnFailure: true },
      );
      return { ...counts, wrong };
    }

    it('no two rows share a key that is claimed, whatever is joined', { timeout: 240_000 }, async () => {
      const { wrong, claimed, joined, refused, statements } = await judged(25);
      expect(wrong).toEqual([]);
      expect(claimed).toBeGreaterThan(30);
      expect(joined).toBeGreaterThan(0);
      expect(refused).toBeLessThan(statements * 0.8);
    });

    it('and they do where any column is taken for unique', { timeout: 240_000 }, async () => {
      const { wrong } = await judged(
        20,
        (relation) => ({ ...relation, unique: relation.columns.map((one) => [one]) }),
        1,
      );
      expect(wrong.length).toBeGreaterThan(0);
    });

    it.each(cases.twins)(
      'the kinds of the values are what stands between this and a wrong key: %s',
      async (text) => {
        const alike = (relation: RelationColumns): RelationColumns => ({
          ...relation,
          kinds: new Map(relation.columns.map((one) => [one, 'alike'])),
        });
        const query = await compiled(text, alike);
        expect(query.key).toEqual(['id']);
        expect(repeated(await rowsOf(query), ['id'])).toBeGreaterThan(0);
        expect((await compiled(text)).key).toEqual([]);
      },
    );
  });
}
