/**
 * The half of the port that compiles: what an engine's language must be. Pure, without I/O. A connector's other half
 * (`port.ts`) runs what comes out of here.
 */
import type {
  CompiledArgument,
  Effect,
  QueryDocument,
  ResultColumn,
  TouchedTable,
  ValueType,
  Window,
} from '@sallyport/contract';
import type { BindValue, Description, RelationColumns, RelationName } from './port.ts';

/** The version of the rules of compiling and of the window's wrapper; part of every hash (Q8). */
export const COMPILER = 17;

/** Where a value comes from. Only `user` is ever sent by a caller (Q11). */
export type ArgumentSource =
  | { readonly from: 'user' }
  | { readonly from: 'identity'; readonly field: 'id' | 'email' | 'name' | 'groups' }
  | { readonly from: 'attribute'; readonly name: string }
  | { readonly from: 'constant'; readonly name: string }
  | { readonly from: 'literal'; readonly value: string | number | boolean | null };

/** A hole as found in the document. */
export interface Hole {
  /** Which text of the document: `text`, `path`, `query.0.value`, `body.json`, … */
  readonly path: string;
  /** Offset of `{{`, and the length up to and with `}}`, in UTF-16 units. */
  readonly at: number;
  readonly length: number;
  readonly expression: string;
  readonly source: ArgumentSource;
  /** Set when the whole expression is one identifier, which may then name a choice. */
  readonly identifier: string | null;
}

/** A column as a statement names it; `of` is what stands before its dot. */
export interface NamedColumn {
  readonly of: string | null;
  readonly name: string;
}

/** What a value stands beside, where the engine infers no types: a column, or what takes a value of that type. */
export type Beside = NamedColumn | 'decimal' | 'integer' | 'timestamp';

/** An argument before the engine was asked for its type. */
export interface OutlinedArgument {
  readonly name: string;
  readonly expression: string;
  readonly source: ArgumentSource;
  /** It stands alone after `in` (Q3). */
  readonly list: boolean;
  /** Set for a choice (Q2): the closed list of engine text. */
  readonly choices: readonly string[] | null;
  /** What the place itself says of the type, where the engine will not. */
  readonly hint: ValueType | null;
  /** What it is compared with or put into, where the engine infers no types: proposes one, and binds none. */
  readonly beside: Beside | null;
  /** Where it is compared with a text that is written down, where the engine infers no types. */
  readonly besideText: Omit<Place, 'message'> | null;
}

export interface CompiledStatement {
  /** The choices that select this statement, by argument name; empty when the query has none. */
  readonly choices: Readonly<Record<string, string>>;
  /** With the engine's placeholders. These are the bytes that are sent (Q13). */
  readonly text: string;
  /** Argument names in placeholder order. */
  readonly binds: readonly string[];
  /** MySQL has no array bind: the placeholder at offset `at`, of bind `bind`, is repeated by the list's length (Q3). */
  readonly expand?: readonly { readonly at: number; readonly bind: number }[];
}

/** A part of a REST template: engine text, or an argument's value encoded for where it stands. */
export type TemplatePart = string | { readonly argument: string };
export type Template = readonly TemplatePart[];

export interface CompiledRequest {
  readonly method: string;
  /** One template a segment; a segment without holes is already encoded. */
  readonly segments: readonly Template[];
  readonly query: readonly { readonly name: string; readonly value: Template }[];
  readonly headers: readonly { readonly name: string; readonly value: Template }[];
  readonly body:
    | { readonly json: Template }
    | { readonly form: readonly { readonly name: string; readonly value: Template }[] }
    | null;
  readonly rowsAt: string | null;
}

export interface Ordering {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
}

/**
 * How the rows of a select come about that only joins tables, by inner and left joins: what its key is told from. Written
 * as the statement has it; what its names mean is not known yet.
 */
export interface JoinedTables {
  readonly tables: readonly JoinedTable[];
  readonly equalities: readonly Equality[];
  /** The columns of the result that may be columns of the tables; a star is `*`, also as its name. */
  readonly outputs: readonly { readonly value: ColumnName; readonly name: string }[];
  /** Names that must be columns of the tables for the rest to hold. */
  readonly references: readonly ColumnName[];
}

