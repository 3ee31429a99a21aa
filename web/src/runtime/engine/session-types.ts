import type { AppPages, QuerySignature, ResultColumn, Window } from '@sallyport/contract';
import type { Sandbox } from '../sandbox/open-sandbox.ts';
import type { Runner } from './runner.ts';

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
  goToPage(slug: string): void;
  /** Opens an address that has passed `safeAddress`. */
  openAddress(address: string): void;
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
  /** Why it has not run yet: an argument that is missing or has an error. */
  readonly waiting: string | null;
  /** The window that is asked for. */
  readonly window: Window | null;
  /** The window that `data` answers. */
  readonly shown: Window | null;
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
  waiting: null,
  window: null,
  shown: null,
  position: null,
  offset: 0,
};

/** How a list of handlers ended. */
export type Ending = 'done' | 'failed' | 'cancelled';
