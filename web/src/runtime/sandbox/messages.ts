/** One `{{ }}` field. Ids are unique in an app: `text1.text`, `query:list:status`, `on:button1:onClick:0:onlyIf`. */
export interface BindingSpec {
  readonly id: string;
  /** Text with `{{ }}` places; alone, a place keeps its type. */
  readonly template: string;
  /** Evaluated only while this group is active: a page, an open modal, a query that is needed. */
  readonly group: string;
  /** The slot (`text1.text`) that this result is, so that what reads it is evaluated in the same pass. */
  readonly publishes?: string;
  /** Slots that the page sets because of this result; they count for cycles only. */
  readonly feeds?: readonly string[];
  /** Compiled for its dependencies and its errors; evaluated only on demand. */
  readonly lazy?: boolean;
  /** Where it fails while something that it reads is not there yet (`awaited`), it is empty: that is no mistake in it. */
  readonly patient?: boolean;
}

/** Names that expressions may use, each with its known properties, or null when any is allowed. */
export type Roots = Readonly<Record<string, readonly string[] | null>>;

/** A new value of one slot: `['table1', 'selectedRow', {…}]`. */
export type SlotChange = readonly [root: string, property: string, value: unknown];

export interface Definition {
  readonly roots: Roots;
  readonly bindings: readonly BindingSpec[];
  readonly active: readonly string[];
  /** Slots that are null until something happens: `list.data` until an answer, `table1.selectedRow` until a choice. */
  readonly awaited?: readonly string[];
}

/** A value, or why there is none, as a sentence. */
export type Settled = { readonly value: unknown } | { readonly error: string };

/** `path`: the value is what the page itself holds there, and was not copied. */
export type Outcome = Settled | { readonly path: readonly string[] };

export type BindingResult = { readonly id: string } & Outcome;

/** What a binding reads: `table1.selectedRow`, or `table1` when the whole object is used. */
export type Dependencies = Readonly<Record<string, readonly string[]>>;

export type ToWorker =
  | {
      readonly type: 'load';
      readonly seq: number;
      readonly definition: Definition;
      readonly slots: readonly SlotChange[];
      /** Bindings that ran too long once: they answer with this error and are not evaluated. */
      readonly blocked: Readonly<Record<string, string>>;
      /** Announce every binding before it is evaluated, so that the one that never ends is known. */
      readonly careful: boolean;
    }
  | { readonly type: 'set'; readonly seq: number; readonly slots: readonly SlotChange[] }
  | { readonly type: 'activate'; readonly seq: number; readonly active: readonly string[] }
  | { readonly type: 'evaluate'; readonly seq: number; readonly templates: readonly string[] };

export type FromWorker =
  | { readonly type: 'ready' }
  /** What was sent has arrived, and evaluation begins: from here on, silence is an endless expression. */
  | { readonly type: 'evaluating' }
  | { readonly type: 'at'; readonly id: string }
  | {
      readonly type: 'done';
      readonly seq: number;
      readonly results: readonly BindingResult[];
      /** Answer to `load`. */
      readonly dependencies?: Dependencies;
      /** Answer to `evaluate`, in order. */
      readonly outcomes?: readonly Outcome[];
    };
