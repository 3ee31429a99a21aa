import type { RunAnswer, Window } from '@sallyport/contract';

export interface RunRequest {
  readonly query: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly window?: Window;
  /** Made by the caller, so that the run can be found in the log and cancelled. */
  readonly runId: string;
}

/**
 * How queries of one app are run: a release for members, a draft for its builder. Rejects with `ApiProblem` when the
 * run was refused or failed; an answer that was cut off is a failure too.
 */
export interface Runner {
  run(request: RunRequest, signal: AbortSignal): Promise<RunAnswer>;
}
