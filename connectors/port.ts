/**
 * What a connector must be: the runtime half of the port. (`language.ts` is the half that compiles.) A connector knows
 * one engine; it opens no socket itself, reads no environment variable, and writes no file.
 */
import type { Duplex } from 'node:stream';
import type {
  CatalogTable,
  ConnectionSettings,
  Credential,
  PrivilegeReport,
  ResultColumn,
} from '@sallyport/contract';

/** A plaintext that can only be read on purpose; the server's `Secret` is one. */
export interface Sealed<T> {
  reveal(): T;
}

/**
 * Opens a connected TCP stream through the one egress guard: resolves, checks the address class, connects to that very
 * address and re-checks the peer. Throws `ConnectorError` with code `egress_refused` when policy refuses.
 */
export type Dial = (host: string, port: number, signal?: AbortSignal) => Promise<Duplex>;

/** One source environment with one version of its credential. */
export interface Target {
  readonly settings: ConnectionSettings;
  readonly credential: Sealed<Credential>;
  readonly mode: 'read' | 'read-write';
}

/** A statement ready to run: compiled text and binds in placeholder order, already validated and typed. */
export interface Runnable {
  /** SQL engines: the statement's text with the engine's placeholders. REST: see `RestRequest`. */
  readonly statement: string | RestRequest;
  /** In placeholder order. Dates, timestamps, decimals and big integers are text; a list is an array; json is JSON text. */
  readonly binds: readonly BindValue[];
  readonly effect: 'read' | 'write' | 'schema';
  /** The compiled result (Q16). A different shape at the source fails the run with `source_shape_changed`. Null: not known. */
  readonly columns: readonly ResultColumn[] | null;
  readonly timeoutMs: number;
  readonly maxRows: number;
  readonly maxBytes: number;
  /** Q6: the write is rolled back when this is not met. */
  readonly expectRows?: { readonly exactly: number } | { readonly atMost: number };
  /** A second read in the same snapshot that answers the window's total, and its offset when it has a position. */
  readonly total?: { readonly statement: string; readonly binds: readonly BindValue[] };
  /** Pages are cut by the rows' numbers: at each run, the engine must bring the same rows in the same sequence. */
  readonly steady?: true;
  /** Where the rows are in a REST answer. */
  readonly rowsAt?: string;
  /** Where a REST answer says that it failed though its status is a success. */
  readonly errorAt?: string;
  /** Headers of a REST answer that are told with its rows, in small letters. */
  readonly answerHeaders?: readonly string[];
}

export type BindValue = BindScalar | readonly BindScalar[];
export type BindScalar = string | number | boolean | null | ExactNumber;

/** A number with all its digits, for an engine that infers no types: what comes as a text would be a text to it. */
export interface ExactNumber {
  readonly digits: string;
}

/** Everything already encoded by the compiler; the connector adds base address and authentication, and nothing else. */
export interface RestRequest {
  readonly method: string;
  /** Starts with `/`; with its query string. */
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | null;
}

/** Rows as they come: each item is a batch of JSON texts, one object a row, ready to be sent as they are. */
export interface Running {
  /** The statement as the engine received it, where the connector puts something around it. */
  readonly whole?: string;
  readonly columns: readonly ResultColumn[];
  /** Those of `answerHeaders` that came. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly batches: AsyncIterable<readonly string[]>;
  /** Settles when `batches` is done; for a write, after its commit. */
  readonly end: Promise<RunOutcome>;
  /** Gives back what is kept for the rows: called once, when they were delivered or will not be. */
  release(): void;
}

export interface RunOutcome {
  readonly rows: number;
  readonly changed: number | null;
  readonly truncated: { readonly by: 'rows' | 'bytes'; readonly cap: number } | null;
  readonly total: number | null;
  /** Rows before the first of these, when the total's statement told it. */
  readonly offset?: number;
  /** Milliseconds from sending the statement to its last row. */
  readonly sourceMs: number;
}

export interface Probe {
  readonly serverVersion: string;
  readonly privileges: PrivilegeReport | null;
}

/** What the engine infers of a statement without running it. */
export interface Description {
  /** The engine's type name of each placeholder, in order; null where it does not say. */
  readonly parameters: readonly (string | null)[];
  /** Null: the engine does not say. Empty: returns no rows. */
  readonly columns: readonly ResultColumn[] | null;
  /** Set where the engine takes the statement by itself and not as a sub-select: no window can stand around it. */
  readonly nests?: false;
}

