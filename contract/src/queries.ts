import { z } from 'zod';
import { Hash, Id, Identifier, Slug } from './values.ts';

/** What a value may be on the wire. Integers past 2^53 and decimals travel as text and lose nothing (Q4). */
export const ValueType = z.enum([
  'text',
  'integer',
  'decimal',
  'boolean',
  'date',
  'timestamp',
  'uuid',
  'json',
]);
export type ValueType = z.infer<typeof ValueType>;

export const Origin = z.enum(['user', 'identity', 'constant']);
export const Effect = z.enum(['read', 'write', 'schema']);
export type Effect = z.infer<typeof Effect>;

/** What the builder narrows of an argument; what is absent is proposed by the engine's own inference (Q4). */
export const ArgumentSettings = z.strictObject({
  type: ValueType.optional(),
  list: z.boolean().optional(),
  nullable: z.boolean().optional(),
  maxLength: z.number().int().min(1).max(1_000_000).optional(),
  /** Bounds of an integer, decimal, date or timestamp, as text so that nothing is lost. */
  min: z.string().max(60).optional(),
  max: z.string().max(60).optional(),
  maxItems: z.number().int().min(1).max(1_000).optional(),
});
export type ArgumentSettings = z.infer<typeof ArgumentSettings>;

const shared = {
  /** The slug of a data source of the organization. */
  source: Slug,
  arguments: z.record(Identifier, ArgumentSettings).default({}),
  /** Row cap: more rows than this end the answer with `truncated`, said and never silent. */
  maxRows: z.number().int().min(1).max(10_000_000).default(10_000),
  timeoutMs: z.number().int().min(100).max(600_000).default(10_000),
  /** `auto`: on load and when an argument changes, reads only. `manual`: on an event. */
  run: z.enum(['auto', 'manual']).default('manual'),
  /** Asked of the person before it runs: text, or a template. */
  confirm: z.string().max(300).optional(),
};

/** A value for an organization-wide constant is not in the document: `constants.<name>` is resolved by the server. */
export const SqlQuery = z.strictObject({
  kind: z.literal('sql'),
  ...shared,
  /** SQL with `{{ expression }}` holes. A hole is always a bind (Q2), or a choice when its name is one of `choices`. */
  text: z.string().max(100_000),
  /** Closed lists of engine text (Q2), by the hole's name: `{ direction: ['asc', 'desc'] }`. */
  choices: z.record(Identifier, z.array(z.string().min(1).max(200)).min(1).max(64)).default({}),
  /** Q6, for a write: how many rows it may change. */
  expectRows: z
    .union([
      z.strictObject({ exactly: z.number().int().min(0) }),
      z.strictObject({ atMost: z.number().int().min(0) }),
    ])
    .optional(),
  /** Q5, for a SELECT that calls a function which changes something: its author says so, and it runs as a write. */
  writes: z.literal(true).optional(),
  /** Q17: the run may carry a window (page, sort, filter, search). Reads only. */
  windowed: z.boolean().default(false),
});

const Pair = z.strictObject({
  name: z.string().min(1, 'A name for this value is needed.').max(200),
  value: z.string().max(10_000),
});

/** Of a query or a form, which may hold a name several times. */
const Field = Pair.extend({
  /** The value is one expression that makes a list: sent once for each of its items, not at all for none. */
  each: z.literal(true).optional(),
});

/** A request to an HTTP source, written as templates. Scheme, host and port come from the source alone (Q7). */
export const RestQuery = z.strictObject({
  kind: z.literal('rest'),
  ...shared,
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** Below the source's base address; a hole is one percent-encoded segment or part of one. */
  path: z.string().max(2_000),
  query: z.array(Field).max(50).default([]),
  headers: z.array(Pair).max(50).default([]),
  /** JSON text in which a hole stands where a value stands; or form fields. */
  body: z
    .union([
      z.strictObject({ json: z.string().max(100_000) }),
      z.strictObject({ form: z.array(Field).max(100) }),
    ])
    .optional(),
  /** Where the rows are in the answer, such as `data.items`, or `data.items?` where that may be left out; the answer itself when absent. */
  rowsAt: z.string().max(200).optional(),
  /**
   * Where the answer says that it failed though its status does not, such as `errors`: what stands there fails the run.
   * Nothing does not, nor does `null`, `false`, `0`, or what is empty.
   */
  errorAt: z.string().max(200).optional(),
  /** Headers of the answer that expressions read, such as `X-Total-Count` or `Location`: none else leaves the server. */
  answerHeaders: z.array(z.string().min(1).max(100)).min(1).max(20).optional(),
});