export interface JoinedTable {
  readonly relation: RelationName;
  readonly alias: string;
  /** By LEFT JOIN: it may be missing beside a row of the tables before it. */
  readonly left: boolean;
  /** Columns that USING makes one with those of the tables before. */
  readonly merged: readonly string[];
}

export interface ColumnName {
  /** The table's alias, or its name; null when the column stands alone. */
  readonly table: string | null;
  readonly column: string;
}

/** A value: of a column, of a bind, or written down; then of a kind as in `RelationColumns.kinds`, null: that beside it. */
export type Operand = ColumnName | { readonly bind: number } | { readonly kind: string | null };

/** Two values that are equal, by the engine's `=`: in every row, or in those where LEFT JOIN found a row of table `of`. */
export interface Equality {
  readonly of: number | null;
  readonly sides: readonly [Operand, Operand];
  /** USING looks for a bare name in the tables before this one only. */
  readonly before?: number;
}

/** What a query touches, once the engine has said which columns there are. */
export interface Touched {
  readonly tables: readonly TouchedTable[] | null;
  readonly notes: readonly string[];
}

/** What can be known of a query without asking its engine. */
export interface Outline {
  readonly language: 'postgresql' | 'mysql' | 'rest';
  readonly effect: Effect;
  /** The engine's own count of rows changed is of all that the statement itself changes, not of its last part only (Q6). */
  readonly counted: boolean;
  readonly statements: readonly CompiledStatement[];
  readonly request: CompiledRequest | null;
  readonly arguments: readonly OutlinedArgument[];
  readonly holes: readonly (Hole & { readonly argument: string })[];
  /** Null: not analysable; then it is a write that touches everything (Q5). */
  readonly tables: readonly TouchedTable[] | null;
  /** The tables and views that the statements name, whose columns `touched` needs to know. */
  readonly relations: readonly RelationName[];
  /** By what can stand before a dot, in small letters, the tables that it means (`relationKey`), where the engine infers no types. */
  readonly qualifiers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly functions: readonly string[];
  /** Sentences for a reviewer: what could not be proved, and what holds instead. */
  readonly notes: readonly string[];
  /** The statement's own order, when each item may be a column of the result by its name or position. */
  readonly order: readonly { readonly column: string | number; readonly direction: 'asc' | 'desc' }[];
  /** The statement has an order of its own, whether or not `order` could read it. */
  readonly ordered: boolean;
  /** What the engine takes and what does nothing there, or another thing: no document is saved with it; a release runs on. */
  readonly idle: readonly Place[];
  /** Of each statement, the tables that it joins, one of whose keys may be the result's; null where it does more. */
  readonly joined: readonly (JoinedTables | null)[];
  /**
   * The tables touched with the columns of each, by what the engine said of them (`relationKey` names each). Never fewer
   * than the statement needs: what cannot be told is every column, and is said in `notes`.
   */
  touched(known: ReadonlyMap<string, RelationColumns>): Touched;
  /**
   * The same statement with literals where its values stand, for an engine that infers no types of values: a column whose
   * type is another among them depends on what is bound. To be described, never run.
   */
  samples(statement: number): readonly string[];
  /** The place in the document that an offset of a statement comes from, for what the engine says of it. */
  locate(statement: number, offset: number): Omit<Place, 'message'> & { readonly hole: boolean };
}

/** An argument with its type, limits and source. Contract's shape and what only the server needs. */
export type BoundArgument = CompiledArgument & {
  readonly source: ArgumentSource;
  readonly engineType: string | null;
};

/** What can run: JSON, stored with drafts and releases, identified by its hash. */
export interface CompiledQuery {
  readonly compiler: number;
  readonly language: 'postgresql' | 'mysql' | 'rest';
  readonly sourceId: string;
  readonly effect: Effect;
  readonly statements: readonly CompiledStatement[];
  readonly request: CompiledRequest | null;
  readonly arguments: readonly BoundArgument[];
  readonly tables: readonly TouchedTable[] | null;
  readonly functions: readonly string[];
  readonly notes: readonly string[];
  readonly result: readonly ResultColumn[] | null;
  readonly windowed: boolean;
  readonly key: readonly string[];
  /** The order that a window without a sort keeps. */
  readonly order: readonly Ordering[];
  readonly ordered: boolean;
  readonly maxRows: number;
  readonly timeoutMs: number;
  readonly expectRows: { readonly exactly: number } | { readonly atMost: number } | null;
  readonly run: 'auto' | 'manual';
  readonly confirm: string | null;
  readonly holes: readonly {
    readonly at: number;
    readonly length: number;
    readonly argument: string;
    readonly path: string;
  }[];
}