/** A table or view as a statement names it. */
export interface RelationName {
  /** Null when the statement leaves it to the engine: its search path, its current database. */
  readonly schema: string | null;
  readonly name: string;
  /** How its rows are changed, where the engine can put another statement in the place of such a one. */
  readonly changed?: readonly Change[];
}

export type Change = 'insert' | 'update' | 'delete';

/** The columns of a table or view, and which of them tell its rows apart, by the engine's own reading of its name. */
export interface RelationColumns {
  /** In order. */
  readonly columns: readonly string[];
  /** Columns that can be read by name and that no star holds, such as PostgreSQL's `ctid`. */
  readonly hidden: readonly string[];
  /** Columns that always have a value. */
  readonly required: readonly string[];
  /** Empty where there is none, or where rows may share it all the same. */
  readonly primaryKey: readonly string[];
  /** Sets of columns of which no two rows hold the same values, as `=` compares them; rows with a null aside. */
  readonly unique: readonly (readonly string[])[];
  /**
   * How `=` compares the values of a column. Two columns of one kind: as every unique key that holds one of them. Missing
   * where that is not certain. In MySQL a text's kind is `text` and its collation.
   */
  readonly kinds: ReadonlyMap<string, string>;
  /** The columns' types, where the engine infers none of values: what a value stands beside proposes one. */
  readonly types?: ReadonlyMap<string, string>;
  /** Rules of the database put other statements in the place of one that writes here, which its count is not of (Q6). */
  readonly rewritten?: boolean;
}

/**
 * Open connections to one target. Session state never crosses from one run to the next. `holder`: for whom it is; nobody is
 * given all of a target's connections.
 */
export interface Pool {
  probe(signal?: AbortSignal): Promise<Probe>;
  catalog(holder?: string): Promise<readonly CatalogTable[]>;
  /** `samples`: see `Outline`; none where the engine infers the types of values itself. */
  describe(statement: string, samples?: readonly string[], holder?: string): Promise<Description>;
  /** What the engine now understands under each name; null where it finds nothing. */
  relations(names: readonly RelationName[], holder?: string): Promise<readonly (RelationColumns | null)[]>;
  /** Resolves once the engine has accepted the statement. An abort cancels it at the engine. */
  run(runnable: Runnable, signal?: AbortSignal, holder?: string): Promise<Running>;
  close(): Promise<void>;
}

export interface Connector {
  readonly engine: ConnectionSettings['engine'];
  open(target: Target, dial: Dial): Pool;
  /** `scheme://host:port`: what a credential is bound to. */
  origin(settings: ConnectionSettings): string;
}

export type ConnectorErrorCode =
  | 'egress_refused'
  | 'source_unreachable'
  | 'source_rate_limited'
  | 'source_unavailable'
  | 'source_timeout'
  | 'source_busy'
  | 'source_tls_failed'
  | 'source_credential_rejected'
  | 'source_connection_shared'
  | 'source_privilege_missing'
  | 'source_refused_statement'
  | 'source_constraint_violated'
  | 'source_shape_changed'
  | 'source_answer_invalid'
  | 'source_row_too_large'
  | 'write_exceeded_expectation'
  | 'write_outcome_unknown'
  | 'run_cancelled'
  | 'run_stood_still'
  | 'run_limit_large'
  | 'source_failed';

/**
 * How every connector fails. A write that fails with any code but `write_outcome_unknown` has changed nothing, unless its
 * `detail` says otherwise: whoever gets another may repeat it. `detail` is the engine's own message for a builder, already free of host, DSN and credential. */
export class ConnectorError extends Error {
  readonly code: ConnectorErrorCode;
  readonly detail: string | undefined;
  /** The same in words of ours that name no table, column or value: for whoever may not see `detail`. */
  readonly plain: string | undefined;
  /** Offset in the statement, when the engine points at one. */
  readonly position: number | undefined;
  /** Which placeholder it is about, from 1, when the engine says that and no position. */
  readonly parameter: number | undefined;
  /** The engine cannot tell of what type the value is; which value, `position` or `parameter` says. */
  readonly untyped: boolean;
  /** Seconds after which the source says that it may be asked again. */
  readonly retryAfter: number | undefined;
  constructor(
    code: ConnectorErrorCode,
    detail?: string,
    more: {
      position?: number;
      parameter?: number;
      untyped?: boolean;
      cause?: unknown;
      plain?: string;
      retryAfter?: number;
    } = {},
  ) {
    super(code, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'ConnectorError';
    this.code = code;
    this.detail = detail;
    this.plain = more.plain;
    this.position = more.position;
    this.parameter = more.parameter;
    this.untyped = more.untyped ?? false;
    this.retryAfter = more.retryAfter;
  }
}
