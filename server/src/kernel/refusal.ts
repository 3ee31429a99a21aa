/** One row of a context's closed error table; `docs/errors.md` is generated from all of them. */
export interface RefusalRow {
  /** HTTP status. */
  readonly status: number;
  /** What happened, in a sentence for the person; may hold `{name}` places filled from `values`. */
  readonly title: string;
  /** What to do next, in a sentence. */
  readonly next: string;
}

export type RefusalTable = Readonly<Record<string, RefusalRow>>;

/** Where in the input the trouble is, for a form or an editor. `at` is an offset in UTF-16 units of a text. */
export interface RefusalPlace {
  readonly path?: string;
  readonly at?: number;
  readonly length?: number;
  readonly message: string;
}

/** An expected "no", with a stable code. Anything else that is thrown is a fault and answers 500 without detail. */
export class Refusal extends Error {
  readonly code: string;
  readonly row: RefusalRow;
  /** More for those who may see it, such as a database's own message for a builder. Never a credential or a DSN. */
  readonly detail: string | undefined;
  readonly places: readonly RefusalPlace[];
  /** Extra public members of the problem document, such as `retryAfter` (seconds). */
  readonly extra: Readonly<Record<string, string | number | boolean>>;

  constructor(
    code: string,
    row: RefusalRow,
    given: {
      values?: Readonly<Record<string, string | number>>;
      detail?: string;
      places?: readonly RefusalPlace[];
      extra?: Readonly<Record<string, string | number | boolean>>;
      cause?: unknown;
    } = {},
  ) {
    const fill = (text: string) =>
      text.replace(/\{(\w+)\}/g, (whole, name: string) => String(given.values?.[name] ?? whole));
    super(fill(row.title), given.cause === undefined ? undefined : { cause: given.cause });
    this.name = 'Refusal';
    this.code = code;
    this.row = { status: row.status, title: fill(row.title), next: fill(row.next) };
    this.detail = given.detail;
    this.places = given.places ?? [];
    this.extra = given.extra ?? {};
  }
}

/**
 * Declares a context's refusals. `refuse('source_paused', …)` makes one to throw; `refuse.table` is read by the
 * composition root and by the generator of `docs/errors.md`.
 */
export function refusals<T extends RefusalTable>(table: T) {
  const make = (code: keyof T & string, given?: ConstructorParameters<typeof Refusal>[2]): Refusal =>
    new Refusal(code, table[code] as RefusalRow, given);
  return Object.assign(make, { table });
}