/** What the engine and the catalog said, one description a statement; the "schema" of Q8. */
export interface Schema {
  readonly descriptions: readonly Description[];
  /** What the engine says of `Outline.relations`, by `relationKey`. */
  readonly relations?: ReadonlyMap<string, RelationColumns>;
}

/** Which part of a window a bind of its wrapper holds. */
export interface WindowBind {
  readonly of: 'filter' | 'search' | 'position' | 'limit' | 'offset';
  /** The column; null for what has none. */
  readonly name: string | null;
}

/** A statement inside of its window, with its binds. `total` is as `Runnable.total`. */
export interface Wrapped {
  readonly statement: string;
  readonly binds: readonly BindValue[];
  /** What each bind holds, in the same order; a number is the place of a bind that the statement had before. */
  readonly holds: readonly (WindowBind | number)[];
  /** As `Runnable.steady`. */
  readonly steady?: true;
  readonly total?: Omit<Wrapped, 'total'>;
}

/** `bytes`: by the bytes of its values, since those that differ may be alike to the engine. */
export interface WindowOrdering extends Ordering {
  readonly bytes?: boolean;
}

/** A window whose columns, operators and values were checked against the compiled result. */
export interface CheckedWindow {
  readonly limit: number;
  readonly offset: number;
  readonly order: readonly WindowOrdering[];
  /** `order` may leave different rows alike: those keep the order in which the statement brings them. */
  readonly loose: boolean;
  readonly filters: readonly {
    readonly column: ResultColumn;
    readonly operator: Window['filters'][number]['operator'];
    readonly value: BindValue;
  }[];
  /** In no column, nothing is found. */
  readonly search: { readonly columns: readonly ResultColumn[]; readonly text: string } | null;
  readonly total: boolean;
  /** Where it stands, when it pages by position; `offset` is then 0. */
  readonly position: CheckedPosition | null;
}

/** A place in a window's order: a value for each of its columns, in the order's own sequence. */
export interface CheckedPosition {
  readonly side: 'after' | 'before';
  readonly at: readonly PositionValue[];
}

export interface PositionValue {
  readonly column: ResultColumn;
  readonly direction: Ordering['direction'];
  readonly value: BindValue;
}

export interface Language<D extends QueryDocument = QueryDocument> {
  readonly name: Outline['language'];
  /** Loads the engine's grammar, once; everything else is synchronous. */
  load(): Promise<void>;
  /** Finds holes, statements, effect and tables. Throws `Uncompilable`. */
  outline(document: D): Outline;
}

/** The languages that are SQL also know how to put a window around a statement (Q17). */
export interface SqlLanguage<D extends QueryDocument = QueryDocument> extends Language<D> {
  /** `outline` a statement at a time: reading the 64 that a query may have would hold up everything else for seconds. */
  outlineInTurns(document: D): Generator<undefined, Outline>;
  /** `text` has `binds.length` placeholders already; the wrapper's own come after, or around, as the engine counts. */
  wrap(
    text: string,
    binds: readonly BindValue[],
    columns: readonly ResultColumn[],
    window: CheckedWindow,
  ): Wrapped;
  /** Whether a value of this column, sent back as it was answered, compares as the engine orders the column. */
  comparable(column: ResultColumn): boolean;
  /** Whether values of this column that are answered as different ones never stand at one place in the engine's order. */
  tellsApart(column: ResultColumn): boolean;
}

export interface Place {
  readonly path: string;
  readonly at?: number;
  readonly length?: number;
  readonly message: string;
}

/** Why a document does not compile, and where. */
export class Uncompilable extends Error {
  readonly places: readonly Place[];
  constructor(...places: readonly Place[]) {
    super(places.map((place) => place.message).join(' '));
    this.name = 'Uncompilable';
    this.places = places;
  }
}

/** A value that its place cannot hold, found when a run is bound: an empty path segment, a control character in a header. */
export class Unbindable extends Error {
  readonly argument: string;
  constructor(argument: string, message: string) {
    super(message);
    this.name = 'Unbindable';
    this.argument = argument;
  }
}
