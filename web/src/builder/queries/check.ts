import type { CompiledView, Problem } from '@sallyport/contract';

/** What the server said of a query's text as it stands. */
export type Check =
  | { readonly state: 'compiles'; readonly compiled: CompiledView }
  | {
      readonly state: 'refused';
      readonly title: string;
      readonly next: string;
      readonly detail: string | undefined;
      readonly places: NonNullable<Problem['places']>;
      readonly code: string;
      /** What it compiled to the last time that it did: the settings of its arguments can still be put right. */
      readonly before: CompiledView | undefined;
      /** The server said nothing of the text: it is asked again. */
      readonly unanswered: boolean;
    };

/** What the text compiles to, when it does. */
export const compiledBy = (check: Check | undefined): CompiledView | undefined =>
  check?.state === 'compiles' ? check.compiled : undefined;
