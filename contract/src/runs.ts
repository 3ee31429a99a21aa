import { z } from 'zod';
import { atMost } from './at-most.ts';
import { Origin, ResultColumn, type ValueType } from './queries.ts';
import { route } from './route.ts';
import { Environment, Hash, Id, Identifier, JsonValue } from './values.ts';

/**
 * A JSON value as it arrives, with all digits of its numbers; each is checked against the compiled argument's type before
 * a source is touched.
 */
const Argument = z.unknown();

/** Operators of a window, closed per type (Q17). `contains` and `startsWith` are for text; `in` takes a list. */
export const WindowOperator = z.enum([
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
  'contains',
  'startsWith',
  'in',
  'isNull',
  'isNotNull',
]);
export type WindowOperator = z.infer<typeof WindowOperator>;

/** Which operators a column of a type takes. */
export const WINDOW_OPERATORS: Readonly<Record<ValueType | 'binary', readonly WindowOperator[]>> = {
  text: ['eq', 'ne', 'contains', 'startsWith', 'in', 'isNull', 'isNotNull'],
  integer: ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'isNull', 'isNotNull'],
  decimal: ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'isNull', 'isNotNull'],
  boolean: ['eq', 'ne', 'isNull', 'isNotNull'],
  date: ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'isNull', 'isNotNull'],
  timestamp: ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'isNull', 'isNotNull'],
  uuid: ['eq', 'ne', 'in', 'isNull', 'isNotNull'],
  json: ['isNull', 'isNotNull'],
  binary: ['isNull', 'isNotNull'],
};

/**
 * Where a row stands in a window's order: its values, as they were answered, by the names of the columns that
 * `RunHead.position` lists. No more and no fewer.
 */
export const Position = atMost(
  100,
  'columns',
  z.record(z.string().max(200), z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()])),
);
export type Position = z.infer<typeof Position>;

/** How a table pages, sorts, filters and searches without a statement from the browser (Q17). */
export const Window = z.strictObject({
  limit: z.number().int().min(1).max(1_000).default(50),
  /** Rows to pass over, counted: for a jump. Deep, it is slow, and rows that come and go move what it means. */
  offset: z.number().int().min(0).max(10_000_000).default(0),
  /** The first rows after this position: the page after the one that ends with it. Without `offset` and `before`. */
  after: Position.optional(),
  /** The last rows before this position, in the same order: the page before the one that begins with it. */
  before: Position.optional(),
  sort: z
    .array(z.strictObject({ column: z.string().max(200), direction: z.enum(['asc', 'desc']) }))
    .max(4)
    .default([]),
  filters: z
    .array(
      z.strictObject({ column: z.string().max(200), operator: WindowOperator, value: Argument.optional() }),
    )
    .max(20)
    .default([]),
  /** Looked for in every text column of the result. */
  search: z.string().max(200).optional(),
  /** Also count every row that matches. */
  total: z.boolean().default(false),
});
export type Window = z.output<typeof Window>;
export type WindowInput = z.input<typeof Window>;

/**
 * Room for a text as long as an argument may be, twice, since a form sends what it was filled with too; not for many more
 * bytes, since any member may send them, and many at once.
 */
const bodyLimit = 3 * 1024 * 1024;

const request = {
  query: Identifier,
  arguments: atMost(200, 'arguments', z.record(Identifier, Argument).default({})),
  window: Window.optional(),
  /** The caller's own name for this run, so that it can be cancelled by it; made by the server when absent. */
  runId: Id.optional(),
};