export const QueryDocument = z.discriminatedUnion('kind', [SqlQuery, RestQuery]);
export type QueryDocument = z.output<typeof QueryDocument>;
export type SqlQuery = z.output<typeof SqlQuery>;
export type RestQuery = z.output<typeof RestQuery>;

export const CompiledArgument = z.strictObject({
  name: Identifier,
  /** What stood in the hole; the browser evaluates it for origin `user`. */
  expression: z.string(),
  origin: Origin,
  type: ValueType,
  list: z.boolean(),
  nullable: z.boolean(),
  maxLength: z.number().int().optional(),
  min: z.string().optional(),
  max: z.string().optional(),
  maxItems: z.number().int().optional(),
  /** Set when the argument is a choice: the closed list. */
  choices: z.array(z.string()).optional(),
});
export type CompiledArgument = z.infer<typeof CompiledArgument>;

export const ResultColumn = z.strictObject({
  name: z.string(),
  /** The engine's own type name, such as `numeric(12,2)`. */
  engineType: z.string(),
  type: z.enum([...ValueType.options, 'binary']),
  /** Null when the engine does not say. */
  nullable: z.boolean().nullable(),
  /** Set when the engine puts its values in no order. */
  ordered: z.literal(false).optional(),
  /** Set when texts of it that differ may be equal to the engine: by a collation of the database's own, or as `1 day` and `24 hours`. */
  alike: z.literal(true).optional(),
});
export type ResultColumn = z.infer<typeof ResultColumn>;

/** One table under one access. A table whose rows are both read and written is there twice, each with its columns. */
export const TouchedTable = z.strictObject({
  name: z.string(),
  access: z.enum(['read', 'write']),
  /**
   * The columns that are read, or written, and never fewer. Null: which ones could not be told, so every one. Absent: not
   * asked for (REST, and queries compiled before columns were told), which also means every one; there, a write may read.
   */
  columns: z.array(z.string()).nullable().optional(),
  /** The row is taken as a whole (`*`, `row_to_json(t)`, DELETE): `columns` are those of today, and later ones are meant too. */
  whole: z.boolean().optional(),
});
export type TouchedTable = z.infer<typeof TouchedTable>;

/** A query's compiled form, as a builder and a reviewer see it. */
export const CompiledView = z.strictObject({
  hash: Hash,
  language: z.enum(['postgresql', 'mysql', 'rest']),
  sourceId: Id,
  effect: Effect,
  /** One a combination of choices (Q2); for REST, the request as a template: its line, its headers, its body. */
  statements: z.array(z.string()),
  arguments: z.array(CompiledArgument),
  /** Null when the statement could not be analysed: it is then a write that touches everything (Q5). */
  tables: z.array(TouchedTable).nullable(),
  functions: z.array(z.string()),
  /** Sentences for a reviewer: what could not be proved of it, and what holds instead. Absent when there are none. */
  notes: z.array(z.string()).optional(),
  /** Empty for a write that returns nothing; null when the engine could not say (REST). */
  result: z.array(ResultColumn).nullable(),
  windowed: z.boolean(),
  /** Columns of the primary key in the result, when known: the window then pages by key. */
  key: z.array(z.string()),
  maxRows: z.number().int(),
  timeoutMs: z.number().int(),
  expectRows: z.string().nullable(),
  /** Where each hole stands, for the badges in the editor: offsets in UTF-16 units of the text. */
  holes: z.array(
    z.strictObject({
      at: z.number().int(),
      length: z.number().int(),
      argument: Identifier,
      origin: Origin,
      path: z.string(),
    }),
  ),
});
export type CompiledView = z.infer<typeof CompiledView>;

/** What a member's browser is told of a query: enough to call it, and no statement. */
export const QuerySignature = z.strictObject({
  effect: Effect,
  /** Origin `user` only. */
  arguments: z.array(CompiledArgument),
  result: z.array(ResultColumn).nullable(),
  windowed: z.boolean(),
  key: z.array(z.string()),
  run: z.enum(['auto', 'manual']),
  confirm: z.string().nullable(),
});
export type QuerySignature = z.infer<typeof QuerySignature>;
