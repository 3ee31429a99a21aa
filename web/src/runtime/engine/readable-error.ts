import { explainError } from '../../lib/explain-error.ts';

/** An error as expressions read it: `{{ query1.error.title }}`. */
export const readableError = (error: unknown): Readonly<Record<string, string>> => ({
  ...explainError(error),
});