/** The head of every answer. */
export const RunHead = z.strictObject({
  run: Id,
  columns: z.array(ResultColumn),
  /**
   * For a window that pages by position: the columns whose values say where a row stands in its order, for `after` and
   * `before`. Absent where the rows have no known key, or are ordered by what cannot be compared; they page by offset.
   */
  position: z.array(z.string()).optional(),
  /** Of a request that names headers of its answer: those that came, by their names in small letters. */
  headers: z.record(z.string(), z.string()).optional(),
});
/** What one placeholder of a statement held: which it was and whose, never the value. */
export const SentBind = z.strictObject({
  /** An argument of the query, or a part of the window. */
  of: z.enum(['argument', 'filter', 'search', 'position', 'limit', 'offset']),
  /** The argument's name, or the column's; null for what has none. */
  name: z.string().nullable(),
  origin: Origin,
});
/** A statement as the source received it. */
export const SentStatement = z.strictObject({
  /** `total` counts what matches a window, and where its page stands. */
  brings: z.enum(['rows', 'total']),
  /** The compiled statement, inside of its window if it had one. */
  text: z.string(),
  /** The same inside of what the connector puts around it, where it does: PostgreSQL makes the JSON of each row. */
  whole: z.string().optional(),
  /** In the engine's order of its placeholders. */
  binds: z.array(SentBind),
});
export type SentBind = z.infer<typeof SentBind>;
export type SentStatement = z.infer<typeof SentStatement>;
export const RunEnd = z.strictObject({
  rows: z.number().int(),
  /** Rows that a write changed; null for a read. */
  changed: z.number().int().nullable(),
  /** Set when a cap ended the answer early: more rows exist. Of a window, when the query's cap is under the page asked for. */
  truncated: z.strictObject({ by: z.enum(['rows', 'bytes']), cap: z.number().int() }).nullable(),
  /** All rows that match the window, when it asked for a total. */
  total: z.number().int().nullable(),
  /** Rows that match and stand before the first of these: told beside the total of a window with a position. */
  offset: z.number().int().nullable().optional(),
  /** Milliseconds at the source. */
  sourceMs: z.number(),
  /** Set when the run failed after rows were sent: the same code, title, next as a problem document. */
  problem: z
    .strictObject({
      code: z.string(),
      title: z.string(),
      next: z.string(),
      detail: z.string().optional(),
      requestId: z.string(),
    })
    .optional(),
});
/** The whole of an answer of a run. */
export const RunAnswer = z.strictObject({
  ...RunHead.shape,
  rows: z.array(z.record(z.string(), JsonValue)),
  end: RunEnd,
});
/** The answer of a draft's run, for those who build: its head also says what was sent. Null for an HTTP request. */
export const DraftRunAnswer = z.strictObject({
  ...RunAnswer.shape,
  sent: z.array(SentStatement).nullable(),
});
export type RunHead = z.infer<typeof RunHead>;
export type RunEnd = z.infer<typeof RunEnd>;
export type RunAnswer = z.infer<typeof RunAnswer>;
export type DraftRunAnswer = z.infer<typeof DraftRunAnswer>;

const produces = ['application/json', 'application/x-ndjson'] as const;

export const runs = {
  /**
   * As `application/json`, an answer is one object; as `application/x-ndjson`, a line with its head (`run`, `columns`,
   * `position`, `headers`), a line a row, and a last line `{ "run", "end" }`, told from a row by the run's id. An answer without `end`
   * was cut off and must not be used; an `end` with a `problem` is one that failed after it had begun.
   */
  run: route({
    operationId: 'run',
    method: 'POST',
    path: '/v1/runs',
    bodyLimit,
    permission: 'query:run',
    audit: 'gateway.ran',
    summary: 'Run a query of a release; returns JSON or, on request, NDJSON',
    body: z.strictObject({ release: Hash, ...request }),
    exactNumbers: true,
    response: null,
    produces,
    streamed: RunAnswer,
  }),
  /** Answered as `run` is. */
  runDraft: route({
    operationId: 'runDraft',
    method: 'POST',
    path: '/v1/draft-runs',
    bodyLimit,
    permission: 'query:draft',
    audit: 'gateway.ran',
    summary: 'Run a saved query of a draft, in development or staging (Q14)',
    body: z.strictObject({ appId: Id, environment: Environment, ...request }),
    exactNumbers: true,
    response: null,
    produces,
    streamed: DraftRunAnswer,
  }),
  /**
   * By the `runId` that the run was given. Of one that is over, or is not there, the answer is the same: if it has yet to
   * arrive, it does not begin within the next minute (`run_cancelled`). Leaving the request of the run stops it as well.
   */
  cancelRun: route({
    operationId: 'cancelRun',
    method: 'DELETE',
    path: '/v1/runs/:runId',
    permission: 'query:run',
    audit: 'gateway.cancelled',
    status: 204,
    summary: 'Cancel a run of your own at the source',
    params: z.strictObject({ runId: Id }),
    response: null,
  }),
};
