import type { AppPages, QuerySignature, ResultColumn, Window } from '@sallyport/contract';
import type { Settled } from '../sandbox/messages.ts';
import type { Sandbox } from '../sandbox/open-sandbox.ts';
import type { FocusListener } from './focus-calls.ts';
import type { Option } from './option-list.ts';
import type { Runner } from './runner.ts';
import type { SessionStore } from './session-store.ts';

/** What an expression reads as `currentUser`. For display: the server binds its own copy in queries. */
export interface CurrentUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly groups: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
}

/** What an app asks before it does something. */
export interface Question {
  readonly title: string;
  /** The effect. */
  readonly text: string;
  /** What the button says. */
  readonly verb: string;
  readonly danger?: boolean;
}

/** What handlers can do outside the app. */
export interface SessionHost {
  /** `from` is the event that says it, so that a next try can take it back. */
  notify(tone: 'ok' | 'warn' | 'bad' | 'info', title: string, text?: string, from?: string): void;
  /** Without a title of ours: only the error knows whether something happened all the same. */
  notifyError(error: unknown, from?: string): void;
  /** Takes back the failures that an event told of before. */
  retract(from: string): void;
  /** Asks the person; false when they step back. */
  confirm(question: Question): Promise<boolean>;
  /** `instead`: the page that leads on by itself is none to come back to. */
  goToPage(slug: string, instead: boolean): void;
  /** Opens an address that has passed `safeAddress`. */
  openAddress(address: string, instead: boolean): void;
}

export interface SessionOptions {
  readonly pages: AppPages;
  readonly queries: Readonly<Record<string, QuerySignature>>;
  readonly page: string;
  readonly user: CurrentUser;
  readonly searchParams: Readonly<Record<string, string>>;
  readonly runner: Runner;
  readonly sandbox: Sandbox;
  readonly host: SessionHost;
  /** `edit`: closed modals are evaluated too, since the canvas shows their inside. */
  readonly mode: 'live' | 'edit';
}

/** One component as its view sees it. Props are evaluated and have their defaults; `errors` are by property. */
export interface ComponentState {
  readonly props: Readonly<Record<string, unknown>>;
  readonly errors: Readonly<Record<string, string>>;
  readonly exposed: Readonly<Record<string, unknown>>;
  /** The person has been at this input, so that its complaint may be shown. */
  readonly touched: boolean;
  /** What is wrong with the input's value, or null. */
  readonly invalid: string | null;
  /** What was chosen in a select and is no choice now. */
  readonly aside: readonly Option[];
  /** Handlers of this component that still run. */
  readonly busy: number;
}

export interface QueryState {
  readonly data: readonly Readonly<Record<string, unknown>>[] | null;
  readonly columns: readonly ResultColumn[] | null;
  readonly error: unknown;
  readonly isFetching: boolean;
  /** ISO 8601, of the last answer. */
  readonly lastRunAt: string | null;
  readonly total: number | null;
  readonly changed: number | null;
  readonly truncated: { readonly by: 'rows' | 'bytes'; readonly cap: number } | null;
  /** Those of the answer that the query names, by their names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** Why it has not run yet: an argument that is missing or has an error. */
  readonly waiting: string | null;
  /** The window that is asked for. */
  readonly window: Window | null;
  /** The window that `data` answers. */
  readonly shown: Window | null;
  /** The arguments that `data` answers, as one text. */
  readonly answers: string | null;
  /** The columns that say where a row of `data` stands, so that its neighbours can be asked for; null when none do. */
  readonly position: readonly string[] | null;
  /** Rows that stand before `data`. */
  readonly offset: number;
}

export const NO_QUERY: QueryState = {
  data: null,
  columns: null,
  error: null,
  isFetching: false,
  lastRunAt: null,
  total: null,
  changed: null,
  truncated: null,
  headers: {},
  waiting: null,
  window: null,
  shown: null,
  answers: null,
  position: null,
  offset: 0,
};

/** How a list of handlers ended. */
export type Ending = 'done' | 'failed' | 'cancelled';

/** What the sandbox is doing: `ready` once the first evaluation has come back. */
export type SandboxStatus = 'starting' | 'ready' | { readonly failed: string };

/**
 * One open app: its state, its queries and its events. Framework-free; views read `store` by key: `c:<component>`,
 * `q:<query>`, `b:<binding>` (the last outcome of any binding), `r:<component>` (the queries that it reads), `page`,
 * `sandbox`.
 */
export interface AppSession {
  readonly store: SessionStore;
  readonly mode: 'live' | 'edit';
  pages(): AppPages;
  component(id: string): ComponentState | undefined;
  query(name: string): QueryState;
  signature(name: string): QuerySignature | undefined;
  /** Runs the handlers of an event of a component. */
  fire(id: string, event: string): Promise<Ending>;
  /** Whether the event has steps: what would do nothing is not offered. */
  hears(id: string, event: string): boolean;
  /** The person changed an input: its value, then its onChange. */
  change(id: string, value: unknown): void;
  touch(id: string): void;
  expose(id: string, values: Readonly<Record<string, unknown>>): void;
  control(id: string, method: string, value?: unknown): Promise<Ending>;
  /** Closes a modal that the person leaves; asks for confirmation when something typed in it would be lost. */
  leave(modal: string): Promise<void>;
  /** Whether another row of a table may be chosen: asks when inputs that show the present one were edited. */
  mayChoose(table: string): Promise<boolean>;
  /** Whether something was typed and not sent. */
  hasEdits(): boolean;
  /** The same, of inputs that show the chosen row of a table. */
  hasEditsOf(table: string): boolean;
  /** Whether the app may be left: asks when something typed would be lost. */
  mayLeave(): Promise<boolean>;
  runQuery(name: string, values?: Readonly<Record<string, unknown>>, window?: Window): Promise<Ending>;
  setWindow(query: string, window: Window): void;
  stopQuery(name: string): void;
  /** Reads again what runs by itself and could not be read. */
  readAgain(): void;
  openPage(slug: string, searchParams: Readonly<Record<string, string>>): void;
  /** Takes over an edited document and its queries; what did not change keeps its state. */
  update(pages: AppPages, queries: Readonly<Record<string, QuerySignature>>): void;
  /** One template over the present state, for a preview. */
  evaluate(template: string): Promise<Settled>;
  /** Tells which input is to have the keyboard now, or was to have it a moment ago and was not there. */
  onFocus(listener: FocusListener): () => void;
  dispose(): void;
}
